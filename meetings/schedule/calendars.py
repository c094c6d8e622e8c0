"""When companies in any two time zones are at work: working hours, pauses and holidays.

Pure functions. Instants are aware datetimes; `time` values are wall-clock times of the place. A slot suits a company
if it lies in one free interval of its calendar; each break in between has a name that can be shown to people.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.i18n.zones import DAY, Interval, is_over_midnight, period


class Pause(NamedTuple):
    """A daily break within working hours."""

    name: Promise | str
    begins: time
    ends: time


@dataclass(frozen=True)
class Hours:
    """Working hours on some weekdays (1 is Monday), between two dates where they are given; `city`: of that city."""

    weekdays: frozenset[int]
    opens: time
    closes: time
    pauses: tuple[Pause, ...] = ()
    city: str = ""
    first: date | None = None
    last: date | None = None

    def holds(self, on: date) -> bool:
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)

    @property
    def is_over_midnight(self) -> bool:
        """Whether they last into the next date."""
        return is_over_midnight(self.opens, self.closes)

    @property
    def until(self) -> timedelta:
        """When they close, counted from the midnight before they open."""
        return _since_midnight(self.closes) + (DAY if self.is_over_midnight else timedelta())

    def pause_on(self, pause: Pause, on: date, zone: tzinfo) -> Interval:
        """Of the hours that open on a date; of a night, the break may be on the next date."""
        is_later = self.is_over_midnight and pause.begins < self.opens
        return period(on + DAY if is_later else on, pause.begins, pause.ends, zone)

    @property
    def rank(self) -> tuple[bool, bool]:
        """How special they are. Dates come before the city: Ramadan's hours hold in every city."""
        return (self.first is not None or self.last is not None, bool(self.city))


class SpecialDay(NamedTuple):
    """A holiday of a country or of one of its cities, without times the whole day; or a working day (`works`)."""

    date: date
    name: Promise | str
    city: str = ""
    begins: time | None = None
    ends: time | None = None
    works: bool = False

    @property
    def is_whole(self) -> bool:
        return self.begins is None and self.ends is None


class Break(NamedTuple):
    """A named period of one day in which a country's companies do not meet."""

    name: Promise | str
    country: str
    starts_at: datetime
    ends_at: datetime

    def touches(self, starts_at: datetime, ends_at: datetime) -> bool:
        return self.starts_at < ends_at and starts_at < self.ends_at


