"""Headings that buyers look for and that fewer than two exhibitors offer: whom the recruiting units should look for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from booths import hs_codes
from booths.hs_codes import HEADING
from booths.models import Demand, Display
from booths.models.demand import fair_date
from fairplatform.fairs.models import Fair, Participation
from fairplatform.i18n.text import Translated

ENOUGH = 2  # exhibitors that make a choice


@dataclass(frozen=True)
class Gap:
    """A heading (four digits), its demands, how many exhibitors offer it, and the buyers' recruiting units.

    `buyers`: how many companies look for it, by a demand or by the headings that they named when they registered.
    """

    heading: str
    title: Translated
    demands: list[Demand]
    buyers: int
    exhibitors: int
    units: list[str]


def gaps(fair: Fair, now: datetime) -> list[Gap]:
    """The most wanted first. Counts only what is wanted still, of companies that are approved."""
    offered, demands, buyers = _offered(fair), defaultdict[str, list[Demand]](list), _wanting(fair)
    for demand in _current(fair, now):
        heading = demand.hs_code[:HEADING]
        demands[heading].append(demand)
        buyers[heading][demand.participation_id] = demand.participation
    found = [
        Gap(code, hs_codes.short_title(code), demands[code], len(of), len(offered[code]), _units(of.values()))
        for code, of in buyers.items()
        if len(offered[code]) < ENOUGH
    ]
    return sorted(found, key=lambda gap: (-gap.buyers, -len(gap.demands), gap.exhibitors, gap.heading))


def is_anything_wanted(fair: Fair, now: datetime) -> bool:
    """Whether any buyer has said of any goods that it looks for them."""
    return bool(_wanting(fair)) or any(_current(fair, now))


def _wanting(fair: Fair) -> defaultdict[str, dict[int, Participation]]:
    """By heading, the approved companies that named it among what they look for."""
    found: defaultdict[str, dict[int, Participation]] = defaultdict(dict)
    rows = Participation.objects.filter(fair=fair, buys=True, state=Participation.State.APPROVED)
    for buyer in rows.select_related("unit").order_by("pk"):
        for code in buyer.wants:
            if len(code) >= HEADING:
                found[code[:HEADING]][buyer.pk] = buyer
    return found


def _current(fair: Fair, now: datetime) -> Iterator[Demand]:
    """Those that name a heading at least."""
    rows = Demand.objects.filter(fair=fair).shown().wanted(fair_date(fair, now))
    rows = rows.select_related("participation__company", "participation__unit").order_by("pk")
    return (demand for demand in rows if len(demand.hs_code) >= HEADING)


def _offered(fair: Fair) -> defaultdict[str, set[int]]:
    """By heading, the approved exhibitors that show a product of it or name it among what they offer."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    approved = Participation.State.APPROVED
    shown = Display.objects.filter(booth__fair=fair, booth__participation__state=approved)
    for code, seller in shown.values_list("product__hs6", "booth__participation").distinct():
        found[code[:HEADING]].add(seller)
    sellers = Participation.objects.filter(fair=fair, sells=True, state=approved).values_list("pk", "offers")
    for seller, offers in sellers:
        for code in offers:
            found[code[:HEADING]].add(seller)
    return found


def _units(buyers: Iterable[Participation]) -> list[str]:
    return sorted({str(buyer.unit.name) for buyer in buyers if buyer.unit})


def titles() -> list[str]:
    """Of the columns of the export, in the reader's language."""
    return [
        _("HS heading"),
        _("Title"),
        _("Buyers"),
        _("Demands"),
        _("Exhibitors"),
        _("Recruiting units of buyers"),
        _("Goods needed"),
    ]


def rows(found: Sequence[Gap]) -> Iterator[list[str | int]]:
    """Of the export. What is wanted without who wants it: the list leaves the office."""
    for gap in found:
        wanted = "; ".join(str(demand.text) for demand in gap.demands)
        yield [gap.heading, str(gap.title), gap.buyers, len(gap.demands), gap.exhibitors, "; ".join(gap.units), wanted]


def message(fair: Fair, found: Sequence[Gap]) -> str:
    """To copy into a chat with a recruiting unit."""
    line = _("%(heading)s %(title)s: buyers %(buyers)s, demands %(demands)s, exhibitors %(exhibitors)s")
    lines = [
        line
        % {
            "heading": gap.heading,
            "title": gap.title,
            "buyers": gap.buyers,
            "demands": len(gap.demands),
            "exhibitors": gap.exhibitors,
        }
        for gap in found
    ]
    first = _("%(fair)s: buyers look for these goods, and too few exhibitors offer them:") % {"fair": fair.name}
    return "\n".join([first, *lines])
