"""Organisers enter bodies, units, halls, working hours and holidays; what is typed wrongly is said and kept."""

from typing import Any

import pytest
from django.urls import reverse

from fairplatform.accounts.models import AuditEntry
from fairplatform.fairs.models import Hall, Holiday, RecruitingUnit, WorkingHours
from tests.factories import make_exhibitor, make_fair, three
from tests.office.office import Office, errors, name

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.office.setup.rows")]


EMPTY = {
    "bodies": "No hosts or organisers yet",
    "units": "No recruiting units yet",
    "halls": "No halls yet",
    "days": "No days yet",
    "hours": "No working hours yet",
    "holidays": "No holidays yet",
    "common_hours": "No days yet",
}


@pytest.mark.parametrize(("route", "sentence"), EMPTY.items())
def test_lists_of_an_empty_fair_say_so(office: Office, route: str, sentence: str) -> None:
    assert f">{sentence}<" in office.get(route)


@pytest.mark.parametrize("route", ["fair", "overview", *(f"{route}_add" for route in EMPTY if route != "common_hours")])
def test_forms_of_an_empty_fair_are_shown(office: Office, route: str) -> None:
    assert office.get(route).count("<h1") == 1


@pytest.mark.parametrize("route", ["bodies_add", "company_add", "person_add"])
def test_empty_choices_are_words(office: Office, route: str) -> None:
    page = office.get(route)
    assert ("Not chosen" in page, "---------" in page) == (True, False)


@pytest.mark.parametrize(
    "page", ["pages:fair", "pages:about", "booths:halls", "booths:products", "control_room:control"]
)
def test_public_pages_of_an_empty_draft(office: Office, page: str) -> None:
    assert office.client.get(reverse(page, args=[office.fair.slug])).status_code == 200


def test_hall_is_added_with_its_headings(office: Office) -> None:
    response = office.post("halls_add", number="３", headings="82.03; ۸۲۰۵，8203", **name("Hand tools"))
    assert response.status_code == 302
    hall = office.fair.halls.get()
    assert (hall.number, hall.headings, hall.pattern, hall.name) == (3, ["8203", "8205"], 3, {"en": "Hand tools"})
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.object, entry.before) == (office.person, f"fairs.hall:{hall.pk}", None)
    assert entry.after == {"number": 3, "name": {"en": "Hand tools"}, "headings": ["8203", "8205"]}
    assert "8205" in office.get("halls")


def test_wrong_headings_are_named_and_what_was_typed_stays(office: Office) -> None:
    response = office.post("halls_add", number="3", headings="8203, 8299, 82", **name("Hand tools"))
    assert errors(response) == {
        "headings": ["8299 begins with a heading that HS 2022 does not have. Check the digits."]
    }
    assert 'value="Hand tools"' in response.content.decode()
    assert "8203, 8299, 82</textarea>" in response.content.decode()
    assert Hall.objects.filter(fair=office.fair).count() == 0


def test_two_halls_have_different_numbers(office: Office) -> None:
    office.post("halls_add", number="3", headings="", **name("Hand tools"))
    response = office.post("halls_add", number="3", headings="", **name("Pumps"))
    assert errors(response) == {"number": ["This fair already has a hall with this number."]}
    hall = office.fair.halls.get()
    assert office.post("halls_change", hall.pk, number="3", headings="", **name("Tools")).status_code == 302


def test_hall_with_companies_stays(office: Office) -> None:
    office.post("halls_add", number="1", headings="", **name("Hand tools"))
    hall = office.fair.halls.get()
    make_exhibitor(office.fair)
    assert "1 company is in this hall." in office.get("halls_remove", hall.pk)
    assert office.post("halls_remove", hall.pk).status_code == 409
    assert office.fair.halls.count() == 1


def test_hall_without_companies_is_removed(office: Office) -> None:
    hall = Hall.objects.create(fair=office.fair, number=1, name=three("Pumps"))
    assert "Remove Pumps?" in office.get("halls_remove", hall.pk)
    assert office.post("halls_remove", hall.pk).status_code == 302
    assert office.fair.halls.count() == 0
    assert AuditEntry.objects.values_list("before__number").get() == (1,)


def test_row_of_another_fair_does_not_exist(office: Office) -> None:
    foreign = make_fair().halls.get()
    response = office.post("halls_change", foreign.pk, number="9", headings="", **name("Ours now"))
    assert response.status_code == 404
    assert office.post("halls_remove", foreign.pk).status_code == 404
    foreign.refresh_from_db()
    assert foreign.number == 1


