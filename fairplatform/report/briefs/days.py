"""The days of a fair, and when the brief of each is due: at half past six in the evening, by the clock of the host."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Max, Min

from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair

DUE = time(18, 30)


@dataclass(frozen=True)
class Day:
    """A date of the fair. `ends_at`: when its brief is due and the last of its slots is over."""

    number: int
    date: date
    due_at: datetime
    ends_at: datetime


def days(fair: Fair) -> list[Day]:
    """In their order."""
    zone = ZoneInfo(fair.host_zone)
    rows = fair.days.values("date").annotate(Min("number"), Max("slots__ends_at")).order_by("date")
    found = []
    for on, number, last in rows.values_list("date", "number__min", "slots__ends_at__max"):
        due_at = datetime.combine(last.astimezone(zone).date() if last else on, DUE, zone)
        found.append(Day(number, on, due_at, max(due_at, last or due_at)))
    return found


def read_date(text: str) -> date | None:
    """A date as addresses have it, 2026-05-14; None if it is none."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None


def day_of(fair: Fair, on: date) -> Day:
    """Raises Refused("not_found") for a date that is no day of the fair."""
    found = next((day for day in days(fair) if day.date == on), None)
    if found is None:
        raise Refused("not_found")
    return found