@dataclass(frozen=True)
class Calendar:
    """The working time of one place, or of one company there, which has absences of its own."""

    country: str
    zone: tzinfo
    hours: tuple[Hours, ...]
    special: tuple[SpecialDay, ...] = ()
    absences: tuple[Interval, ...] = ()

    def hours_of(self, on: date) -> list[Hours]:
        """The hours of a date: the most special of those for its weekday; none where it is not worked."""
        decisive = self._decisive(on)
        if decisive is None:
            return self._usual(on, on.isoweekday())
        return self._of_a_working_day(on, decisive) if decisive.works else []

    def breaks(self, on: date) -> list[Break]:
        """The breaks of a date in the order of time; one is all of a day off, or what a short day lacks."""
        hours, decisive = self.hours_of(on), self._decisive(on)
        if not hours:
            begins, ends = period(on, None, None, self.zone)
            if decisive and not decisive.works:
                return [Break(decisive.name, self.country, begins, ends)]
            night = max((closes for _opens, closes in self.opened(on - DAY)), default=begins)
            return [Break(_("not a working day"), self.country, max(begins, night), ends)]
        pauses = [Break(p.name, self.country, *row.pause_on(p, on, self.zone)) for row in hours for p in row.pauses]
        partly = [self._break(day.name, on, day.begins, day.ends) for day in self._closures(on)]
        return sorted(dict.fromkeys([*pauses, *partly, *self._missing(on, hours)]), key=lambda b: b.starts_at)

    def is_free(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether the period lies within working hours, overlaps no break and no absence."""
        dates = _with_night_before(_dates(starts_at, ends_at, self.zone), self)
        free = merged(interval for on in dates for interval in free_intervals(self, on))
        return any(begins <= starts_at and ends_at <= ends for begins, ends in free)

    @cached_property
    def lasts_over_midnight(self) -> bool:
        """Whether any of its hours do."""
        return any(row.is_over_midnight for row in self.hours)

    def opened(self, on: date) -> list[Interval]:
        """The hours that open on a date, with their breaks."""
        return merged(period(on, row.opens, row.closes, self.zone) for row in self.hours_of(on))

    def _missing(self, on: date, hours: Sequence[Hours]) -> list[Break]:
        """What the day is shorter than the longest: the afternoon of a half day, the evenings of Ramadan.

        Other times outside working hours are no breaks: whoever plans slots there does so on purpose.
        """
        before = [min(_since_midnight(row.opens) for row in rows) for rows in (self.hours, hours)]
        after = [max(row.until for row in rows) for rows in (hours, self.hours)]
        name = _("outside working hours")
        return [
            Break(name, self.country, self._at(on, begins), self._at(on, ends))
            for begins, ends in (before, after)
            if begins < ends
        ]

    def _at(self, on: date, since_midnight: timedelta) -> datetime:
        """In UTC, by the wall clock of the zone."""
        return (datetime.combine(on, time.min) + since_midnight).replace(tzinfo=self.zone).astimezone(UTC)

    def _usual(self, on: date, weekday: int) -> list[Hours]:
        """The hours of a weekday in the period that the date is in."""
        rows = [row for row in self.hours if weekday in row.weekdays and row.holds(on)]
        best = max((row.rank for row in rows), default=None)
        return [row for row in rows if row.rank == best]

    def _of_a_working_day(self, on: date, day: SpecialDay) -> list[Hours]:
        """The date's own hours, else those of the first weekday that is worked; within the special day's times."""
        rows = next((found for weekday in (on.isoweekday(), *range(1, 8)) if (found := self._usual(on, weekday))), [])
        if day.is_whole or not rows:
            return rows
        opens, closes = day.begins or rows[0].opens, day.ends or rows[0].closes
        return [Hours(frozenset(), opens, closes, rows[0].pauses)]

    def _decisive(self, on: date) -> SpecialDay | None:
        """Who decides whether the date is worked: the city's special day before the country's; None: the weekday."""
        days = [day for day in self.special if day.date == on and (day.works or day.is_whole)]
        return max(days, key=lambda day: bool(day.city), default=None)

    def _closures(self, on: date) -> list[SpecialDay]:
        """The holidays of a part of the date."""
        return [day for day in self.special if day.date == on and not day.works and not day.is_whole]

    def _break(self, name: Promise | str, on: date, begins: time | None, ends: time | None) -> Break:
        return Break(name, self.country, *period(on, begins, ends, self.zone))


def free_intervals(calendar: Calendar, on: date) -> list[Interval]:
    """When it is at work in the hours that open on a date, without breaks and absences, in UTC and in order of time."""
    opened = calendar.opened(on)
    dates = (on, on + DAY) if calendar.lasts_over_midnight else (on,)
    closed = [(pause.starts_at, pause.ends_at) for one in dates for pause in calendar.breaks(one)]
    return without(opened, [*closed, *calendar.absences])


def common_intervals(one: Iterable[Interval], other: Iterable[Interval]) -> list[Interval]:
    """The times that lie in both."""
    others = list(other)
    both = [(max(a, begins), min(b, ends)) for a, b in one for begins, ends in others]
    return sorted((begins, ends) for begins, ends in both if begins < ends)


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """The intervals in the order of time; those that touch become one."""
    found: list[Interval] = []
    for begins, ends in sorted(intervals):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return found


def without(intervals: Iterable[Interval], closed: Iterable[Interval]) -> list[Interval]:
    """What is left of the intervals outside the closed ones."""
    left = list(intervals)
    for begins, ends in closed:
        pieces = [piece for a, b in left for piece in ((a, min(b, begins)), (max(a, ends), b))]
        left = sorted({(a, b) for a, b in pieces if a < b})
    return left


def breaks_between(starts_at: datetime, ends_at: datetime, *calendars: Calendar) -> list[Break]:
    """The breaks of all calendars that overlap the period, without duplicates, in the order of time."""
    breaks = {
        b: None
        for calendar in calendars
        for on in _with_night_before(_dates(starts_at, ends_at, calendar.zone), calendar)
        for b in calendar.breaks(on)
        if b.touches(starts_at, ends_at)
    }
    return sorted(breaks, key=lambda b: (b.starts_at, b.country))


def _dates(starts_at: datetime, ends_at: datetime, zone: tzinfo) -> list[date]:
    """The first and last date of the period in a zone: one, or two around midnight."""
    return sorted({starts_at.astimezone(zone).date(), ends_at.astimezone(zone).date()})


def _with_night_before(dates: list[date], calendar: Calendar) -> list[date]:
    return [dates[0] - DAY, *dates] if calendar.lasts_over_midnight else dates


def _since_midnight(at: time) -> timedelta:
    return datetime.combine(date.min, at) - datetime.combine(date.min, time.min)
