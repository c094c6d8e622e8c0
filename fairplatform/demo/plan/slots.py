"""The forty half-hour slots of the five days, by Pakistan's time."""

from datetime import time

from ..additions import additions
from .entities import DemoSlot, Moment

RUNNING_SLOT = "3-1200"
LATE_FRIDAY_SLOT = "4-1500"  # ends at 18:30 in China: only exhibitors who agreed to it have meetings then


def slots() -> tuple[DemoSlot, ...]:
    """The slots in the order of time; the key is the day and the time in Pakistan: `3-1200`."""
    return tuple(_slot(day, at) for day, times in additions().meetings.items() for at in times)


def meetings_per_slot() -> dict[str, int]:
    """Number of meetings by slot key."""
    return {_slot(day, at).key: number for day, times in additions().meetings.items() for at, number in times.items()}


def _slot(day: int, at: str) -> DemoSlot:
    key = f"{day}-{at.replace(':', '')}"
    return DemoSlot(key, Moment(day, time.fromisoformat(at)), late=key == LATE_FRIDAY_SLOT)
