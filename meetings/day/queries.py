"""What the page "My day" reads. The number of queries does not grow with the number of rows."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from fairplatform.accounts.models import User
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, FairDay, Slot
from meetings.models import Meeting, Participant


def own_meetings(person: User, fair: Fair, *, with_cancelled: bool = False) -> list[Meeting]:
    """The meetings a person is named for or manages a side of, by time, with everything `status` reads."""
    managed = memberships(person, fair.pk).manager_of
    named = Participant.objects.filter(user=person).values("meeting")
    own = Q(pk__in=named) | Q(exhibitor__in=managed) | Q(buyer__in=managed)
    keys = Meeting.objects.filter(own, fair=fair)
    if not with_cancelled:
        keys = keys.exclude(state=Meeting.State.CANCELLED)
    rows: QuerySet[Meeting] = Meeting.objects.filter(pk__in=keys.values("pk")).with_names()
    return list(
        rows.select_related("exhibitor__hall", "outcome__agreed", "outcome__correction")
        .prefetch_related("participants__user", "outcome__statements")
        .order_by("slot__starts_at", "pk")
    )


def next_meeting(meetings: Iterable[Meeting], now: datetime) -> Meeting | None:
    """The running meeting, or else the first to come, of meetings in the order of time."""
    states = (Meeting.State.CONFIRMED, Meeting.State.HELD)
    return next((m for m in meetings if m.state in states and now < m.ends_at), None)


def slots_by_day(fair: Fair) -> dict[FairDay, list[Slot]]:
    """The days of the fair with their slots; two queries."""
    days: dict[FairDay, list[Slot]] = {day: [] for day in fair.days.order_by("number")}
    by_key = {day.pk: day for day in days}
    for slot in fair.slots.order_by("starts_at"):
        slot.day = by_key[slot.day_id]
        days[slot.day].append(slot)
    return days


def day_at(days: dict[FairDay, list[Slot]], now: datetime) -> FairDay | None:
    """The first day whose last slot is not over yet; after the fair, its last day."""
    with_slots = [day for day, slots in days.items() if slots]
    return next((day for day in with_slots if now < days[day][-1].ends_at), with_slots[-1] if with_slots else None)
