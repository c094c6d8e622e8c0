"""Delegates at the page of their unit: its companies and people, what is missing, and links for these alone."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fairplatform.accounts.models import AuditEntry, Company, PersonalLink, Staff, User
from fairplatform.fairs.models import (
    Fair,
    FairDay,
    Invitation,
    Participation,
    RecruitingUnit,
    Registration,
    RoleAssignment,
)
from fairplatform.office.links.letters import send_access, send_portion
from meetings.models import TickList, TickRound
from tests.factories import NOW, make_buyer, make_exhibitor, make_fair, make_person, make_role, make_staff, three
from tests.office.links.handing_out import entered, handouts, registered, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.office.units.actions")]


@pytest.fixture
def fair() -> Fair:
    return make_fair()


@pytest.fixture
def unit(fair: Fair) -> RecruitingUnit:
    return RecruitingUnit.objects.create(fair=fair, key="lahore", name=three("Lahore Chamber"), country="PK", quota=20)


@pytest.fixture
def delegate(unit: RecruitingUnit) -> Client:
    return signed_in(make_role(unit.fair, "delegated", unit=unit))


def brought(unit: RecruitingUnit, participation: Participation) -> Participation:
    participation.unit = unit
    participation.save()
    return participation


def fresh(participation: Participation, **fields: Any) -> Registration:
    """Somebody of the company who has not come in yet, registered."""
    person = make_staff(participation, **fields)
    person.set_unusable_password()
    person.save()
    return registered(participation.fair, person)


def page_of(unit: RecruitingUnit, route: str = "unit_companies") -> str:
    return reverse(f"office:{route}", args=[unit.fair.slug, unit.pk])


def issue(client: Client, unit: RecruitingUnit, *rows: Registration, **fields: Any) -> Any:
    data = {"medium": "cards", "people": [row.pk for row in rows], **fields}
    answer = client.post(page_of(unit, "unit_links_issue"), data)
    issued = page_of(unit, "unit_links_issued")
    return client.get(issued) if answer.headers.get("Location") == issued else answer


def people_in(page: Any) -> dict[str, list[int | None]]:
    """By company the keys of those listed."""
    return {str(firm.participation.company): [one.key for one in firm.people] for firm in page.context["page"]}


def test_the_page_lists_the_own_companies_with_their_people(delegate: Client, unit: RecruitingUnit, fair: Fair) -> None:
    ours = brought(unit, make_buyer(fair))
    manager, clerk = fresh(ours), fresh(ours, is_manager=False)
    other = RecruitingUnit.objects.create(fair=fair, key="karachi", name=three("Karachi Chamber"), country="PK")
    for theirs in (brought(other, make_buyer(fair)), make_exhibitor(fair)):
        fresh(theirs)
    elsewhere = RecruitingUnit.objects.create(fair=make_fair(), key="lahore", name=three("Lahore"), country="PK")
    fresh(brought(elsewhere, make_buyer(elsewhere.fair)))
    page = delegate.get(page_of(unit))
    assert people_in(page) == {str(ours.company): [manager.pk, clerk.pk]}
    assert manager.user.email and manager.user.email in page.text
    assert "1 of 20 companies" in page.text
    assert [delegate.get(page_of(one)).status_code for one in (other, elsewhere)] == [404, 404]


def test_what_is_missing_is_said_for_each_company(delegate: Client, unit: RecruitingUnit, fair: Fair) -> None:
    whole, bare, nobody = (brought(unit, make_buyer(fair)) for _ in range(3))
    refused = brought(unit, make_buyer(fair))
    Participation.objects.filter(pk=refused.pk).update(state="refused")
    Participation.objects.filter(pk=whole.pk).update(wants=["8205"])
    fresh(whole, speaks=["ur"], phone="+923001234567")
    fresh(bare)
    Company.objects.filter(pk=bare.company_id).update(name={"en": "Bare"})
    firms = {firm.participation: firm.missing for firm in delegate.get(page_of(unit)).context["page"]}
    assert firms == {
        whole: [],
        bare: [
            "The name is missing in Chinese and Urdu.", "The HS codes of what it looks for are missing.",
            "Nobody says which languages they speak.", "There is no mobile number.",
        ],
        nobody: [
            "The HS codes of what it looks for are missing.", "Nobody has been entered for this company.",
            "There is no mobile number.",
        ],
        refused: [],
    }  # fmt: skip
    narrowed = delegate.get(page_of(unit), {"show": "missing"})
    assert {firm.participation for firm in narrowed.context["page"]} == {bare, nobody}


def test_who_has_opened_their_link_is_shown_and_found(delegate: Client, unit: RecruitingUnit, fair: Fair) -> None:
    company = brought(unit, make_buyer(fair))
    opened, handed, none = (fresh(company) for _ in range(3))
    for row in (opened, handed):
        PersonalLink.issue(row.user, now=timezone.now())
    Registration.objects.filter(pk=opened.pk).update(link_opened_at=timezone.now())
    page = delegate.get(page_of(unit))
    assert [(state.value, number) for state, number in page.context["totals"].links] == [
        ("none", 1), ("handed_out", 1), ("opened", 1),
    ]  # fmt: skip
    found = {
        show: people_in(delegate.get(page_of(unit), {"show": show})).get(str(company.company))
        for show in ("opened", "handed_out", "none", "expired")
    }
    assert found == {"opened": [opened.pk], "handed_out": [handed.pk], "none": [none.pk], "expired": None}


@pytest.mark.parametrize("medium", ["cards", "list", "messages"])
def test_links_are_handed_out_that_let_their_people_in(
    delegate: Client, unit: RecruitingUnit, fair: Fair, medium: str
) -> None:
    rows = [fresh(brought(unit, make_buyer(fair)), language=code) for code in ("en", "zh-hans", "ur")]
    page = issue(delegate, unit, everyone="on", medium=medium)
    assert "no-store" in page.headers["Cache-Control"]
    given = handouts(page)
    assert {entered(one.link, one.code) for one in given} == {row.user for row in rows}
    assert f'href="{page_of(unit)}"' in page.text
    [entry] = AuditEntry.objects.all()
    assert (entry.permission, entry.object) == ("unit.links", f"fairs.recruitingunit:{unit.pk}")
    assert entry.after == {"links": medium, "registrations": [row.pk for row in rows]}
    assert str([one.code for one in given]) not in str(entry.after)


def test_a_delegate_lets_in_nobody_else(delegate: Client, unit: RecruitingUnit, fair: Fair) -> None:
    """Nobody of another unit, nobody who is more than the unit's, nobody who has their own way in."""
    company = brought(unit, make_buyer(fair))
    own = fresh(company)
    of_other_unit = fresh(make_buyer(fair))
    organiser, of_two_companies, in_another_fair, of_a_company_elsewhere = (fresh(company) for _ in range(4))
    RoleAssignment.objects.create(fair=fair, user=organiser.user, role="organiser")
    Staff.objects.create(company=make_exhibitor(fair).company, user=of_two_companies.user)
    registered(make_fair(), in_another_fair.user)
    Staff.objects.create(company=make_buyer(make_fair()).company, user=of_a_company_elsewhere.user)
    has_come_in, deactivated, demo = (fresh(company) for _ in range(3))
    User.objects.filter(pk=has_come_in.user_id).update(last_login=NOW)
    User.objects.filter(pk=deactivated.user_id).update(is_active=False)
    User.objects.filter(pk=demo.user_id).update(is_demo=True)
    shared = brought(unit, make_buyer(fair))
    in_shared = fresh(shared)
    Participation.objects.create(fair=make_fair(), company=shared.company, buys=True, state="approved")
    withdrawn = brought(unit, make_buyer(fair))
    of_withdrawn = fresh(withdrawn)
    Participation.objects.filter(pk=withdrawn.pk).update(state="withdrawn")
    others = [
        of_other_unit, organiser, of_two_companies, in_another_fair, of_a_company_elsewhere, has_come_in, deactivated,
        demo, in_shared, of_withdrawn,
    ]  # fmt: skip
    page = issue(delegate, unit, own, *others)
    assert ([one.user for one in handouts(page)], page.context["issued"].left_out) == ([own.user], len(others))
    assert list(PersonalLink.objects.values_list("user", flat=True)) == [own.user_id]
    for row in others:
        assert handouts(issue(delegate, unit, only=row.pk)) == []
    # Whoever has no address of their own gets a new code, however often they came in.
    User.objects.filter(pk=has_come_in.user_id).update(email=None)
    assert [one.user for one in handouts(issue(delegate, unit, only=has_come_in.pk))] == [has_come_in.user]


