"""The dates and times of the demonstration: today is day 3 of the fair, and its 12:00 slot is running.

Everything derives from the `now` that is passed in. Pakistan is UTC+5 and China UTC+8, both without daylight saving
time, so a shift in one is the same shift in the other.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from .plan.entities import KARACHI, DemoSlot, Moment

TODAY = 3
DAYS = 5
SLOT = timedelta(minutes=30)
MEETING = timedelta(minutes=25)
RUNNING_START = time(12, 0)
INTO_RUNNING_SLOT = timedelta(minutes=4)
UNMOVED_FROM, UNMOVED_UNTIL = time(12, 4), time(12, 20)


@dataclass(frozen=True)
class Anchor:
    """The dates of the fair's days, and by how much day 3 is moved so that its 12:00 slot is running at the opening."""

    days: tuple[date, ...]
    shift: timedelta

    @property
    def moved(self) -> bool:
        """Whether pages must say “times moved for the demonstration”."""
        return self.shift != timedelta(0)

    def instant(self, moment: Moment) -> datetime:
        """The moment in UTC."""
        local = datetime.combine(self.days[moment.day - 1], moment.at, tzinfo=KARACHI)
        return (local + (self.shift if moment.day == TODAY else timedelta(0))).astimezone(UTC)

    def start(self, slot: DemoSlot) -> datetime:
        """When the slot begins, in UTC."""
        return self.instant(slot.start)

    def end(self, slot: DemoSlot) -> datetime:
        """When the slot and the break after the meeting end, in UTC; the meeting itself ends five minutes earlier."""
        return self.start(slot) + SLOT


def anchor_at(now: datetime) -> Anchor:
    """The anchor for an opening at `now` (aware, else ValueError).

    Between 12:04 and 12:20 in Pakistan the times are the planned ones; otherwise day 3 is moved so that its 12:00
    slot began four whole minutes ago.
    """
    if now.tzinfo is None:
        raise ValueError("an opening needs a time with its zone")
    local = now.astimezone(KARACHI)
    today = local.date()
    days = tuple(today + timedelta(days=number - TODAY) for number in range(1, DAYS + 1))
    if UNMOVED_FROM <= local.time() <= UNMOVED_UNTIL:
        return Anchor(days, timedelta(0))
    begun = local.replace(second=0, microsecond=0) - INTO_RUNNING_SLOT
    return Anchor(days, begun - datetime.combine(today, RUNNING_START, tzinfo=KARACHI))
