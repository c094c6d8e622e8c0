"""Which companies of a fair are recommended to one of them, and why."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from fairplatform.fairs.models import Fair, Participation
from fairplatform.fairs.models.wishes import Preference
from fairplatform.fairs.sole_agents import agents_with_principals
from fairplatform.matching import Fit, fit

from .matching_sides import buyers, current_demands, sellers
from .models import Demand, Display, NotInterested
from .shortlists import Side, shortlist

MOST = 12
SHOWN = 3  # products or demands of each
# What a company's own wish adds to the points. What the other wishes adds nothing: a weak pair that stood first would
# tell of it. A "no" of either takes the pair away.
WISHES: Mapping[str, int] = {Preference.Wish.MUST: 40, Preference.Wish.WOULD: 20}
SUBJECTS = ("same_code", "same_heading", "same_chapter", "cooperation")


@dataclass(frozen=True)
class Recommendation:
    """`other`: a buyer with the `demands`, or a seller with the `products` shown at its booth, that speak for it."""

    other: Participation
    found: Fit
    demands: tuple[Demand, ...] = ()
    products: tuple[Display, ...] = ()


def recommendations(
    participation: Participation, side: Side, on: date, most: int = MOST, seen: "QuerySet[Demand] | None" = None
) -> list[Recommendation]:
    """The companies that fit this one best; `side`: as which it is looked at.

    `seen`: the demands that its reader may see; None: all. Others count for nothing: the reasons would tell of them.
    """
    seen = seen if side == "seller" else None
    wishes = _wishes(participation)
    keys = {*shortlist(participation, side, on), *wishes} - _forbidden(participation) - {participation.pk}
    fits = _fits(participation, side, keys, on, seen)
    best = sorted(fits, key=lambda pk: (-fits[pk].points - wishes.get(pk, 0), pk))[:most]
    rows = Participation.objects.filter(pk__in=best).select_related("company", "booth", "fair").in_bulk()
    demands = _demands(participation.fair, fits, best, on, seen) if side == "seller" else {}
    products = _products(fits, best) if side == "buyer" else {}
    return [
        Recommendation(rows[pk], fits[pk], tuple(demands.get(pk, [])[:SHOWN]), tuple(products.get(pk, [])[:SHOWN]))
        for pk in best
    ]


def _fits(
    participation: Participation, side: Side, keys: Collection[int], on: date, seen: "QuerySet[Demand] | None"
) -> dict[int, Fit]:
    """Of these companies, those that fit it at all."""
    fair, own = participation.fair, participation.pk
    offering = sellers(fair, [own] if side == "seller" else keys)
    looking = buyers(fair, [own] if side == "buyer" else keys, on=on, seen=seen)
    found = {
        buyer if side == "seller" else seller: fit(offering[seller], looking[buyer])
        for seller in offering
        for buyer in looking
    }
    return {pk: each for pk, each in found.items() if each.points}


def _wishes(participation: Participation) -> dict[int, int]:
    """The points for whom the company wishes to meet."""
    rows = Preference.objects.filter(participation=participation).exclude(wish=Preference.Wish.NO)
    return {wanted: WISHES[wish] for wanted, wish in rows.values_list("wanted", "wish")}


def _forbidden(participation: Participation) -> set[int]:
    """With whom either does not want to meet, whom it is not interested in, and principals with their sole agents."""
    pk = participation.pk
    refused = Preference.objects.filter(Q(participation=pk) | Q(wanted=pk), wish=Preference.Wish.NO)
    spared = NotInterested.objects.filter(participation=pk).values_list("other", flat=True)
    agencies = [pair for pair in agents_with_principals(participation.fair) if pk in pair]
    pairs = [*refused.values_list("participation", "wanted"), *agencies]
    return {*spared, *(key for pair in pairs for key in pair)} - {pk}


def _demands(
    fair: Fair, fits: Mapping[int, Fit], keys: Collection[int], on: date, seen: "QuerySet[Demand] | None"
) -> dict[int, list[Demand]]:
    """By buyer, the demands for the goods or the cooperation that speak for it."""
    found: dict[int, list[Demand]] = defaultdict(list)
    for demand in current_demands(fair, on, seen).filter(participation__in=keys).order_by("pk"):
        subjects = _subjects(fits[demand.participation_id])
        if demand.kind in subjects or demand.hs_code.startswith(subjects):
            found[demand.participation_id].append(demand)
    return found


def _products(fits: Mapping[int, Fit], keys: Collection[int]) -> dict[int, list[Display]]:
    """By seller, the products at its booth that speak for it."""
    found: dict[int, list[Display]] = defaultdict(list)
    rows = Display.objects.filter(booth__participation__in=keys).select_related("product", "booth__fair")
    for display in rows.order_by("rank", "pk"):
        key = display.booth.participation_id
        if display.product.hs6.startswith(_subjects(fits[key])):
            found[key].append(display)
    return found


def _subjects(found: Fit) -> tuple[str, ...]:
    """The HS code, heading or chapter, and the kind of cooperation, that the two have in common."""
    return tuple(subject for reason in found.reasons if reason.code in SUBJECTS for subject in reason.subject)


def missing(participation: Participation, side: Side, on: date) -> list[str]:
    """What the company has not said of itself, where nobody is recommended to it: "goods", "wants", "languages"."""
    if side == "seller":
        seller = sellers(participation.fair, [participation.pk])[participation.pk]
        said = {"goods": bool(seller.offers or seller.headings), "languages": bool(seller.languages)}
    else:
        buyer = buyers(participation.fair, [participation.pk], on=on)[participation.pk]
        said = {"wants": bool(buyer.needs or buyer.headings), "languages": bool(buyer.languages)}
    return [name for name, is_said in said.items() if not is_said]
