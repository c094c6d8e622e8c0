"""The five days and their slots, with dates and times from the anchor."""

from datetime import time, timedelta

from fairplatform.fairs.models import FairDay, Slot

from ..anchor import MEETING, TODAY, Anchor
from ..plan.entities import Moment
from .rows import LoaderRun

CEREMONY = Moment(1, time(10))


def current_anchor(run: LoaderRun) -> Anchor:
    """The anchor of the days in the database."""
    days = list(run.fair.days.order_by("number"))
    return Anchor(tuple(day.date for day in days), timedelta(minutes=days[TODAY - 1].moved_minutes))


def remove_imported_slots(run: LoaderRun) -> None:
    """Empties the days, which get the planned slots instead: an import makes some in the pauses too.

    Without hours of its own, a day keeps its slots when organisers change it.
    """
    run.fair.slots.all().delete()
    run.fair.days.update(starts=None, ends=None)


def load_days_and_slots(run: LoaderRun) -> None:
    """Creates the days and slots, or moves them to the anchor's dates and times."""
    minutes = int(run.anchor.shift.total_seconds() // 60)
    days = [
        FairDay(
            fair=run.fair,
            number=number,
            date=date,
            moved_minutes=minutes if number == TODAY else 0,
        )
        for number, date in enumerate(run.anchor.days, start=1)
    ]
    FairDay.objects.bulk_create(
        days, update_conflicts=True, unique_fields=["fair", "number"], update_fields=["date", "moved_minutes"]
    )
    _slots(run, {day.number: day for day in run.fair.days.all()})
    run.fair.times_moved = run.anchor.moved
    run.fair.ceremony_at = run.anchor.instant(CEREMONY)
    run.fair.save(update_fields=["times_moved", "ceremony_at"])


def _slots(run: LoaderRun, days: dict[int, FairDay]) -> None:
    slots = {}
    for number, planned in enumerate(run.plan.slots, start=1):
        begins = run.anchor.start(planned)
        slots[planned.key] = Slot(
            pk=run.rows.ids(Slot).get(planned.key),
            fair=run.fair,
            day=days[planned.start.day],
            number=number,
            starts_at=begins,
            ends_at=begins + MEETING,
        )
    if run.rows.ids(Slot):
        Slot.objects.bulk_update(slots.values(), ["starts_at", "ends_at"])
    else:
        run.rows.add(Slot, slots)