def test_links_of_another_unit_are_not_shown_though_the_browser_keeps_them(
    delegate: Client, unit: RecruitingUnit, fair: Fair
) -> None:
    row = fresh(brought(unit, make_buyer(fair)))
    issue(delegate, unit, row)
    other = RecruitingUnit.objects.create(fair=fair, key="karachi", name=three("Karachi Chamber"), country="PK")
    delegated = User.objects.get(pk=delegate.session["_auth_user_id"])
    RoleAssignment.objects.create(fair=fair, user=delegated, role="delegated", unit=other)
    assert handouts(delegate.get(page_of(other, "unit_links_issued"))) == []
    Participation.objects.filter(pk=row.user.positions.get().company.participations.get().pk).update(unit=other)
    assert handouts(delegate.get(page_of(unit, "unit_links_issued"))) == []
    RoleAssignment.objects.filter(user=delegated).delete()
    codes = [delegate.get(page_of(unit, route)).status_code for route in ("unit_companies", "unit_links_issued")]
    assert [*codes, delegate.post(page_of(unit, "unit_links_issue"), {"only": row.pk}).status_code] == [404] * 3


def test_letters_go_to_the_own_address_of_whoever_is_the_units_alone(
    delegate: Client, unit: RecruitingUnit, fair: Fair
) -> None:
    company = brought(unit, make_buyer(fair))
    has_come_in, without, more = fresh(company), fresh(company, email=None), fresh(company)
    User.objects.filter(pk=has_come_in.user_id).update(last_login=NOW)
    RoleAssignment.objects.create(fair=fair, user=more.user, role="interpreter")
    answer = issue(delegate, unit, has_come_in, without, more, fresh(make_buyer(fair)), medium="letters")
    assert "1 email is on its way." in delegate.get(answer.headers["Location"]).text
    assert send_portion.call() == 1
    assert send_access.call(has_come_in.pk) == 1
    assert [letter.to for letter in mail.outbox] == [[has_come_in.user.email]]
    assert AuditEntry.objects.get().after == {"letters": [has_come_in.pk]}
    again = issue(delegate, unit, has_come_in, medium="letters")
    assert "No second one was sent." in delegate.get(again.headers["Location"]).text


