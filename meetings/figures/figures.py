"""The figures of a fair. Every number that is shown anywhere is counted here, from the rows."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, Sum

from fairplatform.accounts.models import Staff
from fairplatform.fairs.models import Participation
from meetings.models import Meeting, Outcome


@dataclass(frozen=True)
class Agreed:
    """Outcomes of one kind that both sides confirmed, in one currency ("" where no money was named)."""

    kind: str
    currency: str
    number: int
    amount_minor: int | None


@dataclass(frozen=True)
class Figures:
    """planned = due + running + to_come; due = held + not held + those the clock has yet to decide.

    `outcomes` counts agreed, one_side and differing, and `none`: rounds held whose outcome neither side has stated.
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
    agreed: tuple[Agreed, ...]

    @property
    def not_held(self) -> int:
        return sum(self.missed.values())

    @property
    def by_kind(self) -> dict[str, int]:
        """How many outcomes of each kind both sides confirmed."""
        counted: Counter[str] = Counter()
        for line in self.agreed:
            counted[line.kind] += line.number
        return dict(counted)

    @property
    def money(self) -> list[Agreed]:
        """One line for each kind and currency in which money was named."""
        return [line for line in self.agreed if line.amount_minor is not None]

    @property
    def chief_executives_percent(self) -> float | None:
        """Share of chief executives among the lead purchasers, in percent with one decimal."""
        return round(100 * self.chief_executives / self.lead_purchasers, 1) if self.lead_purchasers else None


def figures(fair: Any, *, now: datetime) -> Figures:
    """Counted in five queries, whatever the size of the fair."""
    rounds = _rounds(fair, now)
    ended = rounds.pop("outcomes_of_held")
    outcomes = _outcomes(fair, now)
    none = ended - outcomes.pop("stated_and_over")
    return Figures(
        **_firms(fair), **_purchasers(fair), **rounds, outcomes={**outcomes, "none": none}, agreed=_agreed(fair)
    )


def _firms(fair: Any) -> dict[str, Any]:
    approved = Participation.objects.filter(fair=fair, state=Participation.State.APPROVED)
    return approved.aggregate(
        firms=Count("pk"), exhibitors=Count("pk", filter=Q(sells=True)), buyers=Count("pk", filter=Q(buys=True))
    )


def _purchasers(fair: Any) -> dict[str, Any]:
    buyers = Participation.objects.filter(fair=fair, state=Participation.State.APPROVED, buys=True)
    return Staff.objects.filter(is_lead=True, company__in=buyers.values("company")).aggregate(
        lead_purchasers=Count("pk"), chief_executives=Count("pk", filter=Q(position__in=Staff.CHIEF_EXECUTIVES))
    )


def _is_over(slot_ends: datetime, extended_minutes: int, now: datetime) -> bool:
    return slot_ends + timedelta(minutes=extended_minutes) <= now


def _rounds(fair: Any, now: datetime) -> dict[str, Any]:
    groups = (
        Meeting.objects.filter(fair=fair)
        .exclude(state=Meeting.State.CANCELLED)
        .order_by()
        .values_list("slot__starts_at", "slot__ends_at", "extended_minutes", "state", "missed_because")
        .annotate(number=Count("pk"))
    )
    count: Counter[str] = Counter()
    missed: dict[str, int] = dict.fromkeys(Meeting.Missed.values, 0)
    for starts, ends, extended, state, because, number in groups:
        count["planned"] += number
        if starts > now:
            count["to_come"] += number
        elif not _is_over(ends, extended, now) and state != Meeting.State.MISSED:
            count["running"] += number
        else:
            count["due"] += number
            if state == Meeting.State.HELD:
                count["held"] += number
            elif state == Meeting.State.MISSED:
                missed[because] += number
    numbers = {name: count[name] for name in ("planned", "due", "held", "running", "to_come")}
    return {**numbers, "missed": missed, "outcomes_of_held": count["held"]}


def _outcomes(fair: Any, now: datetime) -> dict[str, int]:
    stated = (Outcome.State.AGREED, Outcome.State.ONE_SIDE, Outcome.State.DIFFERING)
    groups = (
        Outcome.objects.filter(fair=fair, state__in=stated)
        .order_by()
        .values_list("state", "meeting__state", "meeting__slot__ends_at", "meeting__extended_minutes")
        .annotate(number=Count("pk"))
    )
    count: Counter[str] = Counter()
    for state, meeting_state, ends, extended, number in groups:
        count[state] += number
        if meeting_state == Meeting.State.HELD and _is_over(ends, extended, now):
            count["stated_and_over"] += number
    return {name: count[name] for name in (*map(str, stated), "stated_and_over")}


def _agreed(fair: Any) -> tuple[Agreed, ...]:
    groups = (
        Outcome.objects.filter(fair=fair, state=Outcome.State.AGREED)
        .order_by("agreed__kind", "agreed__currency")
        .values_list("agreed__kind", "agreed__currency")
        .annotate(number=Count("pk"), amount=Sum("agreed__amount_minor"))
    )
    return tuple(Agreed(*group) for group in groups)
