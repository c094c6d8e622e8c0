"""Companies and people of other fairs are invited: nothing of theirs is changed, shown or given before they accept."""

from typing import Any

import pytest

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Company, CompanyIdentifier, PersonalLink, Staff, User
from fairplatform.fairs.invitations import fulfil
from fairplatform.fairs.models import CompanyRole, Fair, Invitation, Participation, Registration, RoleAssignment
from fairplatform.workbook.exporting import exported_rows
from fairplatform.workbook.importing import Plan, import_workbook
from tests.factories import NOW
from tests.workbook.whole_fair import Sheets, whole_fair, workbook

pytestmark = pytest.mark.django_db

FOREIGN_NUMBER = "91330784MA00000001"


def run(sheets: Sheets) -> Plan:
    plan, fair = import_workbook(workbook(sheets), now=NOW)
    assert fair, [(one.sheet, one.row, one.column, one.code) for one in plan.findings]
    return plan


def warnings(plan: Plan) -> list[tuple[str, int | None, str]]:
    return [(one.sheet, one.row, one.code) for one in plan.findings if one.severity == "warning"]


def other_fair(**sheets: Any) -> Sheets:
    fair = whole_fair()["fair"][0] | {"slug": "pk2027", "station_country": "PK", "station_zone": "Asia/Karachi"}
    return {"fair": [fair], **sheets}


@pytest.fixture
def _first_fair() -> None:
    run(whole_fair())


def everything_of(company: Company) -> list[object]:
    """What is known of a company and its people wherever they take part."""
    rows: list[object] = [Company.objects.filter(pk=company.pk).values().get()]
    rows += CompanyIdentifier.objects.filter(company=company).order_by("pk").values()
    rows += Staff.objects.filter(company=company).order_by("pk").values()
    rows += company.products.order_by("pk").values()
    # Their roles are read anew, as those of everybody whose company takes part in one more fair.
    people = User.objects.filter(positions__company=company).order_by("pk").values()
    return [*rows, *({**person, "access_version": 0} for person in people)]


COMPANY = {
    "key": "their", "name_en": "Another Name", "name_zh": "铁砧工具", "country": "PK", "city_en": "Lahore",
    "sells": True, "registration": FOREIGN_NUMBER, "tax_number": "stolen", "story_en": "Changed", "employees": 1,
    "state": "approved", "desks": 3,
}  # fmt: skip


@pytest.mark.usefixtures("_first_fair")
def test_a_company_of_another_fair_is_invited_and_nothing_of_it_changes() -> None:
    company = Company.objects.get(slug="anvil-tools")
    before = everything_of(company)
    sheets = other_fair(companies=[dict(COMPANY)])
    plan = run(sheets)
    assert warnings(plan) == [("companies", 3, "company_invited")]
    invited = Participation.objects.get(fair__slug="pk2027")
    assert (invited.company, invited.state, invited.key, invited.desks) == (company, "invited", "their", 3)
    assert everything_of(company) == before
    # What it is elsewhere is not told.
    (cells,) = exported_rows(invited.fair)["companies"]
    assert cells == {
        "key": "their", "name_en": "Anvil Tools", "name_zh": "铁砧工具", "country": "CN", "city_en": "Yongkang",
        "city_zh": "永康", "city_ur": "یونگ کانگ", "sells": True, "buys": False, "desks": 3,
    }  # fmt: skip
    again = run(sheets)
    assert (again.counts("created"), again.counts("updated")) == ({}, {})
    assert everything_of(company) == before


@pytest.mark.usefixtures("_first_fair")
def test_an_invited_company_cannot_be_approved_by_a_file() -> None:
    run(other_fair(companies=[dict(COMPANY)]))
    plan = run(other_fair(companies=[{"key": "their", "state": "refused"}]))
    assert warnings(plan) == [("companies", 3, "company_not_accepted")]
    assert Participation.objects.get(fair__slug="pk2027").state == "invited"


@pytest.mark.usefixtures("_first_fair")
def test_a_person_with_an_account_elsewhere_is_invited() -> None:
    wang = User.objects.filter(email="wang@anvil.example")
    before = (wang.values().get(), list(Staff.objects.values()), list(RoleAssignment.objects.order_by("pk").values()))
    person = {
        "key": "boss", "name_en": "New Name", "role": "organiser", "email": "WANG@anvil.example", "write_in": "en",
        "country": "PK", "mobile": "+923001234567",
    }  # fmt: skip
    plan = run(other_fair(people=[person]))
    assert warnings(plan) == [("people", 3, "person_invited")]
    after = (wang.values().get(), list(Staff.objects.values()), list(RoleAssignment.objects.order_by("pk").values()))
    assert after == before
    invited = Registration.objects.get(fair__slug="pk2027")
    assert (invited.user, invited.key, invited.accepted_at) == (wang.get(), "boss", None)
    assert invited.offer
    offered = invited.offer.model_copy(update={"name": {}, "cells": {}})
    assert offered == Invitation(role=RoleAssignment.Kind.ORGANISER)
    assert PersonalLink.objects.count() == 0
    # The organiser reads their own words back, nothing of the account.
    assert exported_rows(invited.fair)["people"] == [person]
    again = run(other_fair(people=[person]))
    assert (again.counts("created"), again.counts("updated")) == ({}, {})