def test_of_an_account_that_is_only_invited_the_invitation_is_handed_out_and_nothing_shown(
    delegate: Client, unit: RecruitingUnit, fair: Fair
) -> None:
    company = brought(unit, make_buyer(fair))
    stranger = make_role(make_fair(), "interpreter")
    offer = Invitation(role="staff", company=company.pk, name={"en": "Our Guest"})
    row = registered(fair, stranger, accepted_at=None, invitation=offer.stored())
    page = delegate.get(page_of(unit))
    assert people_in(page) == {str(company.company): [row.pk]}
    assert ["Our Guest" in page.text, str(stranger.name) in page.text, str(stranger.email) in page.text] == [
        True, False, False,
    ]  # fmt: skip
    handed = issue(delegate, unit, row, medium="messages")
    [(name, message)] = handed.context["invitations"]
    assert (name, message.splitlines()[1]) == (
        {"en": "Our Guest"}, f"http://127.0.0.1:8000/fairs/{fair.slug}/registration/",
    )  # fmt: skip
    assert not PersonalLink.objects.exists()


def test_a_delegate_finds_where_to_enter_answers_for_a_company(
    delegate: Client, unit: RecruitingUnit, fair: Fair
) -> None:
    company = brought(unit, make_buyer(fair))
    asked = TickRound.objects.create(fair=fair, number=1, side="buyer", opened_at=NOW, deadline=NOW)
    ticks = TickList.objects.create(fair=fair, round=asked, participation=company)
    page = delegate.get(page_of(unit)).text
    pages = [
        reverse("office:ticks", args=[fair.slug, ticks.pk]), reverse("meetings:slip", args=[fair.slug, company.pk]),
        reverse("demands:take", args=[fair.slug]),
    ]  # fmt: skip
    for address in pages:
        assert f'href="{address}"' in page
        assert delegate.get(address).status_code == 200


