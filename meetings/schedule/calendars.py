"""When two companies in two zones are both at work: office hours, lunch, prayers, holidays and absences.

Pure. Instants are aware; clock times are those of the country. A slot is usable when it lies inside both working
days and touches nobody's pause; what is in the way has a name that can be shown to people.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import NamedTuple, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.i18n.times import ZONES

FRIDAY = 4
OTHER_DAYS = frozenset(range(7)) - {FRIDAY}


class Pause(NamedTuple):
    """A part of the working day without meetings, on the weekdays said (Monday is 0)."""

    name: Promise
    begins: time
    ends: time
    weekdays: frozenset[int] = frozenset(range(7))


class Hours(NamedTuple):
    """A country's usual working day."""

    opens: time
    closes: time
    pauses: tuple[Pause, ...]


class Break(NamedTuple):
    """A named stretch of one day in which a country does not meet."""

    name: Promise | str
    country: str
    starts_at: datetime
    ends_at: datetime

    def touches(self, starts_at: datetime, ends_at: datetime) -> bool:
        return self.starts_at < ends_at and starts_at < self.ends_at


class Span(NamedTuple):
    """From when to when."""

    starts_at: datetime
    ends_at: datetime


# Saturday is worked in both; a Sunday is worked when the fair puts slots into it.
WORKING_DAYS: Mapping[str, Hours] = {
    "CN": Hours(time(9), time(18), (Pause(_("lunch break"), time(12), time(13)),)),
    "PK": Hours(
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
    """One company's time: its country's working day, its city's holidays, and its own absences."""

    country: str
    holidays: Mapping[date, Promise | str] = field(default_factory=dict)
    absences: Sequence[Span] = ()

    def breaks(self, on: date) -> list[Break]:
        """The named breaks of one day, as dated in this country, in the order of time."""
        if name := self.holidays.get(on):
            return [self._break(name, on, time.min, time.max)]
        pauses = WORKING_DAYS[self.country].pauses
        return [self._break(p.name, on, p.begins, p.ends) for p in pauses if on.weekday() in p.weekdays]

    def is_free(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether the whole span lies in working time."""
        zone, hours = ZONES[self.country], WORKING_DAYS[self.country]
        begins, ends = starts_at.astimezone(zone), ends_at.astimezone(zone)
        inside = begins.date() == ends.date() and hours.opens <= begins.time() and ends.time() <= hours.closes
        if not inside or any(b.touches(starts_at, ends_at) for b in self.breaks(begins.date())):
            return False
        return not any(a.starts_at < ends_at and starts_at < a.ends_at for a in self.absences)

    def _break(self, name: Promise | str, on: date, begins: time, ends: time) -> Break:
        zone = ZONES[self.country]
        starts_at, ends_at = (datetime.combine(on, at, tzinfo=zone).astimezone(UTC) for at in (begins, ends))
        return Break(name, self.country, starts_at, ends_at)


Spanned = TypeVar("Spanned", bound=Span)


def usable(spans: Iterable[Spanned], *calendars: Calendar) -> list[Spanned]:
    """The spans in which everybody is at work."""
    return [span for span in spans if all(c.is_free(span.starts_at, span.ends_at) for c in calendars)]


def breaks_between(starts_at: datetime, ends_at: datetime, *calendars: Calendar) -> list[Break]:
    """The breaks of all calendars that touch the span, each told once, in the order of time."""
    found = {
        b: None
        for calendar in calendars
        for on in _dates(starts_at, ends_at, calendar.country)
        for b in calendar.breaks(on)
        if b.touches(starts_at, ends_at)
    }
    return sorted(found, key=lambda b: (b.starts_at, b.country))


def _dates(starts_at: datetime, ends_at: datetime, country: str) -> list[date]:
    """The dates the span has in a country: one, or two around midnight."""
    zone = ZONES[country]
    return sorted({starts_at.astimezone(zone).date(), ends_at.astimezone(zone).date()})
