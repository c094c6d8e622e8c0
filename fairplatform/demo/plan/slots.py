"""The forty half-hour slots of the five days, by Pakistan's time."""

from datetime import time

from .entities import DemoSlot, Moment

MORNING = ("10:00", "10:30", "11:00", "11:30", "12:00", "12:30")
AFTERNOON = ("13:30", "14:00", "14:30")

# Day 1 begins after the ceremony; day 4 has the Friday prayer from 12:30 to 14:30.
START_TIMES = {
    1: (*MORNING[3:], *AFTERNOON),
    2: (*MORNING, *AFTERNOON),
    3: (*MORNING, *AFTERNOON),
    4: (*MORNING[:5], "14:30", "15:00"),
    5: (*MORNING, *AFTERNOON),
}

# How many meetings each slot has, in the order of START_TIMES; the sums are the days' planned figures.
MEETINGS_PER_SLOT = {
    1: (8, 8, 8, 8, 7, 7),
    2: (8, 8, 8, 8, 8, 7, 7, 7, 7),
    3: (8, 8, 8, 7, 8, 8, 8, 8, 7),
    4: (8, 8, 8, 8, 8, 6, 4),
    5: (8, 8, 7, 7, 7, 8, 7, 7, 7),
}

RUNNING_SLOT = "3-1200"
LATE_FRIDAY_SLOT = "4-1500"  # ends at 18:30 in China: only exhibitors who agreed to it have meetings then


def slots() -> tuple[DemoSlot, ...]:
    """The slots in the order of time; the key is the day and the time in Pakistan: `3-1200`."""
    return tuple(_slot(day, at) for day, times in START_TIMES.items() for at in times)


def meetings_per_slot() -> dict[str, int]:
    """Number of meetings by slot key."""
    return {
        _slot(day, at).key: load
        for day, times in START_TIMES.items()
        for at, load in zip(times, MEETINGS_PER_SLOT[day], strict=True)
    }


def adjacent(one: DemoSlot, other: DemoSlot) -> bool:
    """Whether the slots are the same or one follows the other without a break: an interpreter cannot take both."""
    return one.start.day == other.start.day and abs(_minutes(one.start.at) - _minutes(other.start.at)) <= 30


def _slot(day: int, at: str) -> DemoSlot:
    key = f"{day}-{at.replace(':', '')}"
    return DemoSlot(key, Moment(day, time.fromisoformat(at)), late=key == LATE_FRIDAY_SLOT)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
