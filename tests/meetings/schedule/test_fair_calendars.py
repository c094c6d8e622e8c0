"""Calendars from the rows of a fair: working hours, usual hours, holidays, zones and absences."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import translation

from fairplatform.fairs.models import Absence, Fair, Holiday, Participation, Slot, WorkingHours
from fairplatform.fairs.usual_hours import FRIDAY_PRAYER, usual_hours
from fairplatform.i18n.text import LANGUAGES, in_every_language
from meetings.schedule.availability import Availability
from meetings.schedule.calendars import free_intervals
from meetings.schedule.fair_calendars import calendars
from tests.factories import make_fair, make_participation, make_slots, make_staff, three

pytestmark = pytest.mark.either

THURSDAY, FRIDAY, SATURDAY, SUNDAY = (date(2026, 4, day) for day in (16, 17, 18, 19))
MORNING = datetime(2026, 4, 17, 5, 0, tzinfo=UTC)  # Friday, 09:00 in Dubai, 13:00 in China
BEFORE = MORNING - timedelta(hours=1)


def make_emirates_fair() -> Fair:
    """A fair between China and the United Arab Emirates, where Friday is a morning."""
    fair = make_fair(station_country="AE", station_zone="Asia/Dubai")
    add_hours(fair, weekdays=[1, 2, 3, 4], pauses=[{"starts": "13:00", "ends": "14:00", "name": "Lunch"}])
    add_hours(fair, weekdays=[5], closes=time(12))
    return fair


def add_hours(fair: Fair, **fields: Any) -> None:
    usual = {"country": "AE", "opens": time(8), "closes": time(17)}
    WorkingHours.objects.create(fair=fair, **{**usual, **fields})


def free(fair: Fair, country: str, on: date, city: str = "") -> list[str]:
    [calendar] = calendars(fair, [(country, city)])
    return ["–".join(f"{at:%H:%M}" for at in interval) for interval in free_intervals(calendar, on)]


@pytest.fixture
def fair(db: None) -> Fair:
    return make_emirates_fair()


def make_pair(fair: Fair) -> tuple[Participation, Participation]:
    return (
        make_participation(fair, sells=True, country="CN", city="yiwu"),
        make_participation(fair, sells=False, country="AE", city="dubai"),
    )


def offered(pair: tuple[Participation, Participation], *people: int) -> list[str]:
    """The starts, in UTC, of the slots that are free for both and for these people."""
    slots: list[Slot] = Availability(pair[0].fair, pair, people).free_slots(after=BEFORE)
    return [f"{slot.starts_at:%H:%M}" for slot in slots]


def test_the_rows_of_a_fair_are_its_calendar(fair: Fair) -> None:
    assert free(fair, "AE", THURSDAY) == ["04:00–09:00", "10:00–13:00"]
    assert free(fair, "AE", FRIDAY) == ["04:00–08:00"]
    assert free(fair, "AE", SATURDAY) == []


def test_a_country_without_rows_has_its_usual_hours(fair: Fair) -> None:
    assert free(fair, "CN", SATURDAY) == ["01:00–04:00", "05:00–10:00"]
    assert free(fair, "CN", SUNDAY) == []
    assert free(fair, "PK", FRIDAY) == ["05:00–07:30", "09:30–11:00"]
    assert free(fair, "PK", SATURDAY) == ["05:00–08:00", "08:30–11:00"]
    assert free(fair, "DE", FRIDAY) == ["07:00–10:00", "11:00–16:00"]
    assert free(fair, "DE", SATURDAY) == []


@pytest.mark.parametrize(
    ("country", "weekdays"),
    [
        ("DE", [[1, 2, 3, 4, 5]]),
        ("EG", [[1, 2, 3, 4, 7]]),
        ("SA", [[1, 2, 3, 4, 7]]),
        ("BD", [[1, 2, 3, 4, 7]]),
        ("IR", [[1, 2, 3, 4, 6, 7]]),
        ("IN", [[1, 2, 3, 4, 5, 6]]),
        ("BQ", [[1, 2, 3, 4, 5]]),
        ("AE", [[1, 2, 3, 4], [5]]),
        ("ID", [[1, 2, 3, 4], [5]]),
    ],
)
def test_usual_hours_keep_a_countrys_weekend(fair: Fair, country: str, weekdays: list[list[int]]) -> None:
    assert [row.weekdays for row in usual_hours(fair, country)] == weekdays


def test_usual_fridays_where_the_prayer_is_kept(fair: Fair) -> None:
    fridays = {country: usual_hours(fair, country)[-1] for country in ("AE", "ID", "MY")}
    assert {country: (row.closes, row.pauses) for country, row in fridays.items()} == {
        "AE": (time(12), []),
        "ID": (time(18), [_prayer("11:30", "13:00")]),
        "MY": (time(18), [_prayer("12:15", "14:45")]),
    }


def _prayer(starts: str, ends: str) -> dict[str, Any]:
    names = dict(zip(LANGUAGES, in_every_language(FRIDAY_PRAYER), strict=True))
    return {"starts": starts, "ends": ends, "name": names}


def test_rows_of_one_country_leave_the_others_usual_hours(fair: Fair) -> None:
    add_hours(fair, country="CN", weekdays=[5], closes=time(12))
    assert free(fair, "CN", FRIDAY) == ["00:00–04:00"]
    assert free(fair, "CN", THURSDAY) == []


def test_rows_of_one_city_or_of_some_dates_leave_the_country_its_usual_hours(fair: Fair) -> None:
    add_hours(fair, country="CN", city="yiwu", weekdays=[7], opens=time(9), closes=time(12))
    add_hours(fair, country="PK", weekdays=[1, 2, 3, 4, 6], first=date(2000, 1, 1), last=date(2000, 1, 2))
    assert free(fair, "CN", SATURDAY) == ["01:00–04:00", "05:00–10:00"]
    assert free(fair, "PK", FRIDAY) == ["05:00–07:30", "09:30–11:00"]


def test_usual_hours_are_a_starting_point_in_all_languages(fair: Fair) -> None:
    rows = usual_hours(fair, "PK")
    WorkingHours.objects.bulk_create(rows)
    assert [(row.weekdays, row.zone) for row in rows] == [([1, 2, 3, 4, 6], "Asia/Karachi"), ([5], "Asia/Karachi")]
    assert [row.zone for row in usual_hours(fair, "CN")] == [""]
    for language, name in (("en", "Friday prayer break"), ("zh-hans", "周五礼拜时间")):
        with translation.override(language):
            [calendar] = calendars(fair, [("PK", "")])
            assert [pause.name for pause in calendar.breaks(FRIDAY)] == [name]


def test_pauses_are_named_as_written(fair: Fair) -> None:
    [calendar] = calendars(fair, [("AE", "")])
    assert [pause.name for pause in calendar.breaks(THURSDAY)] == ["Lunch"]


def test_a_city_in_another_zone_has_its_own_clock(fair: Fair) -> None:
    add_hours(fair, country="US", zone="America/New_York", weekdays=[1, 2, 3, 4, 5, 6])
    add_hours(fair, country="US", city="chicago", zone="America/Chicago", weekdays=[1, 2, 3, 4, 5])
    assert free(fair, "US", FRIDAY) == ["12:00–21:00"]
    assert free(fair, "US", FRIDAY, "chicago") == ["13:00–22:00"]
    # On Saturday the country's hours hold, on the city's clock.
    assert free(fair, "US", SATURDAY, "chicago") == ["13:00–22:00"]


def test_holidays_close_the_city_or_the_country_in_part_or_whole(fair: Fair) -> None:
    Holiday.objects.create(fair=fair, date=THURSDAY, country="AE", city="dubai", name=three("Expo"))
    Holiday.objects.create(
        fair=fair, date=FRIDAY, country="AE", from_time=time(8), until_time=time(10), name=three("Mourning")
    )
    assert [free(fair, "AE", on) for on in (THURSDAY, FRIDAY)] == [["04:00–09:00", "10:00–13:00"], ["06:00–08:00"]]
    assert [free(fair, "AE", on, "dubai") for on in (THURSDAY, FRIDAY)] == [[], ["06:00–08:00"]]


def test_a_working_sunday_has_usual_hours(fair: Fair) -> None:
    Holiday.objects.create(fair=fair, date=SUNDAY, country="CN", works=True, name=three("Working Sunday"))
    assert free(fair, "CN", SUNDAY) == ["01:00–04:00", "05:00–10:00"]


def test_slots_of_a_friday_are_offered_until_noon_in_the_emirates(fair: Fair) -> None:
    pair = make_pair(fair)
    make_slots(fair, first=MORNING, number=9)
    # 08:00 UTC is noon in Dubai.
    assert offered(pair) == ["05:00", "05:30", "06:00", "06:30", "07:00", "07:30"]


def test_absences_of_a_company_are_not_offered(fair: Fair) -> None:
    pair, (exhibitor, buyer) = make_pair(fair), make_pair(fair)
    make_slots(fair, first=MORNING, number=6)
    # By Dubai's clock, then by China's: 06:00 to 06:30 UTC, and from 07:30 UTC on.
    for company, zone, begins, ends in ((pair[1], "", 10, time(10, 30)), (pair[0], "Asia/Shanghai", 15, None)):
        Absence.objects.create(
            fair=fair,
            participation=company,
            date=FRIDAY,
            zone=zone,
            from_time=time(begins, 0 if ends else 30),
            until_time=ends,
        )
    assert offered(pair) == ["05:00", "05:30", "06:30", "07:00"]
    assert offered((exhibitor, buyer)) == ["05:00", "05:30", "06:00", "06:30", "07:00", "07:30"]
    Absence.objects.create(fair=fair, participation=buyer, date=FRIDAY)
    assert offered((exhibitor, buyer)) == []


def test_absences_of_people_are_on_their_own_clock(fair: Fair) -> None:
    pair = make_pair(fair)
    make_slots(fair, first=MORNING, number=3)
    agent = make_staff(pair[0], zone="Asia/Dubai")
    other = make_staff(pair[0])
    Absence.objects.create(fair=fair, user=agent, date=FRIDAY, from_time=time(9), until_time=time(9, 30))
    assert offered(pair, agent.pk) == ["05:30", "06:00"]
    # Somebody else of the company is there.
    assert offered(pair) == ["05:00", "05:30", "06:00"]
    Absence.objects.create(fair=fair, user=other, date=FRIDAY, from_time=time(13), until_time=time(13, 25))
    assert offered(pair) == ["05:30", "06:00"]