def test_an_organiser_reads_the_page_and_others_do_not(unit: RecruitingUnit, fair: Fair) -> None:
    manager = fresh(brought(unit, make_buyer(fair)))
    people = {
        make_role(fair, "organiser"): 200, make_role(fair, "liaison", unit=unit): 404, manager.user: 404,
        make_role(make_fair(), "organiser"): 404, make_person(): 404,
    }  # fmt: skip
    assert {person: signed_in(person).get(page_of(unit)).status_code for person in people} == people


def test_the_page_asks_the_same_number_of_queries_for_few_and_for_many(
    delegate: Client, unit: RecruitingUnit, fair: Fair, django_assert_num_queries: Any
) -> None:
    fresh(brought(unit, make_buyer(fair)))
    delegate.get(page_of(unit))
    with django_assert_num_queries(100, exact=False) as few:
        delegate.get(page_of(unit))
    cost = len(few)
    for _ in range(4):
        company = brought(unit, make_buyer(fair))
        fresh(company)
        fresh(company)
    delegate.get(page_of(unit))
    with django_assert_num_queries(cost):
        delegate.get(page_of(unit))


def test_a_delegates_link_lasts_to_the_end_of_the_fair(delegate: Client, unit: RecruitingUnit, fair: Fair) -> None:
    row = fresh(brought(unit, make_buyer(fair)))
    last = (timezone.now() + timedelta(days=30)).date()
    FairDay.objects.create(fair=fair, number=1, date=last, zone="UTC")
    [given] = handouts(issue(delegate, unit, row))
    assert PersonalLink.objects.get().expires_at == datetime.combine(last + timedelta(days=2), time(), UTC)
    assert given.valid_until in given.message.splitlines()


def test_remarks_and_suppliers_are_read_by_the_own_unit_alone(
    delegate: Client, unit: RecruitingUnit, fair: Fair
) -> None:
    ours = brought(unit, make_buyer(fair))
    Participation.objects.filter(pk=ours.pk).update(suppliers="Karachi Tools Ltd", remarks="Telephone after noon")
    Registration.objects.filter(pk=fresh(ours).pk).update(remarks="Needs a seat in front")
    other = RecruitingUnit.objects.create(fair=fair, key="karachi", name=three("Karachi Chamber"), country="PK")
    stranger = signed_in(make_role(fair, "delegated", unit=other))
    words = ("Karachi Tools Ltd", "Telephone after noon", "Needs a seat in front")
    own = delegate.get(page_of(unit)).text
    assert [word in own for word in words] == [True, True, True]
    theirs = stranger.get(page_of(other))
    assert (theirs.status_code, [word in theirs.text for word in words]) == (200, [False, False, False])
    assert stranger.get(page_of(unit)).status_code == 404
    # Of a company that is only invited nothing is shown but its name.
    Participation.objects.filter(pk=ours.pk).update(state="invited")
    invited = delegate.get(page_of(unit)).text
    assert [word in invited for word in words] == [False, False, False]
