"""Opening a fair, closing it, taking it back, and making the next one of its series."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import AuditEntry
from fairplatform.fairs.models import Body, Fair, FairDay, Hall, Holiday, RecruitingUnit, WorkingHours
from fairplatform.fairs.slots import replace_slots
from meetings.schedule.actions.planning import schedule_meeting
from tests.factories import make_buyer, make_exhibitor, three
from tests.office.office import Office

pytestmark = pytest.mark.django_db


def filled(office: Office) -> None:
    """What is needed to open."""
    fair = office.fair
    Hall.objects.create(fair=fair, number=1, name=three("Pumps"), headings=["8413"], pattern=5)
    FairDay.objects.create(fair=fair, number=1, date=date(2026, 5, 14), starts="10:00", ends="12:00")
    fair.refresh_from_db()
    replace_slots(fair)
    make_exhibitor(fair)
    make_buyer(fair)


def state(office: Office) -> str:
    office.fair.refresh_from_db()
    return office.fair.state


def test_fair_without_what_it_needs_stays_a_draft_and_the_page_says_what(office: Office) -> None:
    page = office.get("open")
    said = [
        words in page.partition("<main")[2]
        for words in ("Something is missing before the fair can open.", "The fair has no days.", "<form")
    ]
    assert said == [True, True, False]
    response = office.post("open")
    assert (response.status_code, state(office), AuditEntry.objects.count()) == (409, "draft", 0)


def test_opening_is_the_main_act_once_nothing_needed_is_missing(office: Office) -> None:
    def acts() -> list[tuple[str, bool]]:
        shown = office.client.get(reverse("office:overview", args=[office.fair.slug]))
        return [(str(label), is_next) for _url, label, is_next in shown.context["acts"]]

    assert acts() == [("Open the fair now", False)]
    filled(office)
    assert acts() == [("Open the fair now", True)]
    office.post("open")
    assert acts() == [("Close the fair", False), ("Back to draft", False)]


def test_open_close_and_open_again(office: Office) -> None:
    filled(office)
    public = reverse("pages:fair", args=[office.fair.slug])
    assert Client().get(public).status_code == 404
    assert "Everyone can see the fair" in office.get("open")
    assert office.post("open").status_code == 302
    assert Client().get(public).status_code == 200
    assert office.post("open").status_code == 409
    assert (office.post("close").status_code, state(office)) == (302, "closed")
    assert Client().get(public).status_code == 200
    assert (office.post("reopen").status_code, state(office)) == (302, "open")
    entries = AuditEntry.objects.order_by("pk").values_list("before__state", "after__state", "actor")
    assert list(entries) == [
        ("draft", "open", office.person.pk), ("open", "closed", office.person.pk), ("closed", "open", office.person.pk),
    ]  # fmt: skip


def test_open_fair_goes_back_to_draft_while_nothing_was_held(office: Office) -> None:
    filled(office)
    office.post("open")
    assert reverse("office:withdraw", args=[office.fair.slug]) in office.get("overview")
    assert (office.post("withdraw").status_code, state(office)) == (302, "draft")


def test_fair_with_a_held_meeting_stays_open(office: Office, settled: None) -> None:
    assert reverse("office:withdraw", args=[office.fair.slug]) not in office.get("overview")
    assert "Meetings of this fair have taken place" in office.get("withdraw")
    assert (office.post("withdraw").status_code, state(office)) == (409, "open")


@pytest.fixture
def settled(office: Office) -> None:
    """The fair is open and a meeting was held."""
    filled(office)
    office.post("open")
    office.fair.refresh_from_db()
    seller, buyer = (office.fair.participations.get(**{role: True}) for role in ("sells", "buys"))
    meeting = schedule_meeting(
        fair=office.fair, exhibitor=seller, buyer=buyer, slot=office.fair.slots.earliest("number"), parties=[],
        interpreter=None, interpreting="not_needed", reason={},
    )  # fmt: skip
    type(meeting).objects.update(state="held")


def test_next_fair_begins_with_what_this_one_has(office: Office) -> None:
    filled(office)
    old = office.fair
    Fair.objects.filter(pk=old.pk).update(slot_minutes=40, station_country="AE", station_zone="Asia/Dubai", rooms=9)
    Body.objects.create(fair=old, part="host", name=three("Department"), rank=1)
    RecruitingUnit.objects.create(
        fair=old, key="jinhua", name=three("Jinhua"), country="CN", quota=20, reply_by="2026-05-01"
    )
    usual = {"fair": old, "country": "AE", "weekdays": [1, 2, 3, 4], "opens": "08:00", "closes": "17:00"}
    WorkingHours.objects.create(**usual)
    WorkingHours.objects.create(**usual, first="2026-02-18", last="2026-03-19")
    Holiday.objects.create(fair=old, date="2026-05-01", country="CN", name=three("Labour Day"))
    response = office.post("next", name_en="Autumn fair", slug="Autumn-2026", series="Hardware fairs")
    new = Fair.objects.get(slug="autumn-2026")
    assert response.headers["Location"] == reverse("office:overview", args=["autumn-2026"])
    assert (new.state, new.name, new.series, new.slot_minutes, new.station_zone, new.rooms) == (
        "draft", {"en": "Autumn fair"}, "Hardware fairs", 40, "Asia/Dubai", 9,
    )  # fmt: skip
    assert list(new.bodies.values_list("part", "name")) == [("host", three("Department"))]
    assert list(new.halls.values_list("number", "headings", "pattern")) == [(1, ["8413"], 5)]
    assert list(new.units.values_list("key", "quota", "reply_by")) == [("jinhua", 20, None)]
    assert list(new.working_hours.values_list("country", "first")) == [("AE", None)]
    assert [new.days.count(), new.slots.count(), new.holidays.count(), new.participations.count()] == [0, 0, 0, 0]
    assert list(new.roles.values_list("user", "role")) == [(office.person.pk, "organiser")]
    old.refresh_from_db()
    assert (old.series, old.state, old.halls.count(), old.units.count()) == ("Hardware fairs", "draft", 1, 1)


def test_next_fair_has_an_address_of_its_own(office: Office) -> None:
    response = office.post("next", name_en="Again", slug=office.fair.slug, series="Hardware fairs")
    assert response.context["form"].errors == {"slug": ["Another fair has this address."]}
    assert 'value="Again"' in response.content.decode()
