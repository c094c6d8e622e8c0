"""Importing a workbook: what is created, updated and left unchanged, and what stands in the database then."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.test import Client

from booths.models import Booth, Demand, Display, Product
from fairplatform.accounts.models import AuditEntry, Company, Staff, User
from fairplatform.fairs.models import Fair, Hall, Participation, Registration, RoleAssignment, SoleAgency
from fairplatform.workbook.exporting import exported_rows
from fairplatform.workbook.importing import Plan, import_workbook
from fairplatform.workbook.row import CLEAR
from meetings.models import Pair
from tests.factories import NOW, actor, make_role
from tests.workbook.whole_fair import FAIR, Sheets, whole_fair, workbook

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.either("fairplatform.fairs.slots", "fairplatform.workbook.importing"),
]
COUNTS = {sheet: len(rows) for sheet, rows in FAIR.items()}


def store(sheets: Sheets, **options: Any) -> Plan:
    """Imports what has no findings."""
    plan, fair = import_workbook(workbook(sheets), now=NOW, **options)
    assert [(one.sheet, one.row, one.column, one.code) for one in plan.findings] == []
    assert fair
    return plan


def counts(plan: Plan) -> list[dict[str, int]]:
    return [plan.counts(kind) for kind in ("created", "updated", "unchanged")]


def changed(plan: Plan) -> dict[tuple[str, int], set[str]]:
    """The columns of each row that differ from what was stored."""
    return {
        (sheet, change.number): set(change.changed)
        for sheet, changes in plan.changes.items()
        for change in changes
        if change.kind == "updated"
    }


def test_one_import_makes_a_fair_and_a_second_changes_nothing() -> None:
    assert counts(store(whole_fair())) == [COUNTS, {}, {}]
    again = store(whole_fair())
    assert changed(again) == {}
    assert counts(again) == [{}, {}, COUNTS]


def test_an_export_is_what_was_imported_and_changes_nothing() -> None:
    store(whole_fair())
    rows = exported_rows(Fair.objects.get())
    assert {sheet: len(cells) for sheet, cells in rows.items() if cells} == COUNTS
    again = store(rows)
    assert changed(again) == {}
    assert counts(again) == [{}, {}, COUNTS]
    for sheet in ("fair", "bodies", "units", "halls", "days", "calendars", "holidays", "demands"):
        assert rows[sheet] == FAIR[sheet], sheet


def test_the_same_hours_in_two_zones_are_two_absences() -> None:
    """11:00 in Dubai is not 11:00 in Shanghai."""
    sheets = whole_fair()
    sheets["absences"] = [sheets["absences"][0] | {"zone": zone} for zone in ("Asia/Dubai", "Asia/Shanghai")]
    store(sheets)
    rows = exported_rows(Fair.objects.get())
    assert rows["absences"] == sheets["absences"]
    assert changed(store(rows)) == {}


def test_marks_that_nobody_sees_and_ends_of_lines_make_no_difference() -> None:
    store(whole_fair())
    Company.objects.filter(slug="anvil-tools").update(story={"en": "Two\r\nlines \u20666\u00d719\u2069 "})
    (anvil, *_rest) = exported_rows(Fair.objects.get())["companies"]
    assert anvil["story_en"] == "Two\nlines 6\u00d719"


def test_a_number_that_no_country_has_is_not_found_changed() -> None:
    store(whole_fair())
    User.objects.filter(email="wang@anvil.example").update(phone="+86 000 90773577")
    assert changed(store({"fair": [{"slug": "ae2026"}], "people": [{"key": "wang", "mobile": "+860090773577"}]})) == {}


def test_an_export_makes_the_same_fair_again() -> None:
    store(whole_fair())
    rows = exported_rows(Fair.objects.get())
    for model in (Booth, Participation, Hall, Fair, Company, User):
        model.objects.all().delete()
    assert counts(store(rows)) == [COUNTS, {}, {}]
    assert exported_rows(Fair.objects.get()) == rows


def test_what_the_database_holds_then() -> None:
    store(whole_fair())
    fair = Fair.objects.get()
    assert (fair.state, fair.ceremony_at) == ("draft", datetime(2026, 10, 12, 6, tzinfo=UTC))
    assert [(day.number, day.date, day.slots.count()) for day in fair.days.all()] == [
        (1, date(2026, 10, 12), 6),
        (2, date(2026, 10, 13), 3),
    ]
    anvil = Participation.objects.get(key="anvil")
    assert (anvil.state, anvil.company.slug, anvil.company.city) == ("approved", "anvil-tools", "yongkang")
    assert anvil.company.registration == "91330784MA00000001"
    assert (anvil.booth.hall.number, anvil.booth.number, anvil.booth.slug) == (1, "7", "anvil-tools")
    assert Participation.objects.get(key="bolt").booth.number == "1"
    gulf = Participation.objects.get(key="gulf")
    assert (gulf.plan_minor, gulf.plan_currency, gulf.suppliers) == (25000050, "AED", "Anvil Ltd")
    assert [(one.principal and one.principal.key, one.principal_name) for one in SoleAgency.objects.order_by("pk")] == [
        ("bolt", ""),
        (None, "Old Friend GmbH"),
    ]
    assert Participation.objects.get(key="sand-trading").state == "submitted"
    assert Booth.objects.count() == 2
    shown = Display.objects.get(product__article="P-200")
    assert (shown.booth, shown.hall and shown.hall.number, shown.product.hs6) == (anvil.booth, 2, "820320")
    pair = Pair.objects.get()
    assert (pair.starts_at, pair.interpreter) == (
        datetime(2026, 10, 12, 5, 30, tzinfo=UTC),
        User.objects.get(phone="+8613800000002"),
    )


def test_people_have_their_position_or_role_and_no_password() -> None:
    store(whole_fair())
    wang = User.objects.get(email="wang@anvil.example")
    assert (wang.language, wang.has_usable_password(), str(wang.phone)) == ("zh-hans", False, "+8613800000001")
    position = Staff.objects.get(user=wang)
    assert (position.company.slug, position.is_manager, position.is_lead) == ("anvil-tools", True, True)
    registration = Registration.objects.get(user=wang)
    assert (registration.key, registration.accepted_at, registration.invitation) == ("wang", NOW, {})
    roles = RoleAssignment.objects.order_by("pk").values_list("role", "unit__key", "language_pairs")
    assert list(roles) == [
        ("interpreter", None, ["zh-ar", "zh-en"]),
        ("organiser", None, []),
        ("delegated", "yk", []),
    ]
    assert wang.access_version > 0


# What a second file says, and the columns that it changes.
UPDATES: list[tuple[str, dict[str, Any], set[str]]] = [
    ("fair", {"slug": "ae2026", "theme_en": "Tools"}, {"theme_en"}),
    ("units", {"key": "yk", "quota": 5}, {"quota"}),
    ("halls", {"number": 2, "name_zh": "门"}, {"name_zh"}),
    ("days", {"date": date(2026, 10, 13), "ends": time(12)}, {"ends"}),
    ("holidays", {"date": date(2026, 10, 10), "country": "CN", "name_en": "Working day"}, {"name_en"}),
    ("companies", {"key": "anvil", "employees": 130, "tax_number": "T-2"}, {"employees", "tax_number"}),
    ("companies", {"key": "anvil", "tagline_en": CLEAR, "desks": CLEAR}, {"tagline_en", "desks"}),
    ("companies", {"key": "bolt", "state": "withdrawn"}, {"state"}),
    ("companies", {"key": "gulf", "sole_agent_of": CLEAR}, {"sole_agent_of"}),
    ("companies", {"registration": "91330784MA00000001", "founded": 2000}, {"founded"}),
    ("companies", {"name_zh": "铁砧工具", "country": "CN", "city_zh": "永康", "founded": 2001}, {"founded"}),
    ("companies", {"key": "bolt", "city_en": "Ningbo"}, {"city_en", "city_zh", "city_ur"}),
    ("people", {"key": "wang", "position": "procurement_manager"}, {"position"}),
    ("people", {"email": "Wang@anvil.example", "name_ur": "وانگ"}, {"name_ur"}),
    ("people", {"key": "li", "role": "liaison", "recruiting_unit": "dxb"},
     {"role", "recruiting_unit", "interprets", "max_minutes_a_day", "on_call"}),
    ("people", {"key": "wang", "company": "bolt"}, {"company"}),
    ("products", {"company": "anvil", "article": "P-200", "moq": 100}, {"moq"}),
    ("products", {"company": "bolt", "name_en": "bolts", "lead_days": 9}, {"lead_days", "name_en"}),
    ("demands", {"key": "d1", "quantity": 9000}, {"quantity"}),
    ("demands", {"key": "d1", "state": "open", "origin_certificate": False}, {"state", "origin_certificate"}),
    ("absences", {"who": "li", "date": date(2026, 10, 13), "zone": "Asia/Dubai"}, {"zone"}),
    ("preferences", {"company": "gulf", "wants": ["anvil"], "wish": "would"}, {"wish"}),
    ("pairs", {"exhibitor": "anvil", "buyer": "gulf", "interpreter": "welcome"}, {"interpreter"}),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "cells", "columns"), UPDATES)
def test_a_second_file_changes_what_it_says_and_nothing_else(
    sheet: str, cells: dict[str, Any], columns: set[str]
) -> None:
    store(whole_fair())
    before = exported_rows(Fair.objects.get())
    update = {"fair": [{"slug": "ae2026"}]} | {sheet: [cells]}
    assert changed(store(update)) == {(sheet, 3): columns}
    after = exported_rows(Fair.objects.get())
    differing = {
        column
        for name in after
        for one, other in zip(before[name], after[name], strict=True)
        for column in one.keys() | other.keys()
        if one.get(column) != other.get(column)
    }
    assert differing == columns
    assert changed(store(update)) == {}


def test_pages_and_search_show_the_new_rows(client: Client) -> None:
    store(whole_fair())
    Fair.objects.update(state="open")
    page = client.get("/fairs/ae2026/halls/1/")
    assert "Anvil Tools" in page.content.decode()
    store({"fair": [{"slug": "ae2026"}], "companies": [{"key": "anvil", "name_en": "Iron Works"}]})
    page = client.get("/fairs/ae2026/halls/1/")
    assert "Iron Works" in page.content.decode()
    assert "iron work" in Booth.objects.get(participation__key="anvil").search
    assert "iron work" in Product.objects.get(article="P-200").search


def test_a_renamed_key_is_a_new_row_with_a_question() -> None:
    store(whole_fair())
    renamed = whole_fair()["companies"][0] | {"key": "anvil-2"}
    plan, fair = import_workbook(workbook({"fair": [{"slug": "ae2026"}], "companies": [renamed]}), now=NOW)
    assert fair
    assert [(one.code, one.severity, one.parameters) for one in plan.findings] == [
        ("same_row", "warning", {"key": "anvil"}),
        ("booth_taken", "warning", {"number": "7"}),
    ]
    assert plan.counts("created") == {"companies": 1}
    numbers = Booth.objects.filter(participation__key__in=["anvil", "anvil-2"]).order_by("pk")
    assert list(numbers.values_list("number", flat=True)) == ["7", "2"]
    again, fair = import_workbook(workbook({"fair": [{"slug": "ae2026"}], "companies": [renamed]}), now=NOW)
    assert (fair is not None, again.counts("unchanged"), [one.code for one in again.findings]) == (
        True, {"fair": 1, "companies": 1}, ["booth_taken"],
    )  # fmt: skip


def test_a_key_in_other_case_is_asked_about() -> None:
    store(whole_fair())
    row = {"key": "ANVIL", "employees": 7}
    plan, fair = import_workbook(workbook({"fair": [{"slug": "ae2026"}], "companies": [row]}), now=NOW)
    assert fair is None
    [question] = [one for one in plan.findings if one.severity == "warning"]
    assert (question.column, question.code, question.parameters) == ("key", "same_row", {"key": "anvil"})


def test_companies_exchange_their_booths() -> None:
    store(whole_fair())
    pair = [{"key": "anvil", "booth": "1"}, {"key": "bolt", "booth": "7"}]
    stored = dict(Booth.objects.values_list("participation__key", "pk"))
    store({"fair": [{"slug": "ae2026"}], "companies": pair})
    rows = Booth.objects.order_by("participation").values_list("participation__key", "pk", "number", "sort_key")
    assert list(rows) == [("anvil", stored["anvil"], "1", "011"), ("bolt", stored["bolt"], "7", "017")]
    # One leaves its number to the other, and gets one of another hall.
    store({"fair": [{"slug": "ae2026"}], "companies": [pair[0] | {"hall": 2}, pair[1] | {"booth": "1"}]})
    placed = Booth.objects.order_by("participation").values_list("participation__key", "hall__number", "number")
    assert list(placed) == [("anvil", 2, "1"), ("bolt", 1, "1")]


def test_a_company_approved_later_gets_its_booth_with_its_products() -> None:
    sheets = whole_fair()
    sheets["companies"][0] |= {"state": "waiting"}
    del sheets["companies"][0]["booth"], sheets["products"][0]["hall_shown"]
    store(sheets)
    assert Display.objects.filter(product__article="P-200").count() == 0
    store({"fair": [{"slug": "ae2026"}], "companies": [{"key": "anvil", "state": "approved"}]})
    assert Display.objects.get(product__article="P-200").booth.participation.key == "anvil"


def test_an_organisers_import_is_in_the_audit_log() -> None:
    store(whole_fair())
    fair = Fair.objects.get()
    organiser = make_role(fair, "organiser")
    update = {"companies": [{"key": "anvil", "employees": 7}]}
    store(update, fair=fair, actor=actor(organiser))
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.permission, entry.object) == (organiser, "fair.organise", f"fairs.fair:{fair.pk}")
    assert entry.after == {"created": {}, "updated": {"companies": 1}, "unchanged": {}}


def test_the_booth_of_a_withdrawn_company_follows_the_file() -> None:
    store(whole_fair())
    Participation.objects.filter(key="anvil").update(state="withdrawn")
    moved = {"fair": [{"slug": "ae2026"}], "companies": [{"key": "anvil", "booth": "A-12", "hall": 2}]}
    assert store(moved).counts("updated") == {"companies": 1}
    booth = Participation.objects.get(key="anvil").booth
    assert (booth.hall.number, booth.number, booth.sort_key) == (2, "A-12", "a0212")
    assert store(moved).counts("updated") == {}


def test_a_name_is_the_same_however_its_letters_are_typed() -> None:
    sheets = whole_fair()
    sheets["companies"][1] |= {"name_en": "Société Karim", "name_ur": "كريم"}
    sheets["products"][1]["company"] = "Societe Karim"
    sheets["pairs"].append({"exhibitor": "کریم", "buyer": "sand-trading"})
    plan, fair = import_workbook(workbook(sheets), now=NOW)
    assert (plan.counts("created")["pairs"], fair is not None) == (2, True)


@pytest.mark.parametrize("state", ["waiting", "rejected"])
def test_no_file_confirms_what_its_company_has_not_confirmed(state: str) -> None:
    """Whether it says another status, or leaves it empty; what else it says of the demand is stored."""
    store(whole_fair())
    Demand.objects.update(state=state, closed_reason="")
    for cell in ("open", "closed", CLEAR):
        rows = {"fair": [{"slug": "ae2026"}], "demands": [{"key": "d1", "state": cell}]}
        plan, _fair = import_workbook(workbook(rows), now=NOW)
        assert [(one.column, one.code, one.severity) for one in plan.findings] == [
            ("state", "demand_unconfirmed", "warning")
        ]
    store({"fair": [{"slug": "ae2026"}], "demands": [{"key": "d1", "quantity": 7, "state": state}]})
    assert list(Demand.objects.values_list("state", "quantity")) == [(state, 7)]


def test_a_demand_that_a_file_opens_again_has_no_reason_why_it_was_closed() -> None:
    store(whole_fair())
    Demand.objects.update(closed_reason="Bought elsewhere")
    store({"fair": [{"slug": "ae2026"}], "demands": [{"key": "d1", "state": "open"}]})
    assert list(Demand.objects.values_list("state", "closed_reason")) == [("open", "")]
