"""Calendars of places that tests work in."""

from datetime import time
from zoneinfo import ZoneInfo

from meetings.schedule.calendars import Calendar, Hours, Pause


def hours(weekdays: str, opens: str, closes: str, *pauses: Pause) -> Hours:
    """`weekdays` are digits; 1 is Monday."""
    days = frozenset(int(day) for day in weekdays)
    return Hours(days, time.fromisoformat(opens), time.fromisoformat(closes), pauses)


def pause(begins: str, ends: str, name: str) -> Pause:
    return Pause(name, time.fromisoformat(begins), time.fromisoformat(ends))


LUNCH = pause("12:00", "13:00", "lunch break")
CHINA = Calendar("CN", ZoneInfo("Asia/Shanghai"), (hours("1234567", "09:00", "18:00", LUNCH),))
PAKISTAN = Calendar(
    "PK",
    ZoneInfo("Asia/Karachi"),
    (
        hours("123467", "10:00", "16:00", pause("13:00", "13:30", "Zuhr prayer and tea break")),
        hours("5", "10:00", "16:00", pause("12:30", "14:30", "Friday prayer break")),
    ),
)
# A working week from Monday to Friday, whose last day is a morning.
EMIRATES = Calendar(
    "AE",
    ZoneInfo("Asia/Dubai"),
    (hours("1234", "08:00", "17:00", pause("13:00", "14:00", "lunch break")), hours("5", "08:00", "12:00")),
)
GERMANY = Calendar("DE", ZoneInfo("Europe/Berlin"), (hours("12345", "09:00", "18:00", LUNCH),))
NEW_YORK = Calendar("US", ZoneInfo("America/New_York"), (hours("12345", "09:00", "17:00", LUNCH),))
