"""Days and their slots, and the hours that both countries have in common."""

import re
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from fairplatform.fairs.models import Fair, Hall, Holiday, WorkingHours
from fairplatform.office.setup.common_hours import common_hours
from fairplatform.office.setup.hours_picture import LEGEND, Picture
from fairplatform.office.setup.working_time import weekdays
from meetings.models import MeetingRequest
from meetings.schedule.fair_calendars import calendars
from tests.factories import NOW, make_buyer, make_exhibitor, make_staff, three
from tests.office.office import Office, errors

pytestmark = pytest.mark.django_db

FRIDAY, SATURDAY, SUNDAY = "2026-05-15", "2026-05-16", "2026-05-17"


def day(on: str, **changes: str) -> dict[str, str]:
    return {"date": on, "starts": "10:00", "ends": "16:00", "zone": "", "reserve_slots": "0", **changes}


def picture(fair: Fair) -> Picture:
    [one] = common_hours(fair)
    return Picture(one)


def line(page: str) -> str:
    """What is below the name of the only row of a list."""
    [found] = re.findall(r'<p class="office-row__line">(.*?)</p>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", found).split())


def requested(fair: Fair) -> None:
    """A request for the first slot."""
    Hall.objects.create(fair=fair, number=1, name=three("Pumps"))
    buyer = make_buyer(fair)
    MeetingRequest.objects.create(
        fair=fair, sender=buyer, receiver=make_exhibitor(fair), made_by=make_staff(buyer),
        slot=fair.slots.earliest("number"), expires_at=NOW + timedelta(days=1),
    )  # fmt: skip


def test_slots_are_made_from_days_in_whatever_order_they_are_entered(office: Office) -> None:
    assert office.post("days_add", **day(SATURDAY)).status_code == 302
    assert office.post("days_add", **day(FRIDAY, ends="12:00")).status_code == 302
    rows = office.fair.slots.order_by("number").values_list("day__number", "day__date")
    assert [(number, str(date)) for number, date in rows] == [(1, FRIDAY)] * 4 + [(2, SATURDAY)] * 12
    assert "4 slots" in office.get("days")
    assert errors(office.post("days_add", **day(FRIDAY))) == {"date": ["This fair already has this day."]}


def test_form_of_a_day_says_whose_clock_it_means(office: Office) -> None:
    assert '<option value="" selected>As in the fair&#x27;s settings: Pakistan time</option>' in office.get("days_add")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Mon–Thu, Sat"), ("zh-hans", "周一–周四、周六"), ("ur", "پیر–جمعرات، ہفتہ")],
)
def test_days_of_the_week_are_separated_in_the_reader_s_way(language: str, words: str) -> None:
    with override(language):
        assert weekdays([1, 2, 3, 4, 6]) == words


def test_next_day_is_offered_with_the_times_of_the_last(office: Office) -> None:
    office.post("days_add", **day(FRIDAY, starts="10:30", reserve_slots="2"))
    page = office.get("days_add")
    assert [f'value="{value}"' in page for value in (SATURDAY, "10:30", "16:00", "2")] == [True] * 4


def test_longer_meetings_make_other_slots(office: Office, settings_fields: dict[str, Any]) -> None:
    office.post("days_add", **day(FRIDAY))
    assert office.post("fair", **{**settings_fields, "slot_minutes": "55"}).status_code == 302
    assert office.fair.slots.count() == 6


def test_time_with_a_request_is_not_left_out(office: Office, settings_fields: dict[str, Any]) -> None:
    office.post("days_add", **day(FRIDAY))
    requested(office.fair)
    found = office.fair.days.get()
    left_out = (
        "The new timetable leaves out 1 time that already has meetings or requests. Keep that time. "
        "For a new date, add another day."
    )
    assert errors(office.post("days_change", found.pk, **day(FRIDAY, starts="11:00"))) == {"__all__": [left_out]}
    assert errors(office.post("fair", **{**settings_fields, "slot_minutes": "55"})) == {"slot_minutes": [left_out]}
    assert "1 meeting or meeting request is on this day." in office.get("days_remove", found.pk)
    assert office.post("days_remove", found.pk).status_code == 409
    assert (office.fair.slots.count(), str(office.fair.days.get().starts)) == (12, "10:00:00")


def test_day_is_removed_with_its_slots_and_the_others_are_numbered_again(office: Office) -> None:
    for on in (FRIDAY, SATURDAY):
        office.post("days_add", **day(on))
    assert office.post("days_remove", office.fair.days.get(number=1).pk).status_code == 302
    assert list(office.fair.days.values_list("number", flat=True)) == [1]
    assert office.fair.slots.order_by("number").values_list("number", flat=True)[0] == 1


def test_friday_between_china_and_pakistan(office: Office) -> None:
    """Lunch in China, then the Friday prayer in Pakistan: what remains fits six slots of twelve."""
    office.post("days_add", **day(FRIDAY))
    shown = picture(office.fair)
    assert [(row.name, row.hours, row.breaks) for row in shown.rows] == [
        ("China", ["09:00–12:00", "13:00–18:00"], [("lunch break", "12:00–13:00")]),
        ("Pakistan", ["10:00–12:30", "14:30–16:00"], [("Friday prayer break", "12:30–14:30")]),
    ]
    assert shown.common == [
        [("China", "13:00–15:30"), ("Pakistan", "10:00–12:30")],
        [("China", "17:30–18:00"), ("Pakistan", "14:30–15:00")],
    ]
    assert [bar.kind for bar in shown.slots].count("slot") == 6
    page = office.get("common_hours")
    assert "6 of 12 slots are within the common hours" in page
    assert [f"</svg> {words} </li>" in " ".join(page.split()) for _kind, words in LEGEND] == [True] * 5


