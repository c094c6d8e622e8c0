"""One pure function: what a seller and a buyer have for each other, in points and in reasons.

The kind of cooperation comes first: a demand for an agency is no match for somebody who only sells goods. Then the
goods, by the Harmonized System: the same six digits, the same heading, the same chapter. What is known besides of
quantity, certificates and price adds points; what is not known takes none away. Prices are compared like with like:
in one currency, for one unit, under Incoterms of one group, at one named place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .incoterms import GROUPS
from .sides import GOODS, Buyer, Code, Need, Offer, Price, Reason, Seller

# By how many leading digits two HS codes have in common: the code, the heading, the chapter.
GOODS_POINTS: tuple[tuple[int, int, Code], ...] = (
    (6, 60, "same_code"),
    (4, 40, "same_heading"),
    (2, 15, "same_chapter"),
)
COOPERATION, QUANTITY, CERTIFICATES, PRICE, LANGUAGE = 40, 15, 10, 10, 5
EACH_MORE = 5  # for each further demand that the seller meets
MOST_MORE = 4  # such demands counted


@dataclass(frozen=True, slots=True)
class Fit:
    """`points`: 0 where nothing speaks for the two; only for putting in order. `need`: the demand it is best at."""

    points: int
    reasons: tuple[Reason, ...] = ()
    need: Need | None = None


def fit(seller: Seller, buyer: Buyer) -> Fit:
    """How well they fit, with the reasons of the demand that the seller meets best."""
    needs = buyer.needs + tuple(Need(hs=code) for code in buyer.headings)
    fits = sorted((_for_need(seller, need) for need in needs), key=lambda one: -one.points)
    met = [one for one in fits if one.points]
    if not met:
        return Fit(0)
    best, more = met[0], EACH_MORE * min(len(met) - 1, MOST_MORE)
    spoken = sorted(seller.languages & buyer.languages)
    if not spoken:
        return Fit(best.points + more, best.reasons, best.need)
    return Fit(best.points + more + LANGUAGE, (*best.reasons, Reason("language", tuple(spoken))), best.need)


def both_ways(there: Fit, back: Fit) -> Fit:
    """Of two companies that both sell and buy: what each has for the other. A common language counts once.

    `back`: with the buyer as the seller; its reasons say so.
    """
    goods = [replace(reason, is_back=True) for reason in back.reasons if reason.code != "language"]
    spoken = {reason.code for reason in there.reasons} & {reason.code for reason in back.reasons} & {"language"}
    points = there.points + back.points - (LANGUAGE if spoken else 0)
    return Fit(points, (*there.reasons, *goods), there.need) if back.points else there


def comparable(one: Price, other: Price) -> bool:
    """Whether the amounts say which is cheaper: for the same currency, unit, and delivery to the same place."""
    return is_same_but_place(one, other) and one.place.casefold() == other.place.casefold()


def is_same_but_place(one: Price, other: Price) -> bool:
    """Whether nothing but the places named with the Incoterms can keep two prices from being compared."""
    # An unknown or missing Incoterm is comparable with its like only.
    groups = {GROUPS.get(price.incoterm, price.incoterm) for price in (one, other)}
    return (one.currency, one.unit) == (other.currency, other.unit) and len(groups) == 1


def meets_terms(asked: Price, target: Price) -> bool:
    """Whether a price can be held against a buyer's target. A target that names no place is meant for any."""
    return comparable(asked, target if target.place else replace(target, place=asked.place))


def _for_need(seller: Seller, need: Need) -> Fit:
    if need.kind not in seller.cooperation:
        return Fit(0)
    offers = [*seller.offers, *(Offer(code) for code in seller.headings)]
    fits = [_for_offer(offer, need) for offer in offers] if need.hs else []
    best = max(fits, key=lambda one: one.points, default=Fit(0))
    if need.kind == GOODS or (need.hs and not best.points):
        return best
    reason = Reason("cooperation", (need.kind,))
    return Fit(best.points + COOPERATION, (reason, *best.reasons), need)


def _for_offer(offer: Offer, need: Need) -> Fit:
    for digits, points, code in GOODS_POINTS:
        if offer.hs[:digits] == need.hs[:digits] and len(offer.hs[:digits]) == digits:
            # Of another code in the chapter nothing else is comparable.
            more = list(_terms(offer, need)) if digits > 2 else []
            reasons = (Reason(code, (need.hs[:digits],)), *(reason for _points, reason in more))
            return Fit(points + sum(points for points, _reason in more), reasons, need)
    return Fit(0)


def _terms(offer: Offer, need: Need) -> Iterator[tuple[int, Reason]]:
    """Points and a reason for each term of trade that both name, and for the quantity that is needed."""
    if need.quantity and need.unit:
        yield _quantity(offer, need.quantity, need.unit)
    if need.certificates and offer.certificates:
        if missing := need.certificates - offer.certificates:
            yield 0, Reason("certificates_missing", tuple(sorted(missing)))
        else:
            yield CERTIFICATES, Reason("certificates", tuple(sorted(need.certificates)))
    if need.target and offer.price:
        yield _price(offer.price, need.target)


def _quantity(offer: Offer, quantity: int, unit: str) -> tuple[int, Reason]:
    if not offer.minimum:
        return 0, Reason("minimum_not_stated", quantity=quantity, unit=unit)
    if offer.unit != unit:
        return 0, Reason("minimum_in_other_unit", quantity=quantity, unit=unit)
    if quantity < offer.minimum:
        return 0, Reason("below_minimum", quantity=offer.minimum, unit=unit)
    return QUANTITY, Reason("quantity", quantity=quantity, unit=unit)


def _price(asked: Price, target: Price) -> tuple[int, Reason]:
    if not meets_terms(asked, target):
        is_place = is_same_but_place(asked, target)
        differing = (asked.place, target.place) if is_place else (asked.incoterm, target.incoterm)
        return 0, Reason("price_not_comparable", differing)
    if asked.amount <= target.amount:
        return PRICE, Reason("price")
    return 0, Reason("price_above_target")
