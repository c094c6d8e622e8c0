"""An export that is imported again changes nothing, whatever was done in the office before."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from fairplatform.accounts.models import Company, User
from fairplatform.fairs.models import (
    Fair,
    FairDay,
    Participation,
    Preference,
    RecruitingUnit,
    RoleAssignment,
    SoleAgency,
    WorkingHours,
)
from fairplatform.workbook.exporting import export_fair
from fairplatform.workbook.importing import Plan, import_workbook
from fairplatform.workbook.reading import read
from tests.factories import NOW
from tests.workbook.making import read_rows
from tests.workbook.whole_fair import Sheets, whole_fair, workbook

pytestmark = pytest.mark.django_db


def run(sheets: Sheets) -> Plan:
    return import_workbook(workbook(sheets), now=NOW)[0]


def company(key: str) -> Participation:
    return Participation.objects.get(key=key)


def refuse() -> None:
    fair = Fair.objects.get()
    Preference.objects.create(fair=fair, participation=company("anvil"), wanted=company("gulf"), wish="no")


def make_agent() -> None:
    SoleAgency.objects.create(participation=company("gulf"), principal=company("anvil"))


def make_liaison() -> None:
    RoleAssignment.objects.filter(role="interpreter").update(role="liaison", language_pairs=[], max_minutes_a_day=None)


def move_station() -> None:
    Fair.objects.update(station_country="SA", station_zone="Asia/Riyadh")
    WorkingHours.objects.update(zone="")


def move_days() -> None:
    FairDay.objects.filter(number=1).update(date=date(2026, 10, 14))


def stop_selling() -> None:
    Participation.objects.filter(key="anvil").update(sells=False, buys=True)


def forget_city() -> None:
    Company.objects.filter(participations__key="gulf").update(city="", city_name={})


def type_numbers() -> None:
    """The office takes telephone numbers as they are typed, with spaces, or with what is no number at all."""
    RecruitingUnit.objects.filter(key="yk").update(mobile="+86 579 8700 0001")
    Participation.objects.filter(key="anvil").update(contact_mobile="138 0000 0001")
    Participation.objects.filter(key="gulf").update(contact_mobile="ask at the gate")
    User.objects.filter(email="wang@anvil.example").update(whatsapp="+86 138 0000 0001")


def name_principal() -> None:
    """The company that an agent's principal was named by joins the fair."""
    Company.objects.filter(participations__key="bolt").update(name={"en": "Old Friend GmbH"})


LATER: list[tuple[Callable[[], None], set[tuple[str, str | None, str]]]] = [
    (refuse, {("pairs", None, "pair_refused")}),
    (make_agent, {("pairs", None, "pair_sole_agent")}),
    (
        make_liaison,
        {("pairs", "interpreter_key", "not_an_interpreter"), ("pairs", "interpreter", "interpreter_of_none")},
    ),
    (move_station, {("calendars", "zone", "zone_needed")}),
    (move_days, {("pairs", "date", "date_outside_days")}),
    (stop_selling, {("pairs", "exhibitor", "not_selling")}),
    (forget_city, {("companies", "city_en", "needed_one_of")}),
    (name_principal, set()),
    (type_numbers, set()),
]


@pytest.mark.parametrize(("later", "warnings"), LATER)
def test_an_export_can_be_imported_after_what_the_office_changed(
    later: Callable[[], None], warnings: set[tuple[str, str | None, str]], tmp_path: Path
) -> None:
    run(whole_fair())
    later()
    export_fair(Fair.objects.get(), tmp_path / "fair.xlsx")
    file = read(tmp_path / "fair.xlsx")
    doubts = [one for one in file.findings if one.severity == "warning"]
    plan, _fair = import_workbook(file, now=NOW)
    assert {(one.sheet, one.column, one.code) for one in plan.findings if one not in doubts} == warnings
    assert {one.severity for one in plan.findings} <= {"warning"}
    assert (plan.counts("created"), plan.counts("updated")) == ({}, {})


