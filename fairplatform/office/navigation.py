"""The pages of the office, in the order of its menu."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Entry(NamedTuple):
    """A page of the menu: its route, which takes the fair's slug, and its label."""

    route: str
    label: Promise


MENU = (
    Entry("office:overview", _("Overview")),
    # The fair
    Entry("office:fair", _("The fair")),
    Entry("office:bodies", _("Hosts and organisers")),
    Entry("office:halls", _("Halls")),
    # Its time
    Entry("office:days", _("Days and slots")),
    Entry("office:hours", _("Working hours")),
    Entry("office:holidays", _("Holidays")),
    Entry("office:common_hours", _("Common hours")),
    # Who comes
    Entry("office:units", _("Recruiting units")),
    Entry("office:companies", _("Companies")),
    Entry("office:people", _("People")),
    Entry("office:links", _("Access links")),
    Entry("office:imports", _("Import and export")),
)
