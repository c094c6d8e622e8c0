"""Counts the figures of a fair from its rows, for the control room and the public.

No sum tells an amount that a side hides (fairplatform/ledger/hidden.py).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Max, Q, Sum, When

from fairplatform.accounts.models import Staff
from fairplatform.fairs.models import Fair, Participation
from fairplatform.ledger.hidden import summed
from meetings.models import Meeting, Outcome, OutcomeVersion, Statement

from .shares import share_tenths


@dataclass(frozen=True)
class AgreedSum:
    """The agreed outcomes of one kind in one currency ("": without an amount), and the sum of their amounts.

    `hidden`: how many amounts the sum is without, because a side hides them.
    """

    kind: str
    currency: str
    count: int
    amount_minor: int | None
    hidden: int = 0


@dataclass(frozen=True)
class Figures:
    """Counts of companies, meetings and outcomes.

    planned = due + running + to_come; due = held + not_held + those the clock has yet to close. `missed` is by reason.
    `outcomes` has agreed, one_side, differing, and none: meetings held whose outcome no side has confirmed.
    `differing_intentions`: intended deals that both sides have confirmed with different amounts of one currency. Each
    side keeps its own; the smaller of the two is counted. They are in no sum of `agreed`.
    """

    firms: int
    exhibitors: int
    buyers: int
    lead_purchasers: int
    chief_executives: int
    planned: int
    due: int
    held: int
    missed: dict[str, int]
    running: int
    to_come: int
    outcomes: dict[str, int]
    agreed: tuple[AgreedSum, ...]
    differing_intentions: tuple[AgreedSum, ...]

    @property
    def not_held(self) -> int:
        return sum(self.missed.values())

    @property
    def money(self) -> list[AgreedSum]:
        """The sums that have an amount: one for each kind and currency."""
        return [agreed for agreed in self.agreed if agreed.amount_minor is not None]

    @property
    def chief_executives_percent(self) -> float | None:
        """Share of chief executives among the lead purchasers, in percent, rounded to one decimal."""
        if not self.lead_purchasers:
            return None
        return share_tenths(self.chief_executives, self.lead_purchasers) / 10


def count_figures(fair: Fair, *, now: datetime) -> Figures:
    """The figures at `now`; six queries, whatever the size of the fair."""
    meetings = _meetings(fair, now)
    held_and_over = meetings.pop("held_and_over")
    outcomes = _outcomes(fair, now)
    none = held_and_over - outcomes.pop("confirmed_and_over")
    return Figures(
        **_companies(fair),
        **_purchasers(fair),
        **meetings,
        outcomes={**outcomes, "none": none},
        agreed=_agreed(fair),
        differing_intentions=_differing_intentions(fair),
    )


def _companies(fair: Fair) -> dict[str, Any]:
    approved = Participation.objects.filter(fair=fair, state=Participation.State.APPROVED)
    return approved.aggregate(
        firms=Count("pk"), exhibitors=Count("pk", filter=Q(sells=True)), buyers=Count("pk", filter=Q(buys=True))
    )


def _purchasers(fair: Fair) -> dict[str, Any]:
    buyers = Participation.objects.filter(fair=fair, state=Participation.State.APPROVED, buys=True)
    return Staff.objects.filter(is_lead=True, company__in=buyers.values("company")).aggregate(
        lead_purchasers=Count("pk"), chief_executives=Count("pk", filter=Q(position__in=Staff.CHIEF_EXECUTIVES))
    )


def _is_over(slot_ends: datetime, extended_minutes: int, now: datetime) -> bool:
    return slot_ends + timedelta(minutes=extended_minutes) <= now


def _meetings(fair: Fair, now: datetime) -> dict[str, Any]:
    groups = (
        Meeting.objects.filter(fair=fair)
        .exclude(state=Meeting.State.CANCELLED)
        .order_by()
        .values_list("slot__starts_at", "slot__ends_at", "extended_minutes", "state", "missed_because")
        .annotate(count=Count("pk"))
    )
    totals: Counter[str] = Counter()
    missed: dict[str, int] = dict.fromkeys(Meeting.Missed.values, 0)
    for starts, ends, extended, state, because, count in groups:
        totals["planned"] += count
        if starts > now:
            totals["to_come"] += count
        elif not _is_over(ends, extended, now) and state != Meeting.State.MISSED:
            totals["running"] += count
        else:
            totals["due"] += count
            if state == Meeting.State.HELD:
                totals["held"] += count
            elif state == Meeting.State.MISSED:
                missed[because] += count
    counts = {name: totals[name] for name in ("planned", "due", "held", "running", "to_come")}
    return {**counts, "missed": missed, "held_and_over": totals["held"]}


def _outcomes(fair: Fair, now: datetime) -> dict[str, int]:
    confirmed = (Outcome.State.AGREED, Outcome.State.ONE_SIDE, Outcome.State.DIFFERING)
    groups = (
        Outcome.objects.filter(fair=fair, state__in=confirmed)
        .order_by()
        .values_list("state", "meeting__state", "meeting__slot__ends_at", "meeting__extended_minutes")
        .annotate(count=Count("pk"))
    )
    totals: Counter[str] = Counter()
    for state, meeting_state, ends, extended, count in groups:
        totals[state] += count
        if meeting_state == Meeting.State.HELD and _is_over(ends, extended, now):
            totals["confirmed_and_over"] += count
    return {name: totals[name] for name in (*map(str, confirmed), "confirmed_and_over")}


class _Part(NamedTuple):
    """Some outcomes of one kind in one currency. `place`: of a hidden amount, in the order in which they came."""

    place: int | None
    number: int
    amount: int | None


def _agreed(fair: Fair) -> tuple[AgreedSum, ...]:
    """Of intended deals in one currency that answer one demand the largest is counted: nobody buys the same twice."""
    groups = (
        Outcome.objects.filter(fair=fair, state=Outcome.State.AGREED)
        .order_by()
        .annotate(place=Case(When(is_amount_hidden=True, then=F("number"))))
        .values_list("agreed__kind", "agreed__currency", "agreed__demand", "place")
        .annotate(count=Count("pk"), amount=Sum("agreed__amount_minor"), largest=Max("agreed__amount_minor"))
    )
    parts: dict[tuple[str, str], list[_Part]] = defaultdict(list)
    largest: dict[tuple[str, str, int], _Part] = {}
    for kind, currency, demand, place, count, amount, most in groups:
        if demand is None:
            parts[kind, currency].append(_Part(place, count, amount))
        else:
            before = largest.get((kind, currency, demand))
            if before is None or (most or 0) > (before.amount or 0):
                largest[kind, currency, demand] = _Part(place, 1, most)
    for (kind, currency, _demand), part in largest.items():
        parts[kind, currency].append(part)
    return tuple(_sum(kind, currency, own) for (kind, currency), own in sorted(parts.items()))


def _sum(kind: str, currency: str, parts: Iterable[_Part]) -> AgreedSum:
    parts = sorted(parts, key=lambda part: part.place or 0)
    count = sum(part.number for part in parts)
    if not currency:
        return AgreedSum(kind, currency, count, None)
    shown = sum(part.amount or 0 for part in parts if part.place is None)
    return AgreedSum(
        kind, currency, count, *summed(shown, [part.amount or 0 for part in parts if part.place is not None])
    )


def intended_amounts(one: OutcomeVersion, other: OutcomeVersion) -> tuple[int, int] | None:
    """What two sides' intended deals in one currency count as, each for itself; None unless both are such deals."""
    is_intended = one.kind == other.kind == OutcomeVersion.Kind.INTENDED_DEAL
    if not is_intended or one.currency != other.currency or one.amount_minor is None or other.amount_minor is None:
        return None
    return one.amount_minor, other.amount_minor