@pytest.mark.usefixtures("_first_fair")
def test_a_new_person_of_an_invited_company_gets_no_place_in_it() -> None:
    company = Company.objects.get(slug="anvil-tools")
    before = everything_of(company)
    person = {
        "key": "spy", "name_en": "Spy", "role": "manager", "company": "their", "email": "spy@firm.example",
        "write_in": "en", "country": "PK",
    }  # fmt: skip
    product = {"company": "their", "article": "P-200", "name_en": "Broken", "hs": "8203", "moq": 1}
    plan = run(other_fair(companies=[dict(COMPANY)], people=[person], products=[product]))
    assert warnings(plan) == [
        ("companies", 3, "company_invited"),
        ("people", 3, "person_invited"),
        ("products", 3, "company_not_accepted"),
    ]
    assert everything_of(company) == before
    spy = Registration.objects.get(key="spy")
    assert spy.accepted_at is None
    theirs = Participation.objects.get(key="their")
    assert spy.offer
    assert (spy.offer.role, spy.offer.company) == (CompanyRole.MANAGER, theirs.pk)
    assert plan.counts("created") == {"fair": 1, "companies": 1, "people": 1}


@pytest.mark.usefixtures("_first_fair")
def test_an_account_of_two_fairs_is_changed_by_neither() -> None:
    wang = User.objects.get(email="wang@anvil.example")
    run(other_fair(people=[{
        "key": "w", "name_en": "Wang", "role": "organiser", "email": wang.email, "write_in": "en", "country": "CN",
    }]))  # fmt: skip
    other = Fair.objects.get(slug="pk2027")
    Registration.objects.filter(fair=other).update(accepted_at=NOW, invitation={})
    RoleAssignment.objects.create(fair=other, user=wang, role="organiser")
    plan = run({"fair": [{"slug": "pk2027"}], "people": [{"key": "w", "email": "mine@firm.example", "remarks": "!"}]})
    assert warnings(plan) == [("people", 3, "account_shared")]
    wang.refresh_from_db()
    assert wang.email == "wang@anvil.example"
    assert Registration.objects.get(fair=other).remarks == "!"


@pytest.fixture
def shared_company(_first_fair: None) -> Company:
    """A company that two fairs have approved, with its manager registered in both."""
    run(other_fair(companies=[dict(COMPANY)]))
    other = Fair.objects.get(slug="pk2027")
    Participation.objects.filter(fair=other).update(state="approved")
    wang = User.objects.get(email="wang@anvil.example")
    Registration.objects.create(fair=other, user=wang, key="boss", accepted_at=NOW)
    return Company.objects.get(slug="anvil-tools")


def test_a_company_of_two_fairs_and_its_products_are_changed_by_neither(shared_company: Company) -> None:
    before = everything_of(shared_company)
    update: Sheets = {
        "fair": [{"slug": "pk2027"}],
        "companies": [{"key": "their", "name_en": "Other", "registration": "OTHER", "city_en": "Multan", "desks": 9}],
        "products": [
            {"company": "their", "article": "P-200", "name_en": "Other", "unit": "pcs"},
            {"company": "their", "article": "NEW", "name_en": "New", "hs": "8203"},
        ],
    }
    plan = run(update)
    assert [(one.sheet, one.row, one.column, one.code) for one in plan.findings] == [
        ("companies", 3, "city_en", "company_shared"),
        ("companies", 3, "name_en", "company_shared"),
        ("companies", 3, "registration", "company_shared"),
        ("products", 3, "name_en", "company_shared"),
        ("products", 4, "company", "company_shared"),
    ]
    assert everything_of(shared_company) == before
    assert Participation.objects.get(key="their").desks == 9


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ({"role": "staff", "lead": False}, ["lead", "role"]),
        ({"role": "organiser"}, ["role"]),
        ({"company": "own", "role": "staff", "position": "engineer"}, ["company", "position", "role"]),
    ],
)
def test_a_position_in_a_company_of_two_fairs_is_changed_by_neither(
    shared_company: Company, row: dict[str, Any], columns: list[str]
) -> None:
    before = everything_of(shared_company)
    own = {"key": "own", "name_en": "Own", "country": "PK", "city_en": "Lahore", "sells": True}
    update: Sheets = {"fair": [{"slug": "pk2027"}], "companies": [own], "people": [{"key": "boss", **row}]}
    plan = run(update)
    assert [(one.column, one.code) for one in plan.findings] == [(column, "company_shared") for column in columns]
    assert (everything_of(shared_company), RoleAssignment.objects.filter(fair__slug="pk2027").count()) == (before, 0)


