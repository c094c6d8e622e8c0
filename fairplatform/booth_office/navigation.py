"""The pages of the booth office, in the order of its tabs."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Entry(NamedTuple):
    """A page: its route, which takes the fair's slug, and its label. `in_draft`: also before the fair opens."""

    route: str
    label: Promise
    in_draft: bool = True


TABS = (
    Entry("booths:my_booth", _("Enquiries"), in_draft=False),
    Entry("booth_office:booth", _("Booth")),
    Entry("booth_office:products", _("Products")),
    Entry("booth_office:files", _("Pictures and documents")),
    Entry("booth_office:staff", _("Staff")),
    Entry("demands:wanted", _("Demands"), in_draft=False),
)
