"""Two working days in two zones: what lies in both, and what the gaps are called."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from meetings.schedule.calendars import Calendar, SpecialDay, breaks_between
from tests.meetings.schedule.places import CHINA, PAKISTAN

THURSDAY, FRIDAY = date(2020, 5, 14), date(2020, 5, 15)


def at(on: date, pakistan: str) -> datetime:
    """An instant by Pakistan's clock (UTC+5)."""
    return datetime.combine(on, datetime.strptime(pakistan, "%H:%M").time(), tzinfo=UTC) - timedelta(hours=5)


def usable(on: date, starts: Iterable[str], *calendars: Calendar) -> list[str]:
    """Of slots of 25 minutes that start then, by Pakistan's clock, those that lie in everybody's working time."""
    return [
        start
        for start in starts
        if all(calendar.is_free(at(on, start), at(on, start) + timedelta(minutes=25)) for calendar in calendars)
    ]


DAY = ("08:00", "09:30", "10:00", "12:00", "12:30", "13:00", "13:30", "14:00", "14:30", "15:00", "15:30", "16:00")


def test_usable_thursday_leaves_out_lunch_prayer_and_the_evening() -> None:
    # 15:00 in Pakistan is 18:00 in China, 08:00 is before Pakistan opens, 09:30 is lunch in China.
    assert usable(THURSDAY, DAY, CHINA, PAKISTAN) == [
        "10:00", "12:00", "12:30", "13:30", "14:00", "14:30",
    ]  # fmt: skip


def test_usable_friday_leaves_out_the_friday_prayer() -> None:
    assert usable(FRIDAY, DAY, CHINA, PAKISTAN) == ["10:00", "12:00", "14:30"]


@pytest.mark.parametrize(
    ("minutes", "free"), [((0, 30), True), ((0, 31), False), ((60, 90), True), ((59, 90), False), ((150, 180), True)]
)
def test_is_free_touches_a_pause_only_by_overlapping_it(minutes: tuple[int, int], free: bool) -> None:
    # 12:30 in Pakistan: until 13:00 free, then the pause until 13:30; 16:00 closes.
    begins = at(THURSDAY, "12:30")
    assert PAKISTAN.is_free(*(begins + timedelta(minutes=m) for m in minutes)) is free


def test_usable_with_a_holiday_in_one_city() -> None:
    closed = replace(PAKISTAN, special=(SpecialDay(THURSDAY, "Data Darbar Urs"),))
    assert usable(THURSDAY, DAY, CHINA, closed) == []
    assert usable(FRIDAY, ["10:00"], CHINA, closed) == ["10:00"]
    assert [b.name for b in closed.breaks(THURSDAY)] == ["Data Darbar Urs"]


def test_is_free_never_over_midnight() -> None:
    late = datetime(2020, 5, 14, 15, 50, tzinfo=UTC)  # 23:50 in China
    assert not CHINA.is_free(late, late + timedelta(minutes=25))


def test_breaks_between_names_each_break_once_in_order() -> None:
    found = breaks_between(at(FRIDAY, "09:00"), at(FRIDAY, "15:00"), CHINA, PAKISTAN, PAKISTAN)
    assert [(str(b.name), b.country, b.starts_at, b.ends_at) for b in found] == [
        ("lunch break", "CN", at(FRIDAY, "09:00"), at(FRIDAY, "10:00")),
        ("Friday prayer break", "PK", at(FRIDAY, "12:30"), at(FRIDAY, "14:30")),
    ]


def test_breaks_between_leaves_out_what_only_borders() -> None:
    found = breaks_between(at(THURSDAY, "10:00"), at(THURSDAY, "15:00"), CHINA, PAKISTAN)
    assert [str(b.name) for b in found] == ["Zuhr prayer and tea break"]
