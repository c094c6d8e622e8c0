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
    Entry("office:companies", _("Companies")),
    Entry("office:people", _("People")),
    Entry("office:links", _("Access links")),
    Entry("office:imports", _("Import and export")),
)