def test_picture_runs_from_the_right_in_urdu(office: Office) -> None:
    office.post("days_add", **day(FRIDAY))
    [drawn] = common_hours(office.fair)
    # From 06:00 to 16:00 in Pakistan; China works from 06:00 to 09:00 there.
    assert next((bar.x, bar.width) for bar in Picture(drawn).rows[0].bars) == ("0.00%", "30.00%")
    with override("ur"):
        assert next((bar.x, bar.width) for bar in Picture(drawn).rows[0].bars) == ("70.00%", "30.00%")
        # Times are written as everywhere else.
        assert Picture(drawn).rows[1].hours[0] == "صبح 10:00 بجے–دوپہر 12:30 بجے"


def test_times_of_the_lists_are_written_in_the_reader_s_way(office: Office) -> None:
    office.post("days_add", **day(FRIDAY))
    hours = {"weekdays": ["5"], "opens": "09:00", "closes": "18:00", "zone": "Asia/Urumqi", "first": "", "last": ""}
    office.post("hours_add", country="CN", city="", pauses="12:00-13:30 Lunch", **hours)
    times = {"from_time": time(14), "until_time": time(15)}
    Holiday.objects.create(fair=office.fair, date=FRIDAY, country="CN", **times)
    lists = ("days", "hours", "holidays")
    assert [line(office.get(route)) for route in lists] == [
        "10:00–16:00 Pakistan time 12 slots",
        "09:00–18:00 12:00–13:30 Lunch Urumqi time",
        "Fri 15 May China 14:00–15:00",
    ]
    office.client.cookies["django_language"] = "ur"
    assert [line(office.get(route)).partition("بجے ")[0].strip() for route in lists[:2]] == [
        "صبح 10:00 بجے–سہ پہر 4:00",
        "صبح 9:00 بجے–شام 6:00",
    ]


def test_day_without_a_common_hour_is_marked(office: Office) -> None:
    office.post("days_add", **day(SUNDAY))
    page = office.get("common_hours")
    assert "no common hour" in page
    assert "0 of 12" not in page


def test_city_with_hours_or_holidays_of_its_own_has_a_row(office: Office) -> None:
    office.post("days_add", **day(FRIDAY))
    Holiday.objects.create(fair=office.fair, date=FRIDAY, country="PK", city="lahore", name={"en": "Mela"})
    names = [(row.name, row.hours, row.breaks) for row in picture(office.fair).rows]
    assert names[2] == ("Pakistan · Lahore", [], [("Mela", "")])


def test_a_city_outside_the_list_is_named_as_it_was_typed(office: Office) -> None:
    office.post("days_add", **day(FRIDAY))
    Fair.objects.filter(pk=office.fair.pk).update(station_country="AE", station_zone="Asia/Dubai")
    office.fair.refresh_from_db()
    hours = {"weekdays": ["5"], "opens": "08:00", "closes": "12:00", "zone": "", "first": "", "last": "", "pauses": ""}
    office.post("hours_add", country="AE", city="Ras Al-Khaimah", **hours)
    row = WorkingHours.objects.get()
    assert 'value="Ras Al Khaimah"' in office.get("hours_change", row.pk)
    assert "Ras Al Khaimah" in office.get("hours")
    assert "United Arab Emirates · Ras Al Khaimah" in [one.name for one in picture(office.fair).rows]
    office.post("hours_change", row.pk, country="AE", city="Ras Al Khaimah", **hours)
    assert [one.city for one in WorkingHours.objects.all()] == ["ras-al-khaimah"]


def test_friday_afternoon_in_the_emirates_and_a_far_zone(office: Office) -> None:
    """Another country's weekend, and a station on the other side of the date line."""
    fair = office.fair
    Fair.objects.filter(pk=fair.pk).update(station_country="US", station_zone="America/Los_Angeles")
    fair.refresh_from_db()
    WorkingHours.objects.create(fair=fair, country="US", weekdays=[5], opens="16:00", closes="20:00")
    office.post("days_add", **day(FRIDAY, starts="16:00", ends="20:00"))
    # Friday at 18:00 in Los Angeles is Saturday at 09:00 in China.
    assert picture(fair).common == [[("China", "09:00–11:00"), ("United States", "18:00–20:00")]]


def test_the_office_and_the_plan_agree_whose_hours_are_the_usual_ones(office: Office) -> None:
    """Hours of one city, or for a time, leave the country its usual ones."""
    fair = office.fair
    hours: dict[str, Any] = {"weekdays": [1], "opens": "09:00", "closes": "12:00"}
    WorkingHours.objects.create(fair=fair, country="CN", city="yiwu", **hours)
    WorkingHours.objects.create(fair=fair, country="PK", last=date(2026, 5, 1), **hours)
    page = reverse("office:hours", args=[fair.slug])
    assert [country for country, _hours in office.client.get(page).context["usual"]] == ["CN", "PK"]
    [china, _pakistan] = calendars(fair, [("CN", ""), ("PK", "")])
    assert [set(one.weekdays) for one in china.hours] == [{1, 2, 3, 4, 5, 6}]
    WorkingHours.objects.create(fair=fair, country="CN", **hours)
    assert [country for country, _hours in office.client.get(page).context["usual"]] == ["PK"]


def test_usual_hours_are_entered_to_be_changed(office: Office) -> None:
    assert "China" in office.get("hours")
    address = reverse("office:hours", args=[office.fair.slug])
    assert office.post("hours_usual").headers["Location"] == address
    assert sorted(office.fair.working_hours.values_list("country", flat=True)) == ["CN", "PK", "PK"]
    office.post("hours_usual")
    assert office.fair.working_hours.count() == 3
