"""Fairs between any two countries, set up by the forms of the office: over midnight, and where clocks change."""

from typing import Any

import pytest

from fairplatform.fairs.models import Fair, WorkingHours
from fairplatform.office.setup.checklist import checklist
from fairplatform.office.setup.common_hours import common_hours
from fairplatform.office.setup.hours_picture import Picture
from tests.factories import make_fair, make_participation
from tests.office.office import Office, errors

pytestmark = pytest.mark.django_db
UNCHOSEN = {"host_country": "", "station_country": "", "host_zone": "UTC", "station_zone": "UTC"}
SETTINGS = {
    "name_en": "Valve Fair", "host_zone": "", "station_zone": "", "languages": ["en"], "slot_minutes": "25",
    "change_minutes": "5", "rooms": "", "min_meetings": "", "max_meetings": "", "series": "",
}  # fmt: skip
HOURS = {"city": "", "zone": "", "first": "", "last": "", "pauses": ""}


@pytest.fixture
def office(client: Any) -> Office:
    return Office(client, make_fair(state="draft", **UNCHOSEN))


def saved(response: Any) -> None:
    assert response.status_code == 302, response.context["form"].errors


def day(on: str, starts: str, ends: str, zone: str = "") -> dict[str, str]:
    return {"date": on, "starts": starts, "ends": ends, "zone": zone, "reserve_slots": "0"}


def common(fair: Fair) -> list[tuple[list[tuple[str, str]], int]]:
    """By day, the common hours on both clocks, and how many slots lie in them."""
    pictures = [Picture(one) for one in common_hours(fair)]
    return [
        ([(host[1], station[1]) for host, station in one.common], [bar.kind for bar in one.slots].count("slot"))
        for one in pictures
    ]


def test_a_fair_between_china_and_the_emirates(office: Office) -> None:
    saved(office.post("fair", **SETTINGS, host_country="CN", station_country="AE"))
    for on in ("2030-05-17", "2030-05-18"):
        saved(office.post("days_add", **day(on, "09:00", "15:00")))
    office.post("hours_usual")
    for country in ("CN", "AE"):
        office.post("holidays_none", country=country)
    fair = Fair.objects.get(pk=office.fair.pk)
    assert fair.places == (("CN", "Asia/Shanghai"), ("AE", "Asia/Dubai"))
    assert sorted(WorkingHours.objects.values_list("country", "weekdays__0", "closes__hour")) == [
        ("AE", 1, 17), ("AE", 5, 12), ("CN", 1, 18),
    ]  # fmt: skip
    assert common(fair) == [([("13:00–16:00", "09:00–12:00")], 6), ([], 0)]
    to_do = [one.sentence for one in checklist(fair) if not one.is_done]
    assert [one for one in to_do if "common hour" in one or "hours" in one or "holiday" in one] == [
        "Sat 18 May has no common hour.",
    ]


def test_clocks_that_change_between_the_days(office: Office) -> None:
    saved(office.post("fair", **SETTINGS, host_country="GB", station_country="US"))
    for on in ("2030-03-08", "2030-03-11", "2030-03-29", "2030-04-01"):
        saved(office.post("days_add", **day(on, "09:00", "12:00")))
    fair = Fair.objects.get(pk=office.fair.pk)
    assert [one[0][0] for one in common(fair)] == [
        ("14:00–17:00", "09:00–12:00"),
        ("13:00–16:00", "09:00–12:00"),
        ("13:00–16:00", "09:00–12:00"),
        ("14:00–17:00", "09:00–12:00"),
    ]
    begins = fair.slots.order_by("number").values_list("starts_at", flat=True)
    assert [f"{at:%d %H:%M}" for at in begins[::6]] == ["08 14:00", "11 13:00", "29 13:00", "01 13:00"]


def test_a_day_and_hours_over_midnight_can_be_entered(office: Office) -> None:
    saved(office.post("fair", **SETTINGS | {"slot_minutes": "40"}, host_country="CN", station_country="MX"))
    saved(office.post("days_add", **day("2030-03-08", "22:00", "01:00", "Asia/Shanghai")))
    pauses = {"pauses": "23:00-23:30 Supper\n01:30-01:45 Tea"}
    saved(office.post("hours_add", country="CN", weekdays=["5"], opens="20:00", closes="02:00", **HOURS | pauses))
    saved(office.post("hours_add", country="MX", weekdays=["5"], opens="08:00", closes="14:00", **HOURS))
    fair = Fair.objects.get(pk=office.fair.pk)
    make_participation(fair, sells=True, country="CN", city="yiwu")
    # Mexico City is 14 hours behind China.
    assert common(fair) == [
        (
            [("22:00–23:00", "08:00–09:00"), ("23:30–01:30", "09:30–11:30"), ("01:45–02:00", "11:45–12:00")],
            3,
        )
    ]
    assert [f"{at:%d %H:%M}" for at in fair.slots.values_list("starts_at", flat=True)] == [
        "08 14:00", "08 14:45", "08 15:30", "08 16:15",
    ]  # fmt: skip
    assert "22:00–01:00 (next day)" in office.get("days")
    assert "20:00–02:00 (next day)" in office.get("hours")


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("16:00", "09:00"), ("10:00", "10:00"), ("13:00", "01:00")],
)
def test_times_that_have_been_exchanged_are_refused(office: Office, starts: str, ends: str) -> None:
    later = ["The end has to be later than the start."]
    assert errors(office.post("days_add", **day("2030-03-08", starts, ends))) == {"ends": later}
    hours = {"country": "CN", "weekdays": ["5"], "opens": starts, "closes": ends}
    assert errors(office.post("hours_add", **hours, **HOURS)) == {"closes": later}


def test_a_break_outside_a_night_is_refused(office: Office) -> None:
    hours = {"country": "CN", "weekdays": ["5"], "opens": "20:00", "closes": "02:00"}
    for line in ("12:00-13:00 Lunch", "01:30-02:30 Tea", "19:30-20:30 Supper"):
        refused = errors(office.post("hours_add", **hours, **HOURS | {"pauses": line}))
        assert refused == {"pauses": [f"“{line}” is outside the working hours."]}


def test_days_that_run_into_each_other_are_refused(office: Office) -> None:
    saved(office.post("days_add", **day("2030-03-08", "22:00", "01:00")))
    overlapping = ["This day starts before the previous one has ended, or ends after the next one has started."]
    assert errors(office.post("days_add", **day("2030-03-09", "00:30", "02:00"))) == {"__all__": overlapping}
    assert office.fair.days.count() == 1