def test_unit_shows_how_many_companies_it_has_brought(office: Office) -> None:
    fields = {"key": "jinhua", "country": "CN", "quota": "20", "reply_by": "2026-05-01", "contact": "", "mobile": ""}
    assert office.post("units_add", **fields, **name("Jinhua bureau")).status_code == 302
    unit = RecruitingUnit.objects.get(fair=office.fair)
    Hall.objects.create(fair=office.fair, number=1, name=three("Pumps"))
    for state in ("approved", "submitted", "waiting", "invited", "refused", "withdrawn"):
        exhibitor = make_exhibitor(office.fair)
        exhibitor.unit, exhibitor.state = unit, state
        exhibitor.save()
    assert "3 of 20 companies" in office.get("units")
    assert office.post("units_remove", unit.pk).status_code == 409
    again = office.post("units_add", **fields, **name("Another bureau"))
    assert errors(again) == {"key": ["Another recruiting unit of this fair has this key."]}


def test_bodies_are_put_in_order_within_their_part(office: Office) -> None:
    for part, title in (("host", "One"), ("supporting", "Other"), ("host", "Two")):
        office.post("bodies_add", part=part, **name(title))
    ranked = office.fair.bodies.order_by("rank")
    two = office.fair.bodies.get(name__en="Two")
    office.post("bodies_move", two.pk, to="up")
    assert [str(body) for body in ranked.filter(part="host")] == ["Two", "One"]
    office.post("bodies_move", two.pk, to="up")
    assert [str(body) for body in ranked.filter(part="host")] == ["Two", "One"]
    office.post("bodies_move", two.pk, to="down")
    assert [str(body) for body in ranked.filter(part="host")] == ["One", "Two"]


HOURS = {
    "country": "PK", "city": "", "weekdays": ["5"], "opens": "10:00", "closes": "16:00", "zone": "", "first": "",
    "last": "", "pauses": "12:30–14:30 Friday prayer",
}  # fmt: skip


def test_working_hours_with_a_break(office: Office) -> None:
    assert office.post("hours_add", **{**HOURS, "city": "لاہور"}).status_code == 302
    row = WorkingHours.objects.get()
    assert (row.city, row.weekdays) == ("lahore", [5])
    assert row.pauses == [{"starts": "12:30", "ends": "14:30", "name": "Friday prayer"}]
    assert "12:30-14:30 Friday prayer" in office.get("hours_change", row.pk)


def test_break_keeps_its_names_in_other_languages(office: Office) -> None:
    names = {"en": "Friday prayer", "ur": "نمازِ جمعہ"}
    pauses = [{"starts": "12:30", "ends": "14:30", "name": names}]
    row = WorkingHours.objects.create(
        fair=office.fair, country="PK", weekdays=[5], opens="10:00", closes="16:00", pauses=pauses
    )
    assert office.post("hours_change", row.pk, **{**HOURS, "pauses": "12:30-14:00 Friday prayer"}).status_code == 302
    row.refresh_from_db()
    assert row.pauses == [{"starts": "12:30", "ends": "14:00", "name": names}]


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (
            {"pauses": "noon"},
            {"pauses": ["“noon” is not a clear break. Enter it in the form 12:00-13:00 Lunch."]},
        ),
        (
            {"pauses": "14:00-13:00 Tea"},
            {"pauses": ["The break “14:00-13:00 Tea” ends before it starts. Correct it."]},
        ),
        ({"pauses": "17:00-17:30 Tea"}, {"pauses": ["“17:00-17:30 Tea” is outside the working hours."]}),
        ({"closes": "09:00", "pauses": ""}, {"closes": ["The end has to be later than the start."]}),
        ({"first": "2026-03-01", "last": "2026-02-01"}, {"last": ["The end has to be later than the start."]}),
        ({"weekdays": []}, {"weekdays": ["This field is required."]}),
    ],
)
def test_wrong_working_hours(office: Office, wrong: dict[str, Any], expected: dict[str, list[str]]) -> None:
    assert errors(office.post("hours_add", **{**HOURS, **wrong})) == expected


HOLIDAY = {"date": "2026-05-01", "country": "CN", "city": "", "from_time": "", "until_time": ""}


def test_place_has_one_entry_for_a_date(office: Office) -> None:
    assert office.post("holidays_add", **HOLIDAY, **name("Labour Day")).status_code == 302
    again = office.post("holidays_add", **HOLIDAY, **name("May Day"))
    assert errors(again) == {"date": ["This place already has an entry for this date."]}
    assert office.post("holidays_add", **{**HOLIDAY, "city": "Yiwu"}, **name("Market day")).status_code == 302
    assert list(Holiday.objects.values_list("city", flat=True).order_by("city")) == ["", "yiwu"]


def test_part_of_a_holiday_has_both_times(office: Office) -> None:
    half = office.post("holidays_add", **{**HOLIDAY, "from_time": "12:00"}, **name("Half"))
    assert errors(half) == {"until_time": ["Enter both times, or neither."]}
