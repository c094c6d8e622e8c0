"""A delegate brings in the companies of one recruiting unit, and is told nothing about any others."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import user_logged_in

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import AuditEntry, Company, Staff, User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit, RoleAssignment
from fairplatform.workbook.importing import Plan, import_workbook, plan_import, store_plan
from fairplatform.workbook.row import CLEAR
from tests.factories import NOW
from tests.workbook.whole_fair import Sheets, whole_fair, workbook

pytestmark = pytest.mark.django_db

NEW: dict[str, Any] = {"name_en": "Chisel House", "country": "CN", "city_en": "Yongkang", "sells": True}
PERSON: dict[str, Any] = {"name_en": "Zhao", "role": "manager", "write_in": "zh", "country": "CN"}


@pytest.fixture
def fair() -> Fair:
    """`anvil` is of the unit `yk`, `gulf` of the unit `dxb`, `bolt` and `sand-trading` of none."""
    _plan, fair = import_workbook(workbook(whole_fair()), now=NOW)
    assert fair
    return Fair.objects.get()


def delegate(fair: Fair) -> User:
    return User.objects.get(registrations__key="del", registrations__fair=fair)


def run(into: Fair, /, **sheets: Any) -> Plan:
    """As the delegate of `yk` imports it."""
    plan, _stored = import_workbook(
        workbook(sheets),
        now=NOW,
        fair=Fair.objects.get(pk=into.pk),
        actor=Actor(delegate(into)),
        unit=into.units.get(key="yk"),
    )
    return plan


def said(plan: Plan) -> list[tuple[str, int | None, str | None, str, str]]:
    return [(one.sheet, one.row, one.column, one.code, one.severity) for one in plan.findings]


def come_in(email: str) -> User:
    person = User.objects.get(email=email)
    user_logged_in.send(User, request=None, user=person)
    return person


def everything(fair: Fair) -> list[Any]:
    """What is stored of the fair, but for its counter of imports."""
    rows: list[Any] = [Fair.objects.filter(pk=fair.pk).values_list("name", "rooms").get()]
    for manager in (fair.participations, fair.registrations, fair.roles, fair.units, fair.halls, fair.bodies):
        rows += manager.order_by("pk").values()
    rows += Staff.objects.order_by("pk").values()
    return [*rows, *User.objects.order_by("pk").values("pk", "name", "email", "phone")]


def test_a_new_company_is_of_the_unit_and_submitted(fair: Fair) -> None:
    plan = run(fair, companies=[{**NEW, "key": "chisel"}], people=[{**PERSON, "company": "Chisel House"}])
    assert said(plan) == []
    new = fair.participations.get(key="chisel")
    assert (new.unit.key, new.state, hasattr(new, "booth")) == ("yk", "submitted", False)
    assert Staff.objects.get(company=new.company).user.name == {"en": "Zhao"}
    entry = AuditEntry.objects.get(permission="unit.import")
    assert (entry.actor, entry.after["created"]) == (delegate(fair), {"companies": 1, "people": 1})
    again = run(fair, companies=[dict(NEW)], people=[{**PERSON, "company": "Chisel House"}])
    assert (again.counts("unchanged"), said(again)) == ({"companies": 1, "people": 1}, [])


@pytest.mark.parametrize("state", ["approved", "refused", "withdrawn"])
def test_the_state_in_the_file_is_left_out(fair: Fair, state: str) -> None:
    plan = run(fair, companies=[{**NEW, "state": state}, {"key": "anvil", "state": "waiting"}])
    assert [one[2:] for one in said(plan)] == [("state", "state_of_organisers", "warning")] * 2
    assert (
        fair.participations.get(company__slug="chisel-house").state,
        fair.participations.get(key="anvil").state,
    ) == (
        "submitted",
        "approved",
    )


def test_a_company_of_the_unit_is_updated_and_keeps_its_state(fair: Fair) -> None:
    plan = run(fair, companies=[{"key": "anvil", "employees": 130, "state": "approved", "hall": 1, "booth": "7"}])
    assert (said(plan), plan.counts("updated")) == ([], {"companies": 1})
    anvil = fair.participations.get(key="anvil")
    assert (anvil.company.employees, anvil.state, anvil.hall.number, anvil.booth.number) == (130, "approved", 1, "7")


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({**NEW, "recruiting_unit": "dxb"}, "recruiting_unit", "unit_other"),
        ({**NEW, "recruiting_unit": "Nobody's Chamber"}, "recruiting_unit", "unit_other"),
        ({"key": "anvil", "recruiting_unit": "dxb"}, "recruiting_unit", "unit_other"),
        ({"key": "anvil", "hall": 2}, "hall", "cell_of_organisers"),
        ({"key": "anvil", "booth": "8"}, "booth", "cell_of_organisers"),
        ({**NEW, "hall": 1}, "hall", "cell_of_organisers"),
        ({"key": "gulf", "employees": 5}, "key", "not_of_unit"),
        ({"key": "bolt", "state": "withdrawn"}, "key", "not_of_unit"),
        ({"key": "sand-trading", **NEW}, "key", "not_of_unit"),
    ],
)
def test_what_organisers_and_other_units_have_cannot_be_touched(
    fair: Fair, cells: dict[str, Any], column: str, code: str
) -> None:
    before = everything(fair)
    assert said(run(fair, companies=[cells])) == [("companies", 3, column, code, "error")]
    assert everything(fair) == before


@pytest.mark.parametrize("name", ["Gulf Imports", "Bolt Works", "Nobody's Works"])
@pytest.mark.parametrize(
    ("sheet", "cells"),
    [
        ("products", {"article": "X", "name_en": "Vice", "hs": "8205"}),
        ("demands", {"key": "x", "kind": "goods", "text_en": "Vices"}),
        ("people", PERSON),
    ],
)
def test_nothing_is_told_of_companies_that_are_not_the_units(
    fair: Fair, name: str, sheet: str, cells: dict[str, Any]
) -> None:
    plan = run(fair, **{sheet: [{**cells, "company": name}]})
    (found,) = [one for one in plan.findings if one.column == "company"]
    assert (found.code, found.text) == ("not_of_unit", "This company is not one of your unit's. Enter one that is.")


def test_a_name_that_another_unit_has_too_is_a_company_of_its_own(fair: Fair) -> None:
    """So that the answer is that for a name nobody has; the office shows organisers what may be doubled."""
    gulf = {"name_en": "Gulf Imports", "country": "AE", "city_en": "Dubai", "buys": True, "registration": "G-1"}
    other = {**gulf, "name_en": "Free Name", "registration": "G-2"}
    Participation.objects.get(key="gulf").company.identifiers.create(scheme="registration", value="G-1")
    plan = run(fair, companies=[gulf, other])
    assert (said(plan), plan.counts("created")) == ([], {"companies": 2})
    assert Participation.objects.get(key="gulf").unit.key == "dxb"
    assert fair.participations.filter(unit__key="yk", company__name__en="Gulf Imports").get().state == "submitted"


def test_wishes_may_name_whom_the_public_sees_and_nobody_else(fair: Fair) -> None:
    def wanted(name: str) -> list[Any]:
        return said(run(fair, preferences=[{"company": "anvil", "wants": [name], "wish": "would"}]))

    hidden = [("preferences", 3, "wants", "reference_unknown", "error")]
    assert [wanted("bolt"), wanted("gulf"), wanted("Nobody")] == [hidden] * 3
    Fair.objects.filter(pk=fair.pk).update(state="open")
    fair.refresh_from_db()
    assert [wanted("gulf"), wanted("sand-trading"), wanted("bolt")] == [hidden, hidden, []]


@pytest.mark.parametrize("role", ["organiser", "interpreter", "liaison", "delegated", "floor_assistant"])
def test_roles_of_the_fair_are_the_organisers_to_give(fair: Fair, role: str) -> None:
    before = everything(fair)
    cells = {**PERSON, "role": role, "recruiting_unit": "yk"}
    assert ("people", 3, "role", "role_of_organisers", "error") in said(run(fair, people=[cells]))
    assert ("people", 3, "role", "role_of_organisers", "error") in said(
        run(fair, people=[{"key": "wang", "role": role}])
    )
    assert everything(fair) == before


@pytest.mark.parametrize("key", ["ann", "li", "omar-said", "del"])
def test_people_of_others_cannot_be_changed(fair: Fair, key: str) -> None:
    before = everything(fair)
    plan = run(fair, people=[{**PERSON, "key": key, "company": "anvil", "email": "new@anvil.example"}])
    assert said(plan) == [("people", 3, "key", "key_not_of_unit", "error")]
    assert everything(fair) == before


def test_people_with_a_role_of_the_fair_keep_their_address_though_they_work_for_the_unit(fair: Fair) -> None:
    wang = User.objects.get(email="wang@anvil.example")
    RoleAssignment.objects.create(fair=fair, user=wang, role="organiser")
    plan = run(fair, people=[{"key": "wang", "email": "mine@anvil.example"}])
    assert said(plan)[0][3] == "key_not_of_unit"
    plan = run(fair, people=[{**PERSON, "company": "anvil", "email": "wang@anvil.example"}])
    assert said(plan) == [("people", 3, "email", "email_taken", "error")]
    wang.refresh_from_db()
    assert wang.email == "wang@anvil.example"


def test_who_has_come_in_keeps_the_address_that_they_come_in_by(fair: Fair) -> None:
    """A letter for a new password goes to it. Until they have come in, a delegate may put a mistake right."""
    assert said(run(fair, people=[{"key": "wang", "email": "right@anvil.example"}])) == []
    wang = come_in("right@anvil.example")
    refused = [("people", 3, "email", "cell_of_organisers", "error")]
    for cell in ("mine@anvil.example", CLEAR):
        assert said(run(fair, people=[{"key": "wang", "email": cell}])) == refused
    assert said(run(fair, people=[{"key": "wang", "email": "Right@anvil.example", "position": "Buyer"}])) == []
    wang.refresh_from_db()
    assert wang.email == "right@anvil.example"


def test_who_has_come_in_keeps_their_company_and_what_they_are_in_it(fair: Fair) -> None:
    come_in("wang@anvil.example")
    new = [{**NEW, "key": "chisel"}]
    moved = run(fair, companies=new, people=[{"key": "wang", "company": "chisel"}])
    assert said(moved) == [("people", 3, "company", "cell_of_organisers", "error")]
    lowered = run(fair, people=[{"key": "wang", "role": "staff", "company": "anvil", "position": "Buyer"}])
    assert said(lowered) == [("people", 3, "role", "cell_of_organisers", "warning")]
    staff = Staff.objects.get(user__email="wang@anvil.example")
    assert (staff.company.slug, staff.is_manager, staff.position) == ("anvil-tools", True, "Buyer")


def test_what_a_company_was_approved_as_is_kept_and_may_be_added_to(fair: Fair) -> None:
    refused = [("companies", 3, "name_en", "cell_of_organisers", "error")]
    assert said(run(fair, companies=[{"key": "anvil", "name_en": "Another"}])) == refused
    assert said(run(fair, companies=[{"key": "anvil", "name_ur": "اینول", "chamber_number": "7"}])) == []
    number = [("companies", 3, "chamber_number", "cell_of_organisers", "error")]
    assert said(run(fair, companies=[{"key": "anvil", "chamber_number": "8"}])) == number
    fair.participations.filter(key="anvil").update(state="submitted")
    Company.objects.filter(participations__key="anvil").update(verified_at=NOW)
    assert said(run(fair, companies=[{"key": "anvil", "name_en": "Another"}])) == refused
    Company.objects.update(verified_at=None)
    assert said(run(fair, companies=[{"key": "anvil", "name_en": "Another"}])) == []


def test_organisers_sheets_are_refused_in_words_and_not_compared(fair: Fair) -> None:
    before, sheets = everything(fair), whole_fair()
    own: Sheets = {
        name: sheets[name] for name in ("bodies", "units", "halls", "days", "calendars", "holidays", "pairs")
    }
    own["rates"] = [{"date": NOW.date(), "from": "USD", "to": "CNY", "rate": 7, "source": "Bank"}]
    expected = {(name, 3, None, "sheet_of_organisers", "error") for name in own}
    assert set(said(run(fair, **own))) == expected
    assert everything(fair) == before


def test_of_the_fair_only_the_name_in_the_address_is_looked_at(fair: Fair) -> None:
    assert said(run(fair, fair=whole_fair()["fair"], companies=[dict(NEW)])) == []
    plan = run(fair, fair=[{"slug": "ae2026", "rooms": 1}])
    assert said(plan) == [("fair", 3, "rooms", "cell_of_organisers", "error")]
    assert said(run(fair, fair=[{"slug": "other"}]))[0][3] == "fair_other"
    assert Fair.objects.get().rooms == 40


def test_goods_times_and_wishes_of_the_unit_are_stored(fair: Fair) -> None:
    plan = run(
        fair,
        companies=[{**NEW, "key": "chisel"}],
        products=[{"company": "Chisel House", "article": "C-1", "name_en": "Chisel", "hs": "8205"}],
        demands=[{"key": "steel", "company": "anvil", "kind": "goods", "text_en": "Steel"}],
        absences=[{"who": "anvil", "date": NOW.date()}, {"who": "wang", "date": NOW.date()}],
        preferences=[{"company": "chisel", "wants": ["anvil"], "wish": "no", "by": "wang"}],
    )
    assert said(plan) == []
    assert plan.counts("created") == {"companies": 1, "products": 1, "demands": 1, "absences": 2, "preferences": 1}


def test_demands_and_absences_of_others_cannot_be_touched(fair: Fair) -> None:
    plan = run(
        fair, demands=[{"key": "d1", "company": "anvil", "kind": "goods", "text_en": "Mine"}],
        absences=[{"who": "li", "date": NOW.date()}, {"who": "gulf", "date": NOW.date() + timedelta(days=1)}],
    )  # fmt: skip
    assert [one[:4] for one in said(plan) if one[3] != "needed"] == [
        ("demands", 3, "key", "key_not_of_unit"),
        ("absences", 3, "who", "not_of_unit"),
        ("absences", 4, "who", "not_of_unit"),
    ]


@pytest.mark.parametrize("who", ["gulf", "Mole"])
def test_a_person_with_the_key_of_anothers_company_does_not_stand_for_it(fair: Fair, who: str) -> None:
    before = list(fair.absences.values())
    mole = {**PERSON, "key": "gulf", "name_en": "Mole", "company": "anvil"}
    plan = run(fair, people=[mole], absences=[{"who": who, "date": NOW.date() + timedelta(days=1)}])
    assert said(plan) == [("absences", 3, "who", "reference_ambiguous", "error")]
    assert list(fair.absences.values()) == before


def test_nothing_is_stored_once_the_role_has_ended(fair: Fair) -> None:
    unit, person = fair.units.get(key="yk"), delegate(fair)
    plan = plan_import(workbook({"companies": [dict(NEW)]}), fair, person, unit)
    assert plan.may_be_stored
    person.roles.all().delete()
    with pytest.raises(Refused, match="not_permitted"):
        store_plan(plan, now=NOW, actor=Actor(person))
    assert fair.participations.filter(company__slug="chisel-house").count() == 0


def test_a_delegate_of_two_units_touches_one_at_a_time(fair: Fair) -> None:
    RoleAssignment.objects.create(
        fair=fair, user=delegate(fair), role="delegated", unit=RecruitingUnit.objects.get(key="dxb")
    )
    assert said(run(fair, companies=[{"key": "gulf", "employees": 5}]))[0][3] == "not_of_unit"
