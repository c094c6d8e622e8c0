"""The shifts of a booth by day, with the times in which nobody is there and the languages that nobody speaks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from booths.models import Booth, Shift
from fairplatform.fairs.spoken import MOST_USED
from fairplatform.i18n.languages import language_name, short_language
from fairplatform.i18n.zones import Interval

from .days import OpenDay, gaps


@dataclass(frozen=True)
class PlannedDay:
    """A day with its shifts, and of what is not over yet the `gaps`, when the fair is on and nobody is there, and the
    `unspoken` languages, by name.
    """

    day: OpenDay
    shifts: list[Shift]
    gaps: list[Interval]
    unspoken: list[str]


@dataclass(frozen=True)
class ShiftPlan:
    """`others`: shifts that are within no day of the fair any more."""

    days: list[PlannedDay]
    others: list[Shift]


def shift_plan(booth: Booth, days: list[OpenDay], now: datetime) -> ShiftPlan:
    """In one query, besides that for the days."""
    shifts = list(Shift.objects.filter(booth=booth, staff__user__is_active=True).select_related("staff__user"))
    planned, placed = [], set[int]()
    for day in days:
        own = [shift for shift in shifts if shift.pk not in placed and day.holds(_times(shift))]
        placed |= {shift.pk for shift in own}
        if day.hours and day.hours[1] <= now:
            planned.append(PlannedDay(day, own, [], []))
            continue
        free = [gap for gap in gaps(day.hours, map(_times, own)) if gap[1] > now] if day.hours else []
        planned.append(PlannedDay(day, own, free, _unspoken(booth, own)))
    return ShiftPlan(planned, [shift for shift in shifts if shift.pk not in placed])


def _times(shift: Shift) -> Interval:
    return shift.starts_at, shift.ends_at


def _unspoken(booth: Booth, shifts: Iterable[Shift]) -> list[str]:
    """Of the fair's languages those that nobody speaks who is there on the day; none where nobody is there at all."""
    spoken = {short_language(code) for shift in shifts for code in shift.staff.user.speaks}
    wanted = dict.fromkeys(map(short_language, booth.fair.languages or MOST_USED))
    return [language_name(code) for code in wanted if code not in spoken] if shifts else []
