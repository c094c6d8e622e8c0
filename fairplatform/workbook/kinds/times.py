"""Dates, times of day, weekdays, and pauses of a working day."""

import re
from datetime import date, datetime, time, timedelta
from functools import cache
from operator import itemgetter

from babel.dates import get_month_names

from fairplatform.i18n.zones import can_follow

from .kind import Cell, Kind, Row, Several, Unread
from .numbers import latin_digits
from .text import several, text_is_date

_MINUTES_OF_A_DAY = 24 * 60
_MIDNIGHT = datetime(2000, 1, 1)  # noqa: DTZ001 — of any day: only its time counts
_LONGEST = 40  # characters of a date and time
_YEARS = range(1900, 2200)
_YEAR_FIRST = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})[日号]?)")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_WITH_MONTH = re.compile(r"([0-9]{1,2})[\s-]+([^\W\d_]+)[\s,،-]+([0-9]{4})")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?:\s*([ap])\.?m\.?)?", re.IGNORECASE)
_END_OF_DAY = re.compile(r"24:00(?::00)?")
_MOMENT = re.compile(r"(.+?)(?:T|\s+)([0-9]{1,2}:.+)")
_DAYS = re.compile(r"([1-7])(?:\s*[-–~]\s*([1-7]))?")
_PAUSE = re.compile(r"([0-9]{1,2}:[0-9]{2})\s*[-–—~至]\s*([0-9]{1,2}:[0-9]{2})\s*(?:[(（](.+)[)）]|(.*))")


def date_of(cell: Cell) -> date:
    """Raises Unread; where day and month could be exchanged, with both readings."""
    if isinstance(cell, date):
        return _day(cell, cell.year, cell.month, cell.day)
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        raise Unread("not_a_date", text=str(cell)[:_LONGEST])
    text = latin_digits(cell)
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(cell, match[1], match[3] or match[5], match[4] or match[6])
    if match := _YEAR_LAST.fullmatch(text):
        return _day_or_month_first(cell, match)
    if (match := _WITH_MONTH.fullmatch(text)) and (month := _months().get(match[2].casefold())):
        return _day(cell, match[3], month, match[1])
    raise Unread("not_a_date", text=cell.strip())


def _day(cell: Cell, year: str | int, month: str | int, day: str | int) -> date:
    try:
        read = date(int(year), int(month), int(day))
    except ValueError:
        raise Unread("no_such_date", text=str(cell).strip()) from None
    if read.year not in _YEARS:
        raise Unread("no_such_date", text=str(cell).strip())
    return read


def _day_or_month_first(cell: Cell, match: re.Match[str]) -> date:
    first, second, year = match[1], match[3], match[4]
    if max(int(first), int(second)) <= 12 and int(first) != int(second):
        readings = sorted({_day(cell, year, second, first).isoformat(), _day(cell, year, first, second).isoformat()})
        raise Unread("date_ambiguous", text=str(cell).strip(), one=readings[0], other=readings[1])
    return _day(cell, year, first, second) if int(second) > 12 else _day(cell, year, second, first)


@cache
def _months() -> dict[str, int]:
    """By name, in full and in short, in English and Urdu."""
    return {
        name.casefold().rstrip("."): number
        for language in ("en", "ur")
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    }


def time_of(cell: Cell) -> time:
    """Raises Unread."""
    if isinstance(cell, float) and 0 <= cell < 1:
        return (_MIDNIGHT + timedelta(minutes=round(cell * _MINUTES_OF_A_DAY))).time()
    if isinstance(cell, timedelta) and timedelta() <= cell < timedelta(days=1):
        return moment(_MIDNIGHT + cell).time()
    if isinstance(cell, datetime):
        return moment(cell).time()
    if isinstance(cell, time):
        return moment(datetime.combine(_MIDNIGHT, cell)).time()
    return _typed_time(str(cell).strip())


def moment(exact: datetime) -> datetime:
    """To the second: a spreadsheet stores a time as a fraction of a day."""
    return (exact + timedelta(milliseconds=500)).replace(microsecond=0)


