"""What a match rests on, topic by topic, so that organisers see what has changed since it was made."""

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256

from booths.models import Booth, Demand, Display, NotInterested, Product
from fairplatform.accounts.models import Staff
from fairplatform.content_cache.store import cached
from fairplatform.fairs.models import (
    Absence,
    Fair,
    Holiday,
    Participation,
    Preference,
    RoleAssignment,
    SoleAgency,
    WorkingHours,
)
from fairplatform.policy import Role
from meetings.models import Match, MatchBasis, Pair

Topic = MatchBasis.Topic
Rows = Iterable[object]


def basis(fair: Fair) -> dict[str, str]:
    """The digest of each topic as it is now. Meetings are none: those there are have been made of a match."""
    return {topic: read(fair) for topic, read in _READ.items()}


def changed_since(match: Match) -> list[str]:
    """The topics of the fair that are other than when it was matched, by name in the reader's language."""
    now = basis(match.fair)
    before = dict(match.basis.values_list("topic", "digest"))
    return [str(topic.label) for topic in Topic if before.get(topic) != now[topic]]


def _digest(*tables: Rows) -> str:
    return sha256(repr([list(rows) for rows in tables]).encode()).hexdigest()


def _fair(fair: Fair) -> str:
    # Afresh: the fair of a request may be of the cache.
    own = Fair.objects.filter(pk=fair.pk).values_list("min_meetings", "max_meetings", "slot_minutes", "change_minutes")
    return _digest(own)


def _companies(fair: Fair) -> str:
    columns = (
        "pk", "state", "sells", "buys", "offers", "wants", "cooperation", "desks", "min_meetings", "max_meetings",
        "company__country", "company__city",
    )  # fmt: skip
    return _digest(Participation.objects.filter(fair=fair).order_by("pk").values_list(*columns))


def _goods(fair: Fair) -> str:
    """Tens of thousands of products: read once for each version of them."""
    return cached(("meetings.basis.goods", fair.pk), lambda: _read_goods(fair), also="demands")


def _read_goods(fair: Fair) -> str:
    offered = (
        "pk", "company", "hs_code", "hs6", "moq", "moq_unit", "price_low", "currency", "price_unit", "incoterm",
        "place", "certificates",
    )  # fmt: skip
    asked = (
        "pk", "participation", "state", "kind", "hs_code", "quantity", "unit", "target_price", "currency", "incoterm",
        "place", "certificates", "deadline",
    )  # fmt: skip
    companies = Participation.objects.filter(fair=fair).values("company")
    return _digest(
        Product.objects.filter(company__in=companies).order_by("pk").values_list(*offered),
        Booth.objects.filter(fair=fair).order_by("pk").values_list("pk", "participation"),
        Display.objects.filter(booth__fair=fair).order_by("pk").values_list("booth", "product"),
        Demand.objects.filter(fair=fair).order_by("pk").values_list(*asked),
    )


def _people(fair: Fair) -> str:
    companies = Participation.objects.filter(fair=fair).values("company")
    staff = Staff.objects.filter(company__in=companies).order_by("pk")
    interpreters = RoleAssignment.objects.filter(fair=fair, role=Role.INTERPRETER).order_by("pk")
    return _digest(
        staff.values_list("company", "user", "user__is_active", "user__speaks", "user__language"),
        interpreters.values_list("user", "user__is_active", "language_pairs", "on_call", "max_minutes_a_day"),
    )


def _times(fair: Fair) -> str:
    return _digest(
        fair.slots.order_by("pk").values_list("day", "starts_at", "ends_at"),
        fair.days.order_by("pk").values_list("pk", "reserve_slots"),
        *(model.objects.filter(fair=fair).order_by("pk").values_list() for model in (WorkingHours, Holiday, Absence)),
    )


def _wishes(fair: Fair) -> str:
    return _digest(
        Preference.objects.filter(fair=fair).order_by("pk").values_list("participation", "wanted", "wish"),
        SoleAgency.objects.filter(participation__fair=fair).order_by("pk").values_list(),
        NotInterested.objects.filter(fair=fair).order_by("pk").values_list("participation", "other"),
    )


def _pairs(fair: Fair) -> str:
    """Who are paired, and when: what else a pair says decides nothing yet."""
    return _digest(Pair.objects.filter(fair=fair).order_by("pk").values_list("exhibitor", "buyer", "starts_at"))


_READ: Mapping[Topic, Callable[[Fair], str]] = {
    Topic.FAIR: _fair,
    Topic.COMPANIES: _companies,
    Topic.GOODS: _goods,
    Topic.PEOPLE: _people,
    Topic.TIMES: _times,
    Topic.WISHES: _wishes,
    Topic.PAIRS: _pairs,
}
