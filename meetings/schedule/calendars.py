"""When companies in two time zones are at work: working hours, lunch, prayer times and holidays.

Pure functions. Instants are aware datetimes; `time` values are wall-clock times of the country. A slot suits a company
if it lies within its working day and overlaps no break; each break has a name that can be shown to people.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.i18n.times import ZONES

FRIDAY = 4
OTHER_DAYS = frozenset(range(7)) - {FRIDAY}


class Pause(NamedTuple):
    """A daily break of a country, on these weekdays (Monday is 0)."""

    name: Promise
    begins: time
    ends: time
    weekdays: frozenset[int] = frozenset(range(7))


class WorkingDay(NamedTuple):
    """A country's usual working hours."""

    opens: time
    closes: time
    pauses: tuple[Pause, ...]


class Break(NamedTuple):
    """A named period of one day in which a country's companies do not meet."""

    name: Promise | str
    country: str
    starts_at: datetime
    ends_at: datetime

    def touches(self, starts_at: datetime, ends_at: datetime) -> bool:
        return self.starts_at < ends_at and starts_at < self.ends_at


# Every weekday is a working day: the fair decides by its slots whether a weekend is.
WORKING_DAYS: Mapping[str, WorkingDay] = {
    "CN": WorkingDay(time(9), time(18), (Pause(_("lunch break"), time(12), time(13)),)),
    "PK": WorkingDay(
        time(10),
        time(16),
        (
            Pause(_("Zuhr prayer and tea break"), time(13), time(13, 30), OTHER_DAYS),
            Pause(_("Friday prayer break"), time(12, 30), time(14, 30), frozenset({FRIDAY})),
        ),
    ),
}


@dataclass(frozen=True)
class Calendar:
    """One company's working time: its country's working day, and the holidays of its country and city."""

    country: str
    holidays: Mapping[date, Promise | str] = field(default_factory=dict)

    def breaks(self, on: date) -> list[Break]:
        """The breaks of a date in this country, in the order of time; a holiday is one break of the whole day."""
        if name := self.holidays.get(on):
            return [self._break(name, on, time.min, time.max)]
        pauses = WORKING_DAYS[self.country].pauses
        return [self._break(p.name, on, p.begins, p.ends) for p in pauses if on.weekday() in p.weekdays]

    def is_free(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether the period lies within one working day and overlaps no break."""
        zone, hours = ZONES[self.country], WORKING_DAYS[self.country]
        begins, ends = starts_at.astimezone(zone), ends_at.astimezone(zone)
        inside = begins.date() == ends.date() and hours.opens <= begins.time() and ends.time() <= hours.closes
        return inside and not any(b.touches(starts_at, ends_at) for b in self.breaks(begins.date()))

    def _break(self, name: Promise | str, on: date, begins: time, ends: time) -> Break:
        zone = ZONES[self.country]
        starts_at, ends_at = (datetime.combine(on, at, tzinfo=zone).astimezone(UTC) for at in (begins, ends))
        return Break(name, self.country, starts_at, ends_at)


def breaks_between(starts_at: datetime, ends_at: datetime, *calendars: Calendar) -> list[Break]:
    """The breaks of all calendars that overlap the period, without duplicates, in the order of time."""
    breaks = {
        b: None
        for calendar in calendars
        for on in _dates(starts_at, ends_at, calendar.country)
        for b in calendar.breaks(on)
        if b.touches(starts_at, ends_at)
    }
    return sorted(breaks, key=lambda b: (b.starts_at, b.country))


def _dates(starts_at: datetime, ends_at: datetime, country: str) -> list[date]:
    """The first and last date of the period in a country: one, or two around midnight."""
    zone = ZONES[country]
    return sorted({starts_at.astimezone(zone).date(), ends_at.astimezone(zone).date()})
