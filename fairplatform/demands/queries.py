"""What the pages of demands read, in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import TypeAlias, cast

from django.db.models import F, Prefetch, Q, QuerySet

from booths.filtering import demand_text
from booths.hs_codes import CHAPTER
from booths.match_reasons import ReasonInWords, all_in_words
from booths.matching_sides import need_of, sellers
from booths.models import Booth, Demand, Quote, QuoteVersion
from booths.models.demand import fair_date
from booths.search import parse
from fairplatform.accounts.locations import country_name
from fairplatform.accounts.models import User
from fairplatform.content_cache.store import cached
from fairplatform.errors import Refused
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation
from fairplatform.matching import Buyer, Fit, Seller, fit
from fairplatform.matching.candidates import prefixes
from fairplatform.matching.sides import GOODS
from meetings.models import MeetingRequest

from .filter_values import DemandFilterValues

SOONEST = (F("deadline").asc(nulls_last=True), "-created_at", "pk")  # what ends first, first
# By filter, the field and how it is compared.
FIELDS = {
    "heading": "hs_code__startswith",
    "kind": "kind",
    "country": "participation__company__country",
    "quantity": "quantity__gte",
    "unit": "unit",
    "until": "deadline__lte",
}

LONGEST = 10  # digits of a national code
Choices: TypeAlias = tuple[list[str], list[str], list[tuple[str, str]]]


@dataclass(frozen=True)
class Found:
    """A demand in the list of an exhibitor: why it suits them, and whether they have answered it."""

    demand: Demand
    reasons: list[ReasonInWords]
    is_answered: bool


def own_demands(fair: Fair, person: User, now: datetime) -> "QuerySet[Demand]":
    """Those of the person's own companies, the newest first."""
    rows = Demand.objects.filter(participation__in=memberships(person, fair.pk).staff_of, fair=fair)
    return _shown(rows, fair_date(fair, now)).order_by("-created_at", "-pk")


def with_status(demand: Demand, now: datetime) -> Demand:
    """The demand as its page shows it."""
    return _shown(Demand.objects.all(), fair_date(demand.fair, now)).get(pk=demand.pk)


def _shown(rows: "QuerySet[Demand]", today: date) -> "QuerySet[Demand]":
    shown = Demand.objects.filter(pk__in=rows.values("pk")).with_status(today)
    return shown.select_related("fair", "participation__company", "confirmed_by")


def own_seller(person: User, fair: Fair, demand: Demand | None = None) -> Participation:
    """The person's company that sells, of several the one whose booth was first; for a demand, one that is not its own.

    Raises Refused: own_demand, not_found.
    """
    rows = Participation.objects.filter(pk__in=memberships(person, fair.pk).staff_of, sells=True)
    found = list(rows.select_related("company", "fair").order_by(F("booth").asc(nulls_last=True), "pk"))
    others = [one for one in found if demand is None or one.pk != demand.participation_id]
    if not others:
        raise Refused("own_demand" if found else "not_found")
    return others[0]


def booth_of(participation: Participation) -> Booth | None:
    return Booth.objects.select_related("fair", "participation__company").filter(participation=participation).first()


def open_to(person: User, seller: Participation, now: datetime) -> "QuerySet[Demand]":
    """The demands of other companies that this person of an exhibitor sees and can answer."""
    rows = Demand.objects.sold_to(person).filter(fair=seller.fair_id).exclude(participation=seller)
    return rows.current(fair_date(seller.fair, now))


def narrowed(rows: "QuerySet[Demand]", values: DemandFilterValues) -> "QuerySet[Demand]":
    """By the filters; those that end first, first."""
    given = cast("Mapping[str, object]", values)
    rows = rows.filter(**{field: given[name] for name, field in FIELDS.items() if name in given})
    if query := values.get("q"):
        sought = parse(query)
        rows = rows.filter(demand_text(sought.opened)) if sought else rows.none()
    if values.get("unanswered"):
        rows = rows.filter(Q(answers=0))
    if certificate := values.get("certificate"):
        keys = [pk for pk, names in rows.values_list("pk", "certificates") if certificate in names]
        rows = rows.filter(pk__in=keys)
    return rows.select_related("fair", "participation__company").order_by(*SOONEST)


