"""Slots around midnight and around a change to daylight saving: the instants are right for both countries.

China and Pakistan change their clocks no more; both did (Pakistan last in 2009), and the zones' histories know it.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from fairplatform.i18n import times
from meetings.schedule.calendars import Calendar, SpecialDay, breaks_between
from tests.meetings.schedule.places import CHINA, PAKISTAN

KARACHI = ZoneInfo("Asia/Karachi")
HALF_HOURS = [timedelta(minutes=30 * number) for number in range(48)]


class Span(NamedTuple):
    starts_at: datetime
    ends_at: datetime


def slots(first: datetime) -> list[Span]:
    """A slot of 25 minutes in each half hour of the day that begins then."""
    return [Span(first + at, first + at + timedelta(minutes=25)) for at in HALF_HOURS]


def usable(spans: list[Span], calendar: Calendar) -> list[Span]:
    return [span for span in spans if calendar.is_free(*span)]


@pytest.mark.parametrize(
    ("on", "hours_ahead"),
    [
        (date(2009, 4, 14), 5),  # the day before: Pakistan's clocks went from 00:00 to 01:00 on the 15th
        (date(2009, 4, 15), 6),
        (date(2009, 10, 31), 6),
        (date(2009, 11, 2), 5),
        (date(2020, 5, 14), 5),
    ],
)
def test_usable_hours_are_those_of_the_clock_on_the_wall(on: date, hours_ahead: int) -> None:
    free = usable(slots(datetime(on.year, on.month, on.day, tzinfo=UTC)), PAKISTAN)
    begins = [span.starts_at.astimezone(KARACHI) for span in free]
    assert [f"{at:%H:%M}" for at in begins] == [
        "10:00", "10:30", "11:00", "11:30", "12:00", "12:30", "13:30", "14:00", "14:30", "15:00", "15:30",
    ]  # fmt: skip
    assert {at.utcoffset() for at in begins} == {timedelta(hours=hours_ahead)}
    assert free[0].starts_at == datetime(on.year, on.month, on.day, 10 - hours_ahead, tzinfo=UTC)


@pytest.mark.parametrize("changes", [date(2009, 4, 15), date(2009, 11, 1)])
def test_no_usable_slot_lies_at_a_time_that_does_not_exist_or_exists_twice(changes: date) -> None:
    begins = datetime(changes.year, changes.month, changes.day, tzinfo=UTC) - timedelta(hours=12)
    for span in [*usable(slots(begins), PAKISTAN), *usable(slots(begins + timedelta(days=1)), PAKISTAN)]:
        for at in (span.starts_at, span.ends_at):
            local = at.astimezone(KARACHI)
            there_and_back = local.replace(fold=1 - local.fold).astimezone(UTC)
            assert (local.astimezone(UTC), there_and_back) == (at, at)


def test_a_holiday_of_the_day_that_begins_at_one_is_that_whole_day() -> None:
    closed = replace(PAKISTAN, special=(SpecialDay(date(2009, 4, 15), "a day of 23 hours"),))
    [holiday] = closed.breaks(date(2009, 4, 15))
    # 00:00 does not exist: it is the instant at which the clocks went to 01:00.
    assert holiday.starts_at == datetime(2009, 4, 14, 19, tzinfo=UTC)
    assert usable(slots(datetime(2009, 4, 14, 19, tzinfo=UTC))[:46], closed) == []
    assert len(usable(slots(datetime(2009, 4, 15, 18, tzinfo=UTC)), closed)) == 11


@pytest.mark.parametrize(
    ("at", "pakistan", "china"),
    [
        (datetime(2020, 5, 14, 15, 45, tzinfo=UTC), "2020-05-14 20:45", "2020-05-14 23:45"),
        (datetime(2020, 5, 14, 16, 5, tzinfo=UTC), "2020-05-14 21:05", "2020-05-15 00:05"),
        (datetime(2020, 5, 14, 18, 55, tzinfo=UTC), "2020-05-14 23:55", "2020-05-15 02:55"),
        (datetime(2020, 5, 14, 19, 5, tzinfo=UTC), "2020-05-15 00:05", "2020-05-15 03:05"),
        (datetime(2020, 12, 31, 17, 0, tzinfo=UTC), "2020-12-31 22:00", "2021-01-01 01:00"),
    ],
)
def test_an_instant_near_midnight_is_shown_with_the_day_of_each_country(
    at: datetime, pakistan: str, china: str
) -> None:
    home, other = times.local_times(at, [times.Place("PK", "Asia/Karachi"), times.Place("CN", "Asia/Shanghai")], "en")
    assert [home.clock, other.clock] == [pakistan[11:], china[11:]]
    days = [times.format_day(date.fromisoformat(local[:10]), "en") for local in (pakistan, china)]
    # The days are named where they differ, and only there.
    assert [home.day, other.day] == (days if days[0] != days[1] else ["", ""])
    assert home.iso == other.iso == at.isoformat(timespec="milliseconds")


def test_breaks_over_midnight_belong_to_the_day_of_each_country() -> None:
    begins = datetime(2020, 5, 14, 20, tzinfo=UTC)  # 01:00 in Pakistan, 04:00 in China, both on the 15th, a Friday
    found = breaks_between(begins, begins + timedelta(hours=24), CHINA, PAKISTAN)
    assert [(str(b.name), b.starts_at.isoformat()) for b in found] == [
        ("lunch break", "2020-05-15T04:00:00+00:00"),
        ("Friday prayer break", "2020-05-15T07:30:00+00:00"),
    ]