def test_an_export_has_the_bodies_in_the_order_that_they_are_shown_in(tmp_path: Path) -> None:
    run(whole_fair())
    first, second = Fair.objects.get().bodies.order_by("rank")
    first.rank = second.rank + 1
    first.save()
    export_fair(Fair.objects.get(), tmp_path / "fair.xlsx")
    exported = read(tmp_path / "fair.xlsx").rows["bodies"]
    assert [row.values["name_en"] for row in exported] == [second.name["en"], first.name["en"]]


# What a second file says against rows that are stored, and the error.
CONTRADICTIONS: list[tuple[Sheets, tuple[str, str]]] = [
    ({"preferences": [{"company": "anvil", "wants": ["gulf"], "wish": "no"}]}, ("pairs", "pair_refused")),
    ({"companies": [{"key": "gulf", "sole_agent_of": ["anvil"]}]}, ("pairs", "pair_sole_agent")),
    ({"people": [{"key": "li", "role": "liaison"}]}, ("pairs", "not_an_interpreter")),
    ({"fair": [{"slug": "ae2026", "host_country": "DE"}]}, ("calendars", "zone_needed")),
]


@pytest.mark.parametrize(("changes", "error"), CONTRADICTIONS)
def test_what_a_file_itself_makes_wrong_is_an_error(
    changes: dict[str, list[dict[str, Any]]], error: tuple[str, str]
) -> None:
    run(whole_fair())
    rows = whole_fair()
    plan = run({"fair": rows["fair"], "calendars": rows["calendars"], "pairs": rows["pairs"]} | changes)
    assert [(one.sheet, one.code) for one in plan.findings if one.severity == "error"] == [error]


def test_a_known_contradiction_does_not_hide_another_one() -> None:
    run(whole_fair())
    refuse()
    moved = {"exhibitor": "anvil", "buyer": "gulf", "date": date(2026, 10, 20), "time": time(9), "zone": "Asia/Dubai"}
    plan = run({"fair": [{"slug": "ae2026"}], "pairs": [moved]})
    assert [(one.code, one.severity) for one in plan.findings] == [
        ("pair_refused", "warning"),
        ("date_outside_days", "error"),
    ]


def test_a_number_that_cannot_be_read_is_kept_when_others_change() -> None:
    run(whole_fair())
    type_numbers()
    plan = run({"fair": [{"slug": "ae2026"}], "companies": [{"key": "gulf", "employees": 9}]})
    assert plan.counts("updated") == {"companies": 1}
    assert company("gulf").contact_mobile == "ask at the gate"


def test_a_row_that_names_several_companies_counts_once() -> None:
    sheets = whole_fair()
    sheets["preferences"] = [{"company": "gulf", "wants": ["anvil", "bolt"], "wish": "would"}]
    del sheets["companies"][2]["sole_agent_of"]
    assert run(sheets).counts("created")["preferences"] == 1
    sheets["preferences"][0]["wants"].append("sand-trading")
    plan = run(sheets)
    assert [plan.counts(kind).get("preferences") for kind in ("created", "updated", "unchanged")] == [1, None, None]
    assert run(sheets).counts("unchanged")["preferences"] == 1


def test_numbers_of_booths_stay_as_they_are_written(tmp_path: Path) -> None:
    written = {"A-12": "A-12", "3E07": "3E07", "Ｂ－２": "B-2", "１２": "12", 13: "13", 14.0: "14"}
    titles = ("key", "name_en", "country", "city_en", "sells", "hall", "booth")
    rows = [[f"c-{n}", f"Works {n}", "CN", "Yiwu", "yes", 1, number] for n, number in enumerate(written)]
    run({sheet: whole_fair()[sheet] for sheet in ("fair", "halls")})
    file = read_rows(tmp_path, {"fair": [["slug"], ["ae2026"]], "companies": [titles, *rows]})
    plan, fair = import_workbook(file, now=NOW)
    assert fair, plan.findings
    stored = Participation.objects.order_by("key").values_list("booth__number", flat=True)
    assert list(stored) == list(written.values())
    export_fair(fair, tmp_path / "export.xlsx")
    again, _fair = import_workbook(read(tmp_path / "export.xlsx"), now=NOW)
    assert (again.findings, again.counts("created"), again.counts("updated")) == ([], {}, {})