def smaller_intention(one: OutcomeVersion, other: OutcomeVersion) -> int | None:
    """What is counted of two sides' versions that differ: the smaller amount, if they are two amounts."""
    amounts = intended_amounts(one, other)
    return min(amounts) if amounts and amounts[0] != amounts[1] else None


def _differing_intentions(fair: Fair) -> tuple[AgreedSum, ...]:
    stated = Statement.objects.filter(outcome__fair=fair, outcome__state=Outcome.State.DIFFERING)
    versions: dict[Outcome, list[OutcomeVersion]] = {}
    for statement in stated.select_related("version", "outcome").order_by("outcome", "pk"):
        versions.setdefault(statement.outcome, []).append(statement.version)
    largest: dict[tuple[str, object], _Part] = {}
    for outcome, (one, other) in versions.items():
        amount = smaller_intention(one, other)
        if amount is not None:
            # Two deals that answer one demand are one, the larger.
            deal = one.demand_id if one.demand_id and one.demand_id == other.demand_id else f"outcome {outcome.pk}"
            before = largest.get((one.currency, deal))
            if before is None or amount > (before.amount or 0):
                place = outcome.pk if outcome.is_amount_hidden else None
                largest[one.currency, deal] = _Part(place, 1, amount)
    parts: dict[str, list[_Part]] = defaultdict(list)
    for (currency, _deal), part in largest.items():
        parts[currency].append(part)
    kind = OutcomeVersion.Kind.INTENDED_DEAL.value
    return tuple(_shown_alone(kind, currency, own) for currency, own in sorted(parts.items()))


def _shown_alone(kind: str, currency: str, parts: list[_Part]) -> AgreedSum:
    """Hidden amounts that are not agreed are in no sum: they may change, and have no order of their own."""
    shown = [part.amount or 0 for part in parts if part.place is None]
    return AgreedSum(kind, currency, len(parts), sum(shown), len(parts) - len(shown))