def test_nobody_of_a_fair_gets_a_place_in_a_company_of_two_fairs(shared_company: Company) -> None:
    update: Sheets = {"fair": [{"slug": "pk2027"}], "people": [
        {"key": "spy", "name_en": "Spy", "role": "floor_assistant", "write_in": "en", "country": "PK"},
    ]}  # fmt: skip
    run(update)
    before = everything_of(shared_company)
    plan = run(update | {"people": [{"key": "spy", "role": "manager", "company": "their"}]})
    assert warnings(plan) == [("people", 3, "company_not_accepted")]
    assert everything_of(shared_company) == before
    assert RoleAssignment.objects.get(user__registrations__key="spy").role == "floor_assistant"


def test_who_organises_all_fairs_of_a_company_may_change_it(shared_company: Company) -> None:
    organiser = User.objects.get(registrations__key="ann")
    update = workbook({"fair": [{"slug": "pk2027"}], "companies": [{"key": "their", "name_en": "Anvil and Sons"}]})
    fair = Fair.objects.get(slug="pk2027")
    RoleAssignment.objects.create(fair=fair, user=organiser, role="organiser")
    plan, _fair = import_workbook(update, now=NOW, fair=fair, actor=Actor(organiser))
    assert plan.findings == []
    shared_company.refresh_from_db()
    assert shared_company.name["en"] == "Anvil and Sons"


@pytest.mark.usefixtures("_first_fair")
def test_a_number_that_another_name_is_registered_under_makes_no_invitation() -> None:
    honest = {
        "key": "honest", "name_en": "Honest Co", "country": "CN", "city_en": "Yongkang", "sells": True,
        "registration": FOREIGN_NUMBER, "tax_number": "T-9",
    }  # fmt: skip
    plan = run(other_fair(companies=[honest]))
    assert [(one.column, one.code, one.severity) for one in plan.findings] == [
        ("registration", "registration_elsewhere", "warning")
    ]
    own = Participation.objects.get(key="honest")
    assert (own.state, own.company.name["en"]) == ("approved", "Honest Co")
    assert list(own.company.identifiers.values_list("scheme", "value")) == [("tax_number", "T-9")]
    again = run(other_fair(companies=[honest]))
    assert (again.counts("created"), again.counts("updated"), len(again.findings)) == ({}, {}, 1)


@pytest.mark.usefixtures("_first_fair")
def test_somebody_elses_address_is_not_taken_over() -> None:
    run(other_fair(people=[{
        "key": "x", "name_en": "X", "role": "organiser", "write_in": "en", "country": "CN", "email": "x@firm.example",
    }]))  # fmt: skip
    update: Sheets = {"fair": [{"slug": "pk2027"}], "people": [{"key": "x", "email": "wang@anvil.example"}]}
    plan, fair = import_workbook(workbook(update), now=NOW)
    assert ([one.code for one in plan.findings], fair) == (["email_taken"], None)


@pytest.mark.usefixtures("_first_fair")
def test_an_accepted_invitation_of_a_workbook_gives_what_its_row_says() -> None:
    wang = User.objects.get(email="wang@anvil.example")
    person = {
        "key": "w", "name_en": "Wang", "role": "interpreter", "interprets": ["zh-ur", "zh-en"],
        "max_minutes_a_day": 240, "email": wang.email, "write_in": "en", "country": "CN",
    }  # fmt: skip
    run(other_fair(people=[person]))
    invited = Registration.objects.get(fair__slug="pk2027")
    assert invited.offer
    fulfil(invited.offer, fair=invited.fair, user=wang)
    role = RoleAssignment.objects.get(fair=invited.fair)
    assert (role.user, role.role, role.language_pairs, role.max_minutes_a_day) == (
        wang, "interpreter", ["zh-ur", "zh-en"], 240,
    )  # fmt: skip


@pytest.mark.usefixtures("_first_fair")
def test_a_person_who_declined_is_asked_again_only_when_the_row_changes() -> None:
    row = {"key": "w", "role": "floor_assistant", "email": "wang@anvil.example", "write_in": "en", "country": "CN"}
    run(other_fair(people=[{**row, "name_en": "Wang"}]))
    Registration.objects.filter(fair__slug="pk2027").update(declined_at=NOW)
    run(other_fair(people=[{**row, "name_en": "Wang"}]))
    assert Registration.objects.get(fair__slug="pk2027").declined_at == NOW
    run(other_fair(people=[{**row, "name_en": "Wang", "role": "organiser"}]))
    assert Registration.objects.get(fair__slug="pk2027").declined_at is None
