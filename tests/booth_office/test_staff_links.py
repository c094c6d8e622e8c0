"""Managers let their company's people in by a link and a code, and can come in as nobody who has come in themselves."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from fairplatform.accounts.models import AuditEntry, PersonalLink, Staff, User
from fairplatform.booth_office.staff.actions import MOST_ADDED
from fairplatform.fairs.models import Fair, Participation, Registration
from fairplatform.office.people.page import place_name
from fairplatform.workbook.importing import import_workbook
from tests.booth_office.conftest import BoothOffice, position_of
from tests.factories import NOW, make_exhibitor, make_role
from tests.office.links.handing_out import entered
from tests.workbook.whole_fair import workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(clerk: BoothOffice) -> Staff:
    """Nobody has come in as them yet."""
    User.objects.filter(pk=clerk.person.pk).update(last_login=None, password="!x")
    return position_of(clerk.person)


def handed_out(manager: BoothOffice, staff: Staff, medium: str = "cards") -> Any:
    answer = manager.post("staff_link", staff.pk, medium=medium)
    assert answer.headers["Location"] == manager.address("staff_issued")
    [handout] = manager.get("staff_issued").context["handouts"]
    return handout


def test_a_link_lets_its_person_in_and_asks_for_consent(manager: BoothOffice, newcomer: Staff) -> None:
    card = handed_out(manager, newcomer)
    assert (card.user, "<path" in card.qr) == (newcomer.user, True)
    assert card.spaced_code in manager.get("staff_issued").text
    assert entered(card.link, card.code) == newcomer.user
    registration = Registration.objects.get(user=newcomer.user)
    assert (registration.is_invitation, registration.consents) == (False, False)
    page = manager.get("staff").text
    assert '<span class="chip">Opened</span>' in page
    entry = AuditEntry.objects.get(permission="booth.manage")
    assert (entry.after, entry.object) == (
        {"links": "cards", "registrations": [registration.pk]}, f"fairs.registration:{registration.pk}",
    )  # fmt: skip


def test_a_fresh_link_ends_the_one_before(manager: BoothOffice, newcomer: Staff) -> None:
    earlier, later = handed_out(manager, newcomer), handed_out(manager, newcomer, "messages")
    assert (later.qr, later.link in later.message, later.code in later.message) == ("", True, True)
    assert entered(earlier.link, earlier.code).is_anonymous
    assert entered(later.link, later.code) == newcomer.user


def test_the_page_of_a_link_can_be_opened_for_ten_minutes(manager: BoothOffice, newcomer: Staff) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        manager.client.force_login(manager.person)
        handed_out(manager, newcomer)
        assert manager.get("staff_issued").headers["Cache-Control"].count("no-store") == 1
        clock.shift(60 * 11)
        assert "can no longer be shown" in manager.says(manager.get("staff_issued"))


@pytest.mark.parametrize(
    ("own", "may_show"),
    [
        ({"email": None}, True),  # staff without an address, who have lost their card
        ({}, False),
        ({"email": None, "is_manager": True}, False),
        ({"is_active": False, "email": None}, False),
        ({"is_demo": True, "email": None}, False),
    ],
)
def test_nobody_comes_in_as_who_has_come_in_already(
    manager: BoothOffice, clerk: BoothOffice, own: dict[str, Any], *, may_show: bool
) -> None:
    staff = position_of(clerk.person)
    Staff.objects.filter(pk=staff.pk).update(is_manager=own.pop("is_manager", False))
    User.objects.filter(pk=clerk.person.pk).update(last_login=NOW, **own)
    button = 'value="cards"'
    assert (button in manager.get("staff_person", staff.pk).text) == may_show
    assert (
        manager.post("staff_link", staff.pk, medium="cards").headers["Location"] == manager.address("staff_issued")
    ) == may_show
    assert PersonalLink.objects.filter(user=clerk.person).exists() == may_show


def test_a_link_is_sent_to_the_persons_own_address(manager: BoothOffice, clerk: BoothOffice) -> None:
    staff = position_of(clerk.person)
    assert "The email is on its way." in manager.says(manager.post("staff_link", staff.pk, medium="letters"))
    [task] = DBTaskResult.objects.all()
    registration = Registration.objects.get(user=clerk.person)
    assert task.args_kwargs["args"] == [registration.pk]
    assert AuditEntry.objects.get().after == {"letters": [registration.pk]}
    User.objects.filter(pk=clerk.person.pk).update(email=None)
    assert "has no email address" in manager.says(manager.post("staff_link", staff.pk, medium="letters"))


def test_staff_hand_out_no_links(clerk: BoothOffice, manager: BoothOffice) -> None:
    for answer in (clerk.post("staff_link", position_of(manager.person).pk, medium="cards"), clerk.get("staff_issued")):
        assert answer.status_code == 403


def test_there_is_an_end_to_links_and_people_of_one_hour(manager: BoothOffice, newcomer: Staff) -> None:
    for _link in range(MOST_ADDED):
        handed_out(manager, newcomer)
    assert "Too many requests" in manager.says(manager.post("staff_link", newcomer.pk, medium="cards"))
    answer = manager.post("staff_add", **{"person-name_en": "One", "person-country": "CN", "person-language": "en"})
    assert (answer.status_code, "Too many requests" in answer.text, 'value="One"' in answer.text) == (409, True, True)


def test_a_link_that_managers_have_seen_opens_no_role_beyond_their_company(
    manager: BoothOffice, newcomer: Staff, fair: Fair
) -> None:
    card, office = handed_out(manager, newcomer), Client()
    assert entered(card.link, card.code) == newcomer.user
    office.force_login(make_role(fair, "organiser"))
    office.post(reverse("office:place_add", args=[fair.slug, newcomer.user_id]), {"place-role": "organiser"})
    assert fair.roles.filter(user=newcomer.user_id, role="organiser").exists()
    assert entered(card.link, card.code).is_anonymous


def end_on_own_page(manager: BoothOffice, staff: Staff, office: Client) -> None:
    manager.post("staff_end", staff.pk)


def end_in_the_office(manager: BoothOffice, staff: Staff, office: Client) -> None:
    office.post(reverse("office:place_remove", args=[manager.fair.slug, staff.user_id, place_name(staff)]))


def move_by_import(manager: BoothOffice, staff: Staff, office: Client) -> None:
    """To another company."""
    make_exhibitor(manager.fair)
    company = Participation.objects.exclude(company=staff.company).get()
    Participation.objects.filter(pk=company.pk).update(key="other")
    give_by_import(staff, role="staff", company="other")


def give_by_import(staff: Staff, **cells: str) -> None:
    row = {"key": Registration.objects.get(user=staff.user_id).key, **cells}
    plan, stored = import_workbook(workbook({"people": [row]}), now=NOW, fair=Fair.objects.get())
    assert stored, plan.findings


@pytest.mark.parametrize("end", [end_on_own_page, end_in_the_office, move_by_import])
def test_a_link_that_managers_have_seen_ends_with_the_position(
    manager: BoothOffice, newcomer: Staff, fair: Fair, end: Callable[[BoothOffice, Staff, Client], None]
) -> None:
    """So that it opens nothing that the person is given afterwards."""
    card, office = handed_out(manager, newcomer), Client()
    office.force_login(make_role(fair, "organiser"))
    end(manager, newcomer, office)
    assert not Staff.objects.filter(pk=newcomer.pk).exists()
    assert entered(card.link, card.code).is_anonymous


def test_a_link_that_managers_have_seen_opens_no_role_that_an_import_gives(
    manager: BoothOffice, newcomer: Staff, fair: Fair
) -> None:
    card = handed_out(manager, newcomer)
    assert entered(card.link, card.code) == newcomer.user
    give_by_import(newcomer, role="organiser")
    assert fair.roles.filter(user=newcomer.user_id, role="organiser").exists()
    assert entered(card.link, card.code).is_anonymous
