"""What the pages of matching show: a page of rows at a time, in a constant number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from booths.match_reasons import ReasonInWords, all_in_words
from fairplatform.fairs.models import Fair, Participation, Preference
from meetings.matching.words import reasons_of, why_below
from meetings.models import Match, MatchedPair, MatchShortfall, Pair

from ..companies.queries import companies, found

M = TypeVar("M", bound=Model)
ENDS = ("exhibitor", "buyer")
WISH_ENDS = ("participation", "wanted")
SORTS = {
    "": ("exhibitor__company__slug", "buyer__company__slug", "pk"),
    "buyer": ("buyer__company__slug", "exhibitor__company__slug", "pk"),
    "best": ("-points", "pk"),
}
# What would help a company that is below its floor, by the code of the cause: the route of the page.
MENDED_AT: Mapping[str, str] = {
    "nothing_said": "office:company",
    "nobody_suits": "office:company",
    "few_suit": "office:company",
    "few_slots": "office:common_hours",
    "no_common_hours": "office:common_hours",
    "no_language": "office:people",
    "others_full": "office:fair",
}
OF_COMPANY = "office:company"


@dataclass(frozen=True)
class Shown:
    """Two companies in the list. `pair`: the organisers'; `wishes`: what either says of the other, by who says it."""

    row: MatchedPair
    reasons: list[ReasonInWords] = field(default_factory=list)
    pair: Pair | None = None
    wishes: Mapping[int, Preference] = field(default_factory=dict)

    @property
    def of_exhibitor(self) -> Preference | None:
        return self.wishes.get(self.row.exhibitor_id)

    @property
    def of_buyer(self) -> Preference | None:
        return self.wishes.get(self.row.buyer_id)

    @property
    def is_forbidden(self) -> bool:
        return any(wish.wish == Preference.Wish.NO for wish in self.wishes.values())


def last_match(fair: Fair) -> Match | None:
    return Match.objects.filter(fair=fair).select_related("fair").first()


def matched(match: Match) -> "QuerySet[MatchedPair]":
    return MatchedPair.objects.filter(match=match, left_out="")


def left_out(match: Match) -> "QuerySet[MatchedPair]":
    return MatchedPair.objects.filter(match=match).exclude(left_out="").order_by("left_out", *SORTS[""])


def below_floor(match: Match) -> "QuerySet[MatchShortfall]":
    rows = MatchShortfall.objects.filter(match=match).select_related("participation__company", "participation__unit")
    return rows.order_by("meetings", "participation__company__slug", "side")


def with_companies(rows: "QuerySet[M]", ends: tuple[str, str] = ENDS) -> "QuerySet[M]":
    return rows.select_related(*(f"{end}__{what}" for end in ends for what in ("company", "unit")))


def narrow(rows: "QuerySet[M]", fair: Fair, values: Mapping[str, Any], ends: tuple[str, str] = ENDS) -> "QuerySet[M]":
    """Those of which either company matches every filter."""
    if query := values.get("q"):
        rows = rows.filter(_either(ends, "in", found(companies(fair), query)))
    if unit := values.get("unit"):
        rows = rows.filter(_either(ends, "unit", unit))
    for name, lookup in (("hall", "exhibitor__hall__number"), ("origin", "origin"), ("wish", "wish")):
        if value := values.get(name):
            rows = rows.filter(**{lookup: value})
    return rows


def _either(ends: tuple[str, str], lookup: str, value: object) -> Q:
    return Q(**{f"{ends[0]}__{lookup}": value}) | Q(**{f"{ends[1]}__{lookup}": value})


def shown(fair: Fair, rows: Iterable[MatchedPair]) -> list[Shown]:
    """The rows of a page, with what organisers and companies have said of the two since."""
    page = list(rows)
    keys = {key for row in page for key in (row.exhibitor_id, row.buyer_id)}
    pairs = {
        (pair.exhibitor_id, pair.buyer_id): pair
        for pair in Pair.objects.filter(fair=fair, exhibitor__in=keys, buyer__in=keys)
    }
    wishes: dict[tuple[int, int], Preference] = {
        (wish.participation_id, wish.wanted_id): wish
        for wish in Preference.objects.filter(fair=fair, participation__in=keys, wanted__in=keys)
    }
    return [_shown(row, pairs, wishes) for row in page]


def _shown(
    row: MatchedPair, pairs: Mapping[tuple[int, int], Pair], wishes: Mapping[tuple[int, int], Preference]
) -> Shown:
    ends = (row.exhibitor_id, row.buyer_id)
    said = {both[0]: wish for both in (ends, ends[::-1]) if (wish := wishes.get(both))}
    return Shown(row, all_in_words(reasons_of(row)), pairs.get(ends) or pairs.get(ends[::-1]), said)


@dataclass(frozen=True)
class Below:
    """A company below its floor: why, and the pages where that can be mended."""

    row: MatchShortfall
    why: str
    route: str

    @property
    def is_company(self) -> bool:
        """Whether it is mended on the company's own page."""
        return self.route == OF_COMPANY


def below(rows: Iterable[MatchShortfall]) -> list[Below]:
    return [Below(row, why_below(row), MENDED_AT[row.code]) for row in rows]


def figures(match: Match) -> dict[str, int]:
    chosen = matched(match)
    return {
        "pairs": chosen.count(),
        "firsts": chosen.exclude(origin=MatchedPair.Origin.SCORE).count(),
        "left_out": left_out(match).count(),
        "below": below_floor(match).order_by().values("participation").distinct().count(),
    }


def is_ready(fair: Fair) -> bool:
    """Whether there is anybody to match: an approved company that sells, and another one that buys."""
    approved = fair.participations.filter(state=Participation.State.APPROVED)
    return approved.filter(sells=True).exists() and approved.filter(buys=True).exists()