def _typed_time(text: str) -> time:
    match = _CLOCK.fullmatch(latin_digits(text))
    if not match:
        raise Unread("not_a_time", text=text[:_LONGEST])
    hour = int(match[1])
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower() == "p" else 0) if 1 <= hour <= 12 else 24
    try:
        return time(hour, int(match[2]), int(match[3] or 0))
    except ValueError:
        raise Unread("not_a_time", text=text) from None


class Date(Kind):
    name = "date"

    def read(self, cell: Cell, row: Row) -> object:
        return date_of(cell)

    def written(self, value: object) -> Cell:
        assert isinstance(value, date)
        return value


class Time(Kind):
    """A time of the wall clock in the zone beside it."""

    name = "time"

    def read(self, cell: Cell, row: Row) -> object:
        return time_of(cell)

    def written(self, value: object) -> Cell:
        assert isinstance(value, time)
        return value


class EndTime(Time):
    """A time at which something ends: 24:00, the end of a day, is the midnight after it."""

    def read(self, cell: Cell, row: Row) -> object:
        return _end_of(cell)


def _end_of(cell: Cell) -> time:
    """Raises Unread."""
    if isinstance(cell, str):
        is_midnight = bool(_END_OF_DAY.fullmatch(latin_digits(cell).strip()))
    else:
        is_midnight = cell == timedelta(days=1) or (isinstance(cell, float) and cell == 1)
    return time.min if is_midnight else time_of(cell)


class DateTime(Kind):
    """A date with a time, without a zone."""

    name = "date_time"

    def read(self, cell: Cell, row: Row) -> object:
        if isinstance(cell, datetime):
            return moment(cell)
        match = _MOMENT.fullmatch(latin_digits(cell)) if isinstance(cell, str) and len(cell) <= _LONGEST else None
        if not match:
            raise Unread("not_a_moment", text=str(cell).strip()[:_LONGEST])
        return datetime.combine(date_of(match[1]), time_of(match[2]))

    def written(self, value: object) -> Cell:
        assert isinstance(value, datetime)
        return value


class Weekdays(Several):
    """Days of the week: `1-6` or `1;3;5`. Its value is a sorted list; 1 is Monday."""

    name = "weekdays"

    def read(self, cell: Cell, row: Row) -> object:
        days: set[int] = set()
        for part in several(_undated(cell)):
            match = _DAYS.fullmatch(latin_digits(part))
            if not match:
                raise Unread("not_weekdays", text=part)
            first, last = int(match[1]), int(match[2] or match[1])
            # A span may go over Sunday: 6-4 is Saturday to Thursday.
            days |= set(range(first, last + 1)) if first <= last else {*range(first, 8), *range(1, last + 1)}
        return sorted(days)

    def written(self, value: object) -> Cell:
        assert isinstance(value, list)
        if len(value) > 2 and value == list(range(value[0], value[-1] + 1)):
            return f"{value[0]}-{value[-1]}"
        return super().written(value)


def _undated(cell: Cell) -> Cell:
    """A spreadsheet makes a date of `1-6`."""
    if isinstance(cell, date | time):
        raise text_is_date(cell)
    return cell


class Pauses(Several):
    """Breaks of a working day: `12:00-13:00 Lunch;…`.

    Its value is a list of {starts: HH:MM, ends: HH:MM, name}, in the order of time.
    """

    name = "pauses"

    def read(self, cell: Cell, row: Row) -> object:
        return sorted((_pause(part) for part in several(_undated(cell))), key=itemgetter("starts", "ends"))

    def parts(self, values: list[dict[str, str]]) -> list[str]:
        return [f"{pause['starts']}-{pause['ends']} {pause['name']}".strip() for pause in values]


def _pause(text: str) -> dict[str, str]:
    """{starts: HH:MM, ends: HH:MM, name} of `12:00-13:00 Lunch`, as people write it. Raises Unread."""
    match = _PAUSE.fullmatch(latin_digits(text).replace("：", ":"))
    if not match:
        raise Unread("not_a_pause", text=text)
    starts, ends = time_of(match[1]), _end_of(match[2])
    if not can_follow(starts, ends):
        raise Unread("pause_order", text=text)
    return {"starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}", "name": (match[3] or match[4]).strip()}
