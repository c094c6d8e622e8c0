"""Registration in a fair: two consents asked for once, and an invitation that gives nothing before it is accepted."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fairplatform.accounts.models import PersonalLink, Staff, User
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit, Registration, RoleAssignment
from tests.factories import NOW, make_buyer, make_exhibitor, make_fair, make_person, make_staff, three

pytestmark = pytest.mark.django_db


def registered(fair: Fair, person: User, **fields: Any) -> Registration:
    return Registration.objects.create(fair=fair, user=person, **{"accepted_at": NOW, **fields})


def send(row: Registration, at: Any = NOW, **fields: str) -> Any:
    client = Client()
    client.force_login(row.user)
    with time_machine.travel(at, tick=False):
        answer = client.post(f"/fairs/{row.fair.slug}/registration/", fields)
    row.refresh_from_db()
    return answer


def times(row: Registration) -> tuple[Any, ...]:
    return row.consented_at, row.contact_consented_at, row.declined_at


def test_the_first_opening_of_a_link_leads_to_the_question_and_the_second_past_it() -> None:
    fair, client = make_fair(), Client()
    row = registered(fair, make_staff(make_exhibitor(fair)))
    elsewhere = registered(make_fair(state="closed"), row.user)
    _, secret, code = PersonalLink.issue(row.user, now=timezone.now())
    before = timezone.now()
    entered = client.post(reverse("accounts:enter", args=[secret]), {"code": code}, follow=True)
    assert entered.redirect_chain == [("/arrival/", 302), (f"/fairs/{fair.slug}/registration/", 302)]
    for opened in (row, elsewhere):
        opened.refresh_from_db()
        assert before <= opened.link_opened_at <= timezone.now()
    assert times(row) == (None, None, None)
    send(row, purpose="on")
    again = client.post(reverse("accounts:enter", args=[secret]), {"code": code}, follow=True)
    assert again.redirect_chain[1][0] == "/"


def test_a_wrong_code_opens_nothing() -> None:
    row = registered(make_fair(), make_person())
    _, secret, code = PersonalLink.issue(row.user, now=timezone.now())
    Client().post(reverse("accounts:enter", args=[secret]), {"code": "000000" if code != "000000" else "111111"})
    row.refresh_from_db()
    assert row.link_opened_at is None


def test_the_two_consents_are_separate_and_keep_their_time() -> None:
    row = registered(make_fair(), make_person())
    later, last = NOW + timedelta(days=1), NOW + timedelta(days=2)
    assert send(row, purpose="on").headers["Location"] == row.fair.get_absolute_url()
    assert times(row) == (NOW, None, None)
    send(row, later, purpose="on", contact="on")
    assert times(row) == (NOW, later, None)
    send(row, last, purpose="on", contact="on")
    assert times(row) == (NOW, later, None)
    send(row, last, purpose="on")
    assert times(row) == (NOW, None, None)


def test_anybody_of_a_fair_says_what_languages_they_speak() -> None:
    fair = make_fair()
    row = registered(fair, make_staff(make_buyer(fair)))
    client = Client()
    client.force_login(row.user)
    address = f"/fairs/{fair.slug}/registration/"
    asked = client.get(address).context["form"]["speaks"]
    assert ([code for code, _name in asked.field.choices], asked.value()) == (["zh", "en", "ur"], [])
    assert client.post(address, {"purpose": "on", "speaks": ["ur", "en"]}).status_code == 302
    assert User.objects.get(pk=row.user_id).speaks == ["ur", "en"]
    assert client.get(address).context["form"]["speaks"].value() == ["ur", "en"]
    assert client.post(address, {"purpose": "on", "speaks": ["xx"]}).status_code == 200
    client.post(address, {"answer": "decline"})
    assert User.objects.get(pk=row.user_id).speaks == ["ur", "en"]


def test_who_has_agreed_lands_in_that_fair_though_others_are_open() -> None:
    person, fair = make_person(), make_fair()
    make_fair()
    assert send(registered(fair, person), purpose="on").headers["Location"] == f"/fairs/{fair.slug}/"
    # First to what another fair asks, and to a draft only as its organiser.
    waiting = registered(make_fair(), person)
    again = send(registered(make_fair(), person), purpose="on")
    assert again.headers["Location"] == f"/fairs/{waiting.fair.slug}/registration/"
    send(waiting, purpose="on")
    assert send(registered(make_fair(state="draft"), person), purpose="on").headers["Location"] == "/"


def test_contact_alone_is_no_answer() -> None:
    row = registered(make_fair(), make_person())
    answer = send(row, contact="on")
    assert answer.status_code == 200
    assert "Tick this if you agree." in answer.text
    assert times(row) == (None, None, None)


def test_declining_takes_back_both_consents_and_may_be_thought_over() -> None:
    row = registered(make_fair(), make_person(), consented_at=NOW, contact_consented_at=NOW)
    later = NOW + timedelta(hours=1)
    # The same page says what follows from it.
    declined = send(row, later, answer="decline", purpose="on", contact="on")
    assert declined.headers["Location"] == f"/fairs/{row.fair.slug}/registration/"
    assert times(row) == (None, None, later)
    assert row.accepted_at == NOW
    send(row, later, answer="agree", purpose="on")
    assert times(row) == (later, None, None)


def test_consent_on_paper_counts_as_the_first() -> None:
    row = registered(make_fair(), make_person(), consent_on=date(2020, 5, 1))
    client = Client()
    client.force_login(row.user)
    page = client.get(f"/fairs/{row.fair.slug}/registration/")
    assert "on paper on Fri 1 May" in page.text
    form = page.context["form"]
    assert [form[name].value() for name in ("purpose", "contact")] == [True, False]
    assert row.consents


INVITED = {"position": "sales", "decides": True, "lead": True, "unit": None, "language_pairs": []}


def test_an_invitation_gives_nothing_before_it_is_accepted() -> None:
    fair = make_fair(state="draft")
    buyer = make_buyer(fair)
    row = registered(
        fair, make_person(), accepted_at=None, invitation={"role": "manager", "company": buyer.pk, **INVITED}
    )
    client = Client()
    client.force_login(row.user)
    page = client.get(f"/fairs/{fair.slug}/registration/").text
    for words in ("Accept the invitation", buyer.company.name["en"], "Company manager", "Sales Officer"):
        assert words in page
    assert memberships(row.user, fair.pk).staff_of == frozenset()
    send(row, answer="decline")
    assert (row.accepted_at, row.declined_at, Staff.objects.count()) == (None, NOW, 0)
    send(row, answer="agree", purpose="on")
    assert (row.accepted_at, *times(row)) == (NOW, NOW, None, None)
    staff = Staff.objects.get()
    assert (staff.company, staff.user, staff.position) == (buyer.company, row.user, "sales")
    assert (staff.decides, staff.is_lead, staff.is_manager) == (True, True, True)
    assert memberships(User.objects.get(pk=row.user_id), fair.pk).manager_of == {buyer.pk}
    send(row, answer="agree", purpose="on")
    assert Staff.objects.count() == 1


def test_an_invitation_names_the_address_by_which_a_new_password_comes() -> None:
    """Organisers of the fair that has the person may have changed it, so that what is accepted would be theirs."""
    for email, shown in (("theirs@chamber.example", 1), (None, 0)):
        person = make_person()
        User.objects.filter(pk=person.pk).update(email=email)
        row = registered(make_fair(), person, accepted_at=None, invitation={"role": "liaison"})
        client = Client()
        client.force_login(row.user)
        page = client.get(f"/fairs/{row.fair.slug}/registration/")
        assert page.text.count(f"<bdi>{email}</bdi>. Accept only if this address is yours.") == shown


def test_an_invited_interpreter_gets_their_role_with_its_limits() -> None:
    fair = make_fair()
    unit = RecruitingUnit.objects.create(fair=fair, name=three("Lahore Chamber"), country="PK")
    offer = {
        "role": "interpreter",
        "unit": unit.pk,
        "language_pairs": ["zh-ur"],
        "max_minutes_a_day": 240,
        "on_call": True,
    }
    row = registered(fair, make_person(), accepted_at=None, invitation=offer)
    send(row, answer="agree", purpose="on")
    role = RoleAssignment.objects.get()
    assert (role.fair, role.user, role.role, role.unit) == (fair, row.user, "interpreter", unit)
    assert (role.language_pairs, role.max_minutes_a_day, role.on_call) == (["zh-ur"], 240, True)


def test_accepting_changes_nothing_about_a_position_from_another_fair() -> None:
    fair, elsewhere = make_fair(), make_fair()
    before = make_buyer(elsewhere)
    person = make_staff(before)
    here = Participation.objects.create(fair=fair, company=before.company, buys=True, state="approved")
    row = registered(fair, person, accepted_at=None, invitation={"role": "staff", "company": here.pk, **INVITED})
    send(row, answer="agree", purpose="on")
    staff = Staff.objects.get()
    assert (staff.position, staff.decides, staff.is_manager) == ("managing_director", False, True)


def test_a_company_that_has_gone_cannot_be_accepted() -> None:
    fair = make_fair()
    other = make_buyer(make_fair())
    row = registered(fair, make_person(), accepted_at=None, invitation={"role": "staff", "company": other.pk})
    answer = send(row, answer="agree", purpose="on")
    assert "This item does not exist" in answer.text
    assert (row.accepted_at, Staff.objects.count()) == (None, 0)


def test_nobody_answers_for_another() -> None:
    row = registered(make_fair(), make_person())
    client = Client()
    client.force_login(make_person())
    assert client.post(f"/fairs/{row.fair.slug}/registration/", {"purpose": "on"}).status_code == 404
    row.refresh_from_db()
    assert times(row) == (None, None, None)
