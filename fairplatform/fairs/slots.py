"""The slots of a fair, made from its days."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, ManyToOneRel

from fairplatform.errors import Refused
from fairplatform.i18n.zones import can_follow, period

from .models import Fair, FairDay, Slot

Times = tuple[datetime, datetime]


def planned_slots(fair: Fair, day: FairDay) -> list[Times]:
    """Start and end of each meeting that fits into the day, in UTC; none where the day has no times.

    The first starts with the day and none ends after it; what is left at its end is too short for another.
    """
    hours = _hours(fair, day)
    if hours is None or not fair.slot_minutes:
        return []
    begins, closes = hours
    meeting, change = timedelta(minutes=fair.slot_minutes), timedelta(minutes=fair.change_minutes)
    planned = []
    while begins + meeting <= closes:
        planned.append((begins, begins + meeting))
        begins += meeting + change
    return planned


@transaction.atomic
def replace_slots(fair: Fair) -> None:
    """Gives the fair's days the slots that are planned for them, and numbers days and slots in the order of time.

    A slot whose times are planned stays as it is. A day without times keeps the slots it has. Raises
    Refused("slots_in_use") where a meeting, a request or a booking is at a time that is not planned any more, and
    Refused("days_overlap") where a day starts before the one before it has ended.
    """
    Fair.objects.select_for_update().get(pk=fair.pk)
    days = sorted(
        fair.days.order_by("date", "pk"), key=lambda day: period(day.date, day.starts, None, _zone(fair, day))
    )
    _check_apart(list(filter(None, (_hours(fair, day) for day in days))))
    renumber(days)
    stored = {(slot.starts_at, slot.ends_at): slot for slot in fair.slots.all()}
    kept = [slot for slot in stored.values() if any(slot.day_id == day.pk and day.starts is None for day in days)]
    for day in days:
        for times in planned_slots(fair, day):
            slot = stored.get(times) or Slot(fair=fair, starts_at=times[0], ends_at=times[1])
            slot.day = day
            kept.append(slot)
    _delete([slot for slot in stored.values() if slot not in kept])
    _store(sorted(kept, key=lambda slot: slot.starts_at))


def current_day(fair: Fair, days: Iterable[FairDay], now: datetime) -> FairDay | None:
    """The day of the fair that it is by the clock of its days, and until the end of the night that one lasts into."""
    return next((day for day in days if _is_now(fair, day, now)), None)


def _is_now(fair: Fair, day: FairDay, now: datetime) -> bool:
    begins, ends = period(day.date, None, None, _zone(fair, day))
    return begins <= now < max(ends, *(_hours(fair, day) or (ends,)))


def _hours(fair: Fair, day: FairDay) -> Times | None:
    """From the start of the day to its end, perhaps in the following night; None where it has no such times."""
    if day.starts is None or day.ends is None or not can_follow(day.starts, day.ends):
        return None
    return period(day.date, day.starts, day.ends, _zone(fair, day))


def _zone(fair: Fair, day: FairDay) -> ZoneInfo:
    return ZoneInfo(day.zone or fair.station_zone)


def _check_apart(days: Iterable[Times]) -> None:
    """Days in the order of time: one that lasts over midnight, or in another zone, may run into the next."""
    if any(following[0] < before[1] for before, following in pairwise(days)):
        raise Refused("days_overlap")


def renumber(days: list[FairDay]) -> None:
    """Numbers the days of one fair from 1, in the order given."""
    if [day.number for day in days] == list(range(1, len(days) + 1)):
        return
    # Two rows cannot have one number, not even for a moment: all are raised first.
    FairDay.objects.filter(pk__in=[day.pk for day in days]).update(number=F("number") + _above(days))
    for number, day in enumerate(days, start=1):
        day.number = number
    FairDay.objects.bulk_update(days, ["number"])


def _delete(slots: list[Slot]) -> None:
    used = _in_use(slots)
    if used:
        raise Refused("slots_in_use", count=len(used))
    Slot.objects.filter(pk__in=[slot.pk for slot in slots]).delete()


def _in_use(slots: list[Slot]) -> set[int]:
    """The keys of those that any row of any table is in."""
    used: set[int] = set()
    for relation in Slot._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            name = relation.field.name
            rows = relation.related_model._default_manager.filter(**{f"{name}__in": slots})
            used |= set(rows.values_list(name, flat=True))
    return used


def _store(slots: list[Slot]) -> None:
    old = [slot for slot in slots if slot.pk]
    Slot.objects.filter(pk__in=[slot.pk for slot in old]).update(number=F("number") + _above(slots))
    for number, slot in enumerate(slots, start=1):
        slot.number = number
    Slot.objects.bulk_update(old, ["number", "day"])
    Slot.objects.bulk_create(slot for slot in slots if not slot.pk)


def _above(rows: Iterable[FairDay | Slot]) -> int:
    """More than the greatest number there is or will be."""
    every = list(rows)
    return len(every) + max((row.number or 0 for row in every), default=0)
