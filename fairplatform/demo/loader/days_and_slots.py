"""The five days and their slots, with dates and times from the anchor."""

from datetime import timedelta

from fairplatform.fairs.models import FairDay, Slot

from ..anchor import MEETING, TODAY, Anchor
from .rows import Load


def current_anchor(load: Load) -> Anchor | None:
    """The anchor of the days in the database; None when there are none yet."""
    days = list(load.fair.days.order_by("number"))
    if not days:
        return None
    return Anchor(tuple(day.date for day in days), timedelta(minutes=days[TODAY - 1].moved_minutes))


def load_days_and_slots(load: Load) -> None:
    """Creates the days and slots, or moves them to the anchor's dates and times."""
    minutes = int(load.anchor.shift.total_seconds() // 60)
    days = [
        FairDay(
            fair=load.fair,
            number=number,
            date=date,
            moved_minutes=minutes if number == TODAY else 0,
        )
        for number, date in enumerate(load.anchor.days, start=1)
    ]
    FairDay.objects.bulk_create(
        days, update_conflicts=True, unique_fields=["fair", "number"], update_fields=["date", "moved_minutes"]
    )
    _slots(load, {day.number: day for day in load.fair.days.all()})
    if load.fair.times_moved != load.anchor.moved:
        load.fair.times_moved = load.anchor.moved
        load.fair.save(update_fields=["times_moved"])


def _slots(load: Load, days: dict[int, FairDay]) -> None:
    slots = {}
    for number, planned in enumerate(load.plan.slots, start=1):
        begins = load.anchor.start(planned)
        slots[planned.key] = Slot(
            pk=load.rows.ids(Slot).get(planned.key),
            fair=load.fair,
            day=days[planned.start.day],
            number=number,
            starts_at=begins,
            ends_at=begins + MEETING,
        )
    if load.rows.ids(Slot):
        Slot.objects.bulk_update(slots.values(), ["starts_at", "ends_at"])
    else:
        load.rows.add(Slot, slots)
