"""What a fair knows of its companies, as the sellers and buyers that fairplatform.matching compares.

In a constant number of queries for any number of companies: a whole fair's, or those asked for by their keys.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from fairplatform.accounts.models import Staff
from fairplatform.fairs.models import Fair, Participation
from fairplatform.matching import Buyer, Need, Offer, Price, Seller
from fairplatform.matching.sides import GOODS

from .models import Booth, Demand, Display, Product
from .models.product import PRICE_SCALE, certificate_name

_OFFERED = (
    "hs_code", "hs6", "moq", "moq_unit", "price_low", "currency", "price_unit", "incoterm", "place",
    "certificates",
)  # fmt: skip


def sellers(fair: Fair, keys: Collection[int] | None = None, *, without_booth: bool = False) -> dict[int, Seller]:
    """The approved companies that sell, by participation; `keys`: of these participations only.

    They offer what they show at their booths; `without_booth`: of those that have none, all their products count.
    """
    rows = list(_approved(fair, keys).filter(sells=True).values_list("pk", "company", "offers", "cooperation"))
    offers, languages = _offers(fair, keys), _languages(company for _pk, company, *_ in rows)
    if without_booth:
        offers |= _offers_without_booth(fair, {company: pk for pk, company, *_ in rows})
    return {
        pk: Seller(
            offers=tuple(offers[pk]),
            headings=tuple(headings),
            cooperation=_cooperation(stated, shows=bool(offers[pk])),
            languages=languages[company],
        )
        for pk, company, headings, stated in rows
    }


def buyers(
    fair: Fair, keys: Collection[int] | None = None, *, on: date, seen: "QuerySet[Demand] | None" = None
) -> dict[int, Buyer]:
    """The approved companies that buy, by participation, with the demands that can be answered `on` a day.

    `seen`: the demands among which these are; None: all.
    """
    rows = list(_approved(fair, keys).filter(buys=True).values_list("pk", "company", "wants"))
    needs, languages = _needs(fair, keys, on, seen), _languages(company for _pk, company, _wants in rows)
    return {
        pk: Buyer(needs=tuple(needs[pk]), headings=tuple(wants), languages=languages[company])
        for pk, company, wants in rows
    }


def current_demands(fair: Fair, on: date, seen: "QuerySet[Demand] | None" = None) -> "QuerySet[Demand]":
    """Those that exhibitors can answer; `seen`: only those among them."""
    rows = Demand.objects.filter(fair=fair).current(on)
    return rows if seen is None else rows.filter(pk__in=seen.values("pk"))


def need_of(demand: Demand) -> Need:
    """A demand as it is compared."""
    return Need(
        kind=demand.kind,
        hs=demand.hs_code,
        quantity=demand.quantity,
        unit=demand.unit,
        target=_price(demand.target_price, demand.currency, demand.unit, demand.incoterm, demand.place),
        certificates=_certificates(demand.certificates),
    )


def _approved(fair: Fair, keys: Collection[int] | None) -> "QuerySet[Participation]":
    rows = Participation.objects.filter(fair=fair, state=Participation.State.APPROVED)
    return rows if keys is None else rows.filter(pk__in=keys)


def _offers(fair: Fair, keys: Collection[int] | None) -> dict[int, list[Offer]]:
    rows = Display.objects.filter(booth__fair=fair)
    if keys is not None:
        rows = rows.filter(booth__participation__in=keys)
    found = defaultdict(list)
    fields = (f"product__{name}" for name in _OFFERED)
    for pk, *offered in rows.order_by("pk").values_list("booth__participation", *fields):
        found[pk].append(_offer(*offered))
    return found


def _offers_without_booth(fair: Fair, participations: Mapping[int, int]) -> dict[int, list[Offer]]:
    """`participations`: by company."""
    booths = Booth.objects.filter(fair=fair).values("participation__company")
    rows = Product.objects.filter(company__in=participations).exclude(company__in=booths).order_by("pk")
    found = defaultdict(list)
    for company, *offered in rows.values_list("company", *_OFFERED):
        found[participations[company]].append(_offer(*offered))
    return found


def _offer(
    hs_code: str,
    hs6: str,
    moq: int | None,
    unit: str,
    low: int | None,
    currency: str,
    per: str,
    incoterm: str,
    place: str,
    stated: list[str],
) -> Offer:
    return Offer(hs_code or hs6, moq, unit, _price(low, currency, per, incoterm, place), _certificates(stated))


def _needs(
    fair: Fair, keys: Collection[int] | None, on: date, seen: "QuerySet[Demand] | None"
) -> dict[int, list[Need]]:
    rows = current_demands(fair, on, seen)
    if keys is not None:
        rows = rows.filter(participation__in=keys)
    found = defaultdict(list)
    for demand in rows.order_by("pk"):
        found[demand.participation_id].append(need_of(demand))
    return found


def _languages(companies: Iterable[int]) -> defaultdict[int, frozenset[str]]:
    """By company, the languages in which its people can be spoken to."""
    rows = Staff.objects.filter(company__in=set(companies), user__is_active=True)
    spoken: defaultdict[int, frozenset[str]] = defaultdict(frozenset)
    for company, languages in rows.values_list("company", "user__speaks"):
        spoken[company] |= frozenset(languages)
    return spoken


def _cooperation(stated: list[str], *, shows: bool) -> frozenset[str]:
    """What a company is open to: who shows products sells goods, whatever else it says of itself."""
    return frozenset(stated) | ({GOODS} if shows or not stated else set())


def _price(stored: int | None, currency: str, unit: str, incoterm: str, place: str) -> Price | None:
    return None if stored is None else Price(Decimal(stored) / PRICE_SCALE, currency, unit, incoterm, place)


def _certificates(stated: Iterable[str]) -> frozenset[str]:
    """Their names alone."""
    return frozenset(name for text in stated if (name := certificate_name(text).upper()))
