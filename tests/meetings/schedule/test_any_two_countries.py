"""Working time of two countries that a fair is held between: a short Friday, another weekend, daylight saving."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from meetings.schedule.calendars import (
    Calendar,
    Hours,
    SpecialDay,
    breaks_between,
    common_intervals,
    free_intervals,
    without,
)
from tests.meetings.schedule.places import CHINA, EMIRATES, GERMANY, LUNCH, NEW_YORK, hours, pause

THURSDAY, FRIDAY, SATURDAY, SUNDAY = (date(2026, 4, day) for day in (16, 17, 18, 19))
MONDAY = date(2026, 4, 20)


def free(calendar: Calendar, on: date) -> str:
    """The free intervals of a date on its own clock: `09:00–12:00 13:00–18:00`."""
    return " ".join(
        "–".join(f"{at.astimezone(calendar.zone):%H:%M}" for at in interval)
        for interval in free_intervals(calendar, on)
    )


def common(one: Calendar, other: Calendar, on: date) -> str:
    """The hours that both work, in UTC."""
    both = common_intervals(free_intervals(one, on), free_intervals(other, on))
    return " ".join(f"{begins:%H:%M}–{ends:%H:%M}" for begins, ends in both)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (THURSDAY, "08:00–13:00 14:00–17:00"),
        (FRIDAY, "08:00–12:00"),
        (SATURDAY, ""),
        (SUNDAY, ""),
        (MONDAY, "08:00–13:00 14:00–17:00"),
    ],
)
def test_a_weekday_without_hours_is_not_worked_and_friday_is_half_a_day(on: date, expected: str) -> None:
    assert free(EMIRATES, on) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        # China works 01:00–04:00 and 05:00–10:00 UTC, the Emirates from 04:00 UTC on.
        (THURSDAY, "05:00–09:00"),
        (FRIDAY, "05:00–08:00"),
        (SATURDAY, ""),
    ],
)
def test_common_hours_of_china_and_the_emirates(on: date, expected: str) -> None:
    assert common(CHINA, EMIRATES, on) == expected


def test_a_slot_on_friday_afternoon_is_not_offered_to_the_emirates() -> None:
    noon = datetime(2026, 4, 17, 8, 0, tzinfo=UTC)  # 12:00 in Dubai
    spans = [(noon + timedelta(minutes=m), noon + timedelta(minutes=m + 25)) for m in (-30, -25, 0, 120)]
    assert [EMIRATES.is_free(*span) for span in spans] == [True, True, False, False]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        # America changes its clocks on 8 March and 1 November 2026, Europe on 29 March and 25 October.
        (date(2026, 3, 6), "14:00–17:00"),  # Berlin UTC+1, New York UTC-5: 6 hours apart
        (date(2026, 3, 9), "13:00–16:00"),  # 5 hours apart
        (date(2026, 3, 27), "13:00–16:00"),
        (date(2026, 3, 30), "13:00–16:00"),  # 6 hours apart again, both on summer time
        (date(2026, 10, 23), "13:00–16:00"),
        (date(2026, 10, 26), "13:00–16:00"),
        (date(2026, 10, 30), "13:00–16:00"),
        (date(2026, 11, 2), "14:00–17:00"),
    ],
)
def test_common_hours_across_both_changes_of_the_clocks(on: date, expected: str) -> None:
    assert common(GERMANY, NEW_YORK, on) == expected


@pytest.mark.parametrize("on", [date(2026, 3, 27), date(2026, 3, 30), date(2026, 10, 23), date(2026, 10, 26)])
def test_hours_are_those_of_the_clock_on_the_wall_before_and_after_the_change(on: date) -> None:
    assert free(GERMANY, on) == "09:00–12:00 13:00–18:00"
    assert free(NEW_YORK, on) == "09:00–12:00 13:00–17:00"


def test_a_working_day_across_the_change_itself_keeps_its_wall_clock() -> None:
    night = replace(GERMANY, hours=(hours("7", "01:00", "05:00"),))
    [(begins, ends)] = free_intervals(night, date(2026, 3, 29))
    assert (begins, ends) == (datetime(2026, 3, 29, 0, tzinfo=UTC), datetime(2026, 3, 29, 3, tzinfo=UTC))
    [(begins, ends)] = free_intervals(night, date(2026, 10, 25))
    assert ends - begins == timedelta(hours=5)


def test_hours_of_certain_dates_replace_the_others_on_the_weekdays_they_name() -> None:
    ramadan = replace(hours("1234", "09:00", "14:00"), first=date(2026, 2, 18), last=date(2026, 3, 19))
    place = replace(EMIRATES, hours=(*EMIRATES.hours, ramadan))
    assert free(place, date(2026, 2, 17)) == "08:00–13:00 14:00–17:00"
    assert free(place, date(2026, 2, 18)) == "09:00–14:00"
    assert free(place, date(2026, 2, 20)) == "08:00–12:00"
    assert free(place, date(2026, 3, 20)) == "08:00–12:00"


def test_hours_of_a_city_replace_the_countrys_and_those_of_dates_replace_both() -> None:
    city = replace(hours("12", "10:00", "19:00"), city="sharjah")
    dated = replace(hours("2", "09:00", "14:00"), first=date(2026, 4, 21), last=date(2026, 4, 21))
    place = replace(EMIRATES, hours=(*EMIRATES.hours, city, dated))
    assert [free(place, date(2026, 4, day)) for day in (20, 21, 22)] == [
        "10:00–19:00", "09:00–14:00", "08:00–13:00 14:00–17:00",
    ]  # fmt: skip


def test_two_rows_for_one_weekday_are_worked_both() -> None:
    place = replace(EMIRATES, hours=(hours("1", "09:00", "12:00"), hours("1", "16:00", "20:00")))
    assert free(place, MONDAY) == "09:00–12:00 16:00–20:00"


def test_a_holiday_closes_the_day_and_a_partial_one_a_part_of_it() -> None:
    whole = replace(EMIRATES, special=(SpecialDay(MONDAY, "Eid"),))
    part = replace(EMIRATES, special=(SpecialDay(MONDAY, "power cut", "dubai", time(8), time(10)),))
    until = replace(EMIRATES, special=(SpecialDay(MONDAY, "mourning", ends=time(15)),))
    assert [free(one, MONDAY) for one in (whole, part, until)] == ["", "10:00–13:00 14:00–17:00", "15:00–17:00"]
    assert [str(b.name) for b in part.breaks(MONDAY)] == ["power cut", "lunch break"]


def test_a_working_sunday_has_the_hours_of_a_normal_working_day() -> None:
    sunday = SpecialDay(SUNDAY, "working Sunday", works=True)
    assert free(replace(EMIRATES, special=(sunday,)), SUNDAY) == "08:00–13:00 14:00–17:00"
    short = sunday._replace(begins=time(9), ends=time(12))
    assert free(replace(EMIRATES, special=(short,)), SUNDAY) == "09:00–12:00"
    # The Saturday of an ordinary week keeps its own hours.
    china = replace(CHINA, hours=(hours("12345", "09:00", "18:00", LUNCH), hours("6", "09:00", "12:00")))
    saturday = SpecialDay(SATURDAY, "working Saturday", works=True)
    assert free(replace(china, special=(saturday,)), SATURDAY) == "09:00–12:00"


def test_the_special_day_of_a_city_comes_before_its_countrys() -> None:
    works = SpecialDay(MONDAY, "the port works", "dubai", works=True)
    closed = SpecialDay(MONDAY, "Eid")
    assert free(replace(EMIRATES, special=(works, closed)), MONDAY) == "08:00–13:00 14:00–17:00"
    assert free(replace(EMIRATES, special=(works._replace(city=""), closed._replace(city="dubai"))), MONDAY) == ""


def test_an_absence_is_not_free_and_not_a_break() -> None:
    away = replace(EMIRATES, absences=((datetime(2026, 4, 20, 5, tzinfo=UTC), datetime(2026, 4, 20, 7, tzinfo=UTC)),))
    assert free(away, MONDAY) == "08:00–09:00 11:00–13:00 14:00–17:00"
    assert away.breaks(MONDAY) == EMIRATES.breaks(MONDAY)


def test_a_day_that_is_not_worked_is_one_named_break() -> None:
    begins = datetime(2026, 4, 18, 5, tzinfo=UTC)
    found = breaks_between(begins, begins + timedelta(hours=3), CHINA, EMIRATES)
    assert [(str(b.name), b.country, b.starts_at.isoformat(), b.ends_at - b.starts_at) for b in found] == [
        ("not a working day", "AE", "2026-04-17T20:00:00+00:00", timedelta(days=1)),
    ]


def test_what_a_short_day_lacks_is_a_break() -> None:
    [afternoon] = EMIRATES.breaks(FRIDAY)
    assert (str(afternoon.name), afternoon.starts_at, afternoon.ends_at) == (
        "outside working hours", datetime(2026, 4, 17, 8, tzinfo=UTC), datetime(2026, 4, 17, 13, tzinfo=UTC),
    )  # fmt: skip
    assert [str(b.name) for b in EMIRATES.breaks(THURSDAY)] == ["lunch break"]
    late = replace(hours("1", "10:00", "17:00"), first=MONDAY, last=MONDAY)
    [morning] = replace(EMIRATES, hours=(*EMIRATES.hours, late)).breaks(MONDAY)
    assert (f"{morning.starts_at:%H:%M}", f"{morning.ends_at:%H:%M}") == ("04:00", "06:00")


def test_without_cuts_what_is_closed() -> None:
    at = [datetime(2026, 4, 20, hour, tzinfo=UTC) for hour in range(24)]
    assert without([(at[8], at[12])], [(at[7], at[9]), (at[10], at[11]), (at[11], at[11])]) == [
        (at[9], at[10]), (at[11], at[12]),
    ]  # fmt: skip
    assert without([(at[8], at[12])], [(at[7], at[13])]) == []


def test_hours_without_dates_hold_always() -> None:
    assert Hours(frozenset({1}), time(9), time(10)).holds(date.max)


NIGHT_SHIFT = replace(GERMANY, hours=(hours("12345", "20:00", "02:00", pause("00:15", "00:45", "supper")),))


def test_hours_over_midnight_belong_to_the_weekday_on_which_they_start() -> None:
    assert free(NIGHT_SHIFT, MONDAY) == "20:00–00:15 00:45–02:00"
    # Friday's last into Saturday, which is not worked; nothing of Sunday's night does.
    assert [free(NIGHT_SHIFT, on) for on in (FRIDAY, SATURDAY, SUNDAY)] == ["20:00–00:15 00:45–02:00", "", ""]
    [day_off] = NIGHT_SHIFT.breaks(SATURDAY)
    assert (str(day_off.name), day_off.starts_at, day_off.ends_at) == (
        "not a working day", datetime(2026, 4, 18, 0, tzinfo=UTC), datetime(2026, 4, 18, 22, tzinfo=UTC),
    )  # fmt: skip


def test_a_slot_over_midnight_is_free_in_such_hours_and_in_two_that_meet_there() -> None:
    midnight = datetime(2026, 4, 16, 22, 0, tzinfo=UTC)  # in Berlin, between Thursday and Friday
    two = replace(GERMANY, hours=(hours("4", "20:00", "00:00"), hours("5", "00:00", "02:00")))
    spans = [(midnight + timedelta(minutes=m), midnight + timedelta(minutes=m + 25)) for m in (-11, -10, 50, 100)]
    assert [NIGHT_SHIFT.is_free(*span) for span in spans] == [True, True, True, False]
    assert [two.is_free(*span) for span in spans] == [True, True, True, False]
    assert not NIGHT_SHIFT.is_free(midnight, midnight + timedelta(minutes=25))
    [supper] = breaks_between(midnight, midnight + timedelta(hours=1), NIGHT_SHIFT)
    assert (str(supper.name), supper.starts_at) == ("supper", midnight + timedelta(minutes=15))


def test_a_holiday_ends_the_night_before_it_at_midnight() -> None:
    holiday = replace(NIGHT_SHIFT, special=(SpecialDay(FRIDAY, "Good Friday"),))
    assert [free(holiday, on) for on in (THURSDAY, FRIDAY)] == ["20:00–00:00", ""]


def test_a_night_of_ramadan_replaces_the_day() -> None:
    ramadan = replace(hours("1234", "21:00", "01:00"), first=date(2026, 2, 18), last=date(2026, 3, 19))
    place = replace(EMIRATES, hours=(*EMIRATES.hours, ramadan))
    assert [free(place, date(2026, 2, day)) for day in (17, 18)] == ["08:00–13:00 14:00–17:00", "21:00–01:00"]
    assert [str(one.name) for one in place.breaks(date(2026, 2, 18))] == ["outside working hours"]


def test_a_night_keeps_its_wall_clock_when_clocks_change_in_it() -> None:
    for on, length in ((date(2026, 3, 28), 4), (date(2026, 10, 24), 6)):  # Saturdays, from 23:00 until 04:00
        [(begins, ends)] = free_intervals(replace(GERMANY, hours=(hours("6", "23:00", "04:00"),)), on)
        assert ends - begins == timedelta(hours=length)
