"""The forty half-hours of the five days, in Pakistan's time."""

from datetime import time

from .shapes import DemoSlot, Moment

MORNING = ("10:00", "10:30", "11:00", "11:30", "12:00", "12:30")
AFTERNOON = ("13:30", "14:00", "14:30")

# Day 1 begins after the ceremony; day 4 has the Friday prayer from 12:30 to 14:30.
TIMES = {
    1: (*MORNING[3:], *AFTERNOON),
    2: (*MORNING, *AFTERNOON),
    3: (*MORNING, *AFTERNOON),
    4: (*MORNING[:5], "14:30", "15:00"),
    5: (*MORNING, *AFTERNOON),
}

# How many meetings each slot carries; the sums are the days' planned figures.
LOADS = {
    1: (8, 8, 8, 8, 7, 7),
    2: (8, 8, 8, 8, 8, 7, 7, 7, 7),
    3: (8, 8, 8, 7, 8, 8, 8, 8, 7),
    4: (8, 8, 8, 8, 8, 6, 4),
    5: (8, 8, 7, 7, 7, 8, 7, 7, 7),
}

RUNNING = "3-1200"
LATE = "4-1500"  # ends 18:30 in China: only where the exhibitor agreed


def slots() -> tuple[DemoSlot, ...]:
    """The slots in the order of time; a key is the day and the time in Pakistan, `3-1200`."""
    return tuple(_slot(day, at) for day, times in TIMES.items() for at in times)


def loads() -> dict[str, int]:
    """How many meetings each slot carries, by slot key."""
    return {
        _slot(day, at).key: load for day, times in TIMES.items() for at, load in zip(times, LOADS[day], strict=True)
    }


def adjacent(one: DemoSlot, other: DemoSlot) -> bool:
    """Whether one slot begins as the other ends, or both are the same: an interpreter cannot take both."""
    return one.start.day == other.start.day and abs(_minutes(one.start.at) - _minutes(other.start.at)) <= 30


def _slot(day: int, at: str) -> DemoSlot:
    key = f"{day}-{at.replace(':', '')}"
    return DemoSlot(key, Moment(day, time.fromisoformat(at)), late=key == LATE)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