def suited(seller: Seller, demands: "QuerySet[Demand]") -> list[int]:
    """The keys of those that the seller fits, the best first."""
    compared = demands.filter(may_suit(seller)).select_related(None)
    points = [(_fit(seller, demand).points, demand.pk) for demand in compared]
    return [pk for found, pk in sorted(points, key=lambda one: -one[0]) if found]


def may_suit(seller: Seller) -> Q:
    """Those that anything could speak for: of a chapter of the seller's goods, or without goods."""
    chapters = prefixes((*seller.headings, *(offer.hs for offer in seller.offers)), CHAPTER)
    # A range of codes, which an index serves, where LIKE would read all of them.
    goods = [Q(hs_code__range=(code, f"{code}{'9' * (LONGEST - CHAPTER)}")) for code in sorted(chapters)]
    return Q(kind__in=seller.cooperation) & Q(*goods, ~Q(kind=GOODS) & Q(hs_code=""), _connector=Q.OR)


def choices_for(seller: Participation, rows: "QuerySet[Demand]", now: datetime, *, is_rival: bool) -> Choices:
    """Of the demands that the people of a seller see (`open_to`). What a rival sees is read each time."""
    if is_rival:
        return choices(rows)
    name = ("demands.choices", seller.pk, fair_date(seller.fair, now))
    return cached(name, lambda: choices(rows), also="demands")


def seller_side(participation: Participation) -> Seller:
    """As it is compared."""
    return sellers(participation.fair, [participation.pk]).get(participation.pk, Seller())


def found(seller: Participation, side: Seller, demands: Sequence[Demand]) -> list[Found]:
    quotes = Quote.objects.standing().filter(participation=seller, demand__in=[one.pk for one in demands])
    answered = set(quotes.values_list("demand", flat=True))
    return [Found(one, all_in_words(_fit(side, one).reasons), one.pk in answered) for one in demands]


def _fit(seller: Seller, demand: Demand) -> Fit:
    return fit(seller, Buyer(needs=(need_of(demand),)))


def choices(rows: "QuerySet[Demand]") -> Choices:
    """The headings (four digits), the certificates and the countries of these demands, the last with their names."""
    found = list(rows.order_by().values_list("hs_code", "certificates", "participation__company__country"))
    headings = {code[:4] for code, *_others in found if len(code) >= 4}
    countries = sorted(
        ((code, country_name(code)) for code in {country for *_others, country in found}), key=itemgetter(1)
    )
    return sorted(headings), sorted({name for _code, names, _country in found for name in names}), countries


def answers(demand: Demand) -> list[Quote]:
    """All quotes for a demand with their versions, also those that were withdrawn; the first to come, first."""
    versions = QuoteVersion.objects.select_related("written_by").order_by("-number")
    rows = Quote.objects.filter(demand=demand, participation__state=Participation.State.APPROVED, newest__isnull=False)
    rows = rows.select_related("demand", "participation__company", "newest")
    return list(rows.prefetch_related(Prefetch("versions", versions)).order_by("pk"))


def meeting_requests(demand: Demand) -> "QuerySet[MeetingRequest]":
    """The requests for a meeting about a demand, of companies that are in the fair; the first to come, first."""
    rows = MeetingRequest.objects.filter(demand=demand, sender__state=Participation.State.APPROVED)
    return rows.select_related("fair", "sender__company", "slot", "meeting__fair").order_by("made_at", "pk")


def own_quote(demand: Demand, seller: Participation) -> Quote | None:
    versions = QuoteVersion.objects.select_related("written_by").order_by("-number")
    rows = Quote.objects.filter(demand=demand, participation=seller).select_related("newest__product")
    return rows.prefetch_related(Prefetch("versions", versions)).first()
