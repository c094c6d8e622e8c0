"""What forbids storing a workbook, and what is only asked."""

from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fairplatform.accounts.models import Company, User
from fairplatform.fairs.models import Fair
from fairplatform.workbook.checks import check
from fairplatform.workbook.exporting import exported_rows
from fairplatform.workbook.findings import Finding
from fairplatform.workbook.importing import Plan, import_workbook
from fairplatform.workbook.notes import Notes
from fairplatform.workbook.reading import read
from fairplatform.workbook.row import CLEAR, Row
from fairplatform.workbook.sheets import SHEETS
from fairplatform.workbook.writing import write
from meetings.models import Meeting
from tests.factories import NOW, make_conversation
from tests.workbook.making import read_rows
from tests.workbook.whole_fair import Sheets, whole_fair, workbook

pytestmark = pytest.mark.django_db

Found = tuple[str, int | None, str | None, str]


def run(sheets: Sheets, **options: Any) -> tuple[Plan, Fair | None]:
    return import_workbook(workbook(sheets), now=NOW, **options)


def found(plan: Plan, severity: str) -> list[Found]:
    return [(one.sheet, one.row, one.column, one.code) for one in plan.findings if one.severity == severity]


# Cells that a row of the whole fair gets, and the error that then forbids storing it: (column, code).
ERRORS: list[tuple[str, int, dict[str, Any], tuple[str | None, str]]] = [
    ("companies", 3, {"recruiting_unit": "nobody"}, ("recruiting_unit", "reference_unknown")),
    ("companies", 3, {"hall": 9}, ("hall", "reference_unknown")),
    ("companies", 4, {"booth": "7"}, ("booth", "booth_taken")),
    ("companies", 3, {"sells": CLEAR}, ("sells", "sells_or_buys")),
    ("companies", 3, {"country": CLEAR}, ("country", "needed")),
    ("companies", 5, {"plan_currency": CLEAR}, ("plan_currency", "currency_needed")),
    ("companies", 5, {"plan_12_months": Decimal("1.005")}, ("plan_12_months", "amount_too_fine")),
    ("companies", 5, {"plan_12_months": Decimal(10**14)}, ("plan_12_months", "amount_too_large")),
    ("people", 3, {"company": CLEAR}, ("company", "needed")),
    ("people", 3, {"company": "Nobody Ltd"}, ("company", "reference_unknown")),
    ("people", 7, {"email": "wang@anvil.example"}, ("email", "email_taken")),
    ("products", 3, {"price_high": Decimal(1)}, ("price_high", "lowest_above_highest")),
    ("demands", 3, {"currency": CLEAR}, ("currency", "currency_needed")),
    ("products", 3, {"currency": CLEAR}, ("currency", "currency_needed")),
    ("calendars", 4, {"country": "SA", "zone": CLEAR}, ("zone", "zone_needed")),
    ("days", 3, {"ends": time(8)}, ("ends", "ends_before_start")),
    ("absences", 3, {"who": "nobody"}, ("who", "reference_unknown")),
    ("preferences", 3, {"wants": ["gulf"]}, ("wants", "same_company_twice")),
    ("preferences", 4, {"wants": ["gulf"]}, (None, "pair_refused")),
    ("pairs", 3, {"date": date(2026, 10, 14)}, ("date", "date_outside_days")),
    ("pairs", 3, {"zone": CLEAR}, ("zone", "needed_together")),
    ("pairs", 3, {"interpreter_key": "ann"}, ("interpreter_key", "not_an_interpreter")),
    ("pairs", 3, {"interpreter_key": "nobody"}, ("interpreter_key", "reference_unknown")),
    ("pairs", 3, {"exhibitor": "bolt"}, (None, "pair_sole_agent")),
    ("pairs", 3, {"buyer": "anvil"}, ("buyer", "same_company_twice")),
]


@pytest.mark.parametrize(("sheet", "row", "cells", "error"), ERRORS)
def test_an_error_stores_nothing(sheet: str, row: int, cells: dict[str, Any], error: tuple[str | None, str]) -> None:
    sheets = whole_fair()
    changed = sheets[sheet][row - 3]
    changed |= cells
    plan, fair = run({name: [_without_clear(one) for one in rows] for name, rows in sheets.items()})
    place = ("pairs", 3) if error[1] in ("pair_refused", "pair_sole_agent") else (sheet, row)
    assert found(plan, "error") == [(*place, *error)]
    assert all(one.text for one in plan.findings)
    assert (fair, Fair.objects.count(), Company.objects.count(), User.objects.count()) == (None, 0, 0, 0)


def _without_clear(cells: dict[str, Any]) -> dict[str, Any]:
    return {column: cell for column, cell in cells.items() if cell is not CLEAR}


def test_days_that_run_into_each_other_are_errors() -> None:
    """From 22:00 until 09:30 of the next day, which starts at 09:00; half an hour earlier they only touch."""
    sheets = whole_fair()
    sheets["days"][0] |= {"starts": time(22), "ends": time(9, 30)}
    plan, fair = run(sheets)
    assert (fair, found(plan, "error")) == (None, [("days", row, "starts", "days_overlap") for row in (3, 4)])
    sheets["days"][0]["ends"] = time(9)
    assert found(run(sheets)[0], "error") == []


# One of a reference, of a cell alone, of a row, of two rows, and of a row against what is stored.
@pytest.mark.parametrize(("sheet", "row", "cells", "error"), [ERRORS[number] for number in (0, 4, 13, 16, 17)])
def test_an_error_in_a_second_file_leaves_the_fair_as_it_was(
    sheet: str, row: int, cells: dict[str, Any], error: tuple[str | None, str]
) -> None:
    run(whole_fair())
    before = exported_rows(Fair.objects.get())
    sheets = whole_fair()
    sheets[sheet][row - 3] |= cells
    sheets["halls"].append({"number": 3, "name_en": "New"})
    plan, fair = run(sheets)
    assert fair is None
    place = ("pairs", 3) if error[1] == "pair_refused" else (sheet, row)
    assert found(plan, "error") == [(*place, *error)]
    assert exported_rows(Fair.objects.get()) == before


def test_the_file_has_to_say_which_fair_it_is_of() -> None:
    plan, fair = run({"halls": [{"number": 1, "name_en": "Tools"}]})
    assert (found(plan, "error"), fair) == ([("fair", 1, "slug", "fair_missing")], None)


def test_a_file_of_another_fair_is_refused_by_the_office_of_this_one() -> None:
    run(whole_fair())
    other = whole_fair()
    other["fair"][0]["slug"] = "cn2027"
    plan, fair = run({"fair": other["fair"]}, fair=Fair.objects.get())
    assert (found(plan, "error"), fair, Fair.objects.count()) == ([("fair", 3, "slug", "fair_other")], None, 1)


def test_a_row_that_two_stored_companies_fit_is_asked_back() -> None:
    sheets = whole_fair()
    sheets["companies"].append(sheets["companies"][1] | {"key": "bolt-2"})
    sheets["products"][1]["company"] = "bolt"
    run(sheets)
    plan, fair = run(
        {"fair": [{"slug": "ae2026"}], "companies": [{"name_en": "BOLT  works", "country": "CN", "city_zh": "温州"}]}
    )
    assert fair is None
    assert found(plan, "error") == [("companies", 3, None, "two_fit")]
    assert plan.findings[0].parameters == {"keys": "bolt, bolt-2"}


def test_a_name_that_two_companies_have_is_no_reference() -> None:
    sheets = whole_fair()
    sheets["companies"].append(sheets["companies"][1] | {"key": "bolt-2"})
    plan, _ = run(sheets)
    assert found(plan, "error") == [("products", 4, "company", "reference_ambiguous")]


def test_a_no_that_is_stored_already_forbids_a_pair() -> None:
    run(whole_fair())
    plan, _ = run({"fair": [{"slug": "ae2026"}], "pairs": [{"exhibitor": "sand-trading", "buyer": "anvil"}]})
    assert found(plan, "error") == [("pairs", 3, None, "pair_refused")]


def test_days_that_leave_out_a_time_in_use_are_refused() -> None:
    run(whole_fair())
    fair = Fair.objects.get()
    exhibitor, buyer = fair.participations.get(key="anvil"), fair.participations.get(key="gulf")
    Meeting.objects.create(
        fair=fair, exhibitor=exhibitor, buyer=buyer, slot=fair.slots.first(), conversation=make_conversation(fair, [])
    )
    before = exported_rows(fair)
    update: Sheets = {"fair": [{"slug": "ae2026"}], "days": [{"date": date(2026, 10, 12), "starts": time(10)}]}
    plan, stored = run(update)
    assert (found(plan, "error"), stored) == ([("days", None, None, "slots_in_use")], None)
    assert plan.findings[0].text
    assert exported_rows(Fair.objects.get()) == before


def test_a_booth_without_approval_and_a_column_without_a_place_are_said() -> None:
    sheets = whole_fair()
    sheets["companies"][1] |= {"booth": "9", "state": "waiting"}
    sheets["people"][3] |= {"position": "sales"}
    sheets["products"][1] |= {"hall_shown": 2}
    for _ in range(2):
        plan, fair = run(sheets)
        assert fair
        assert found(plan, "warning") == [
            ("companies", 4, "booth", "booth_later"),
            ("people", 6, "position", "not_of_role"),
            ("products", 4, "hall_shown", "hall_without_booth"),
        ]
    assert plan.counts("updated") == {}


def test_a_row_that_is_there_twice_is_said_once(tmp_path: Path) -> None:
    sheets = whole_fair()
    sheets["bodies"].append(sheets["bodies"][0])
    sheets["companies"].append(sheets["companies"][3])
    sheets["pairs"].append(sheets["pairs"][0])
    write(tmp_path / "fair.xlsx", sheets)
    plan, _ = import_workbook(read(tmp_path / "fair.xlsx"), now=NOW)
    assert found(plan, "error") == [
        ("bodies", 5, "part", "row_doubled"),
        ("companies", 7, "name_en", "row_doubled"),
        ("pairs", 4, "exhibitor", "row_doubled"),
    ]


TWIN = {"country": "CN", "city_zh": "温州", "sells": True}


@pytest.mark.parametrize(
    ("twin", "error", "warning"),
    [
        (TWIN | {"name_en": "BOLT works"}, [("companies", 7, None, "row_doubled")], []),
        (TWIN | {"name_en": "BOLT works", "key": "b2"}, [], [("companies", 7, "key", "row_alike")]),
        (TWIN | {"name_en": "Nuts", "registration": "X1"}, [("companies", 7, None, "row_doubled")], []),
        (TWIN | {"name_en": "Bolt Works", "registration": "X2"}, [], []),
        (TWIN | {"name_en": "Bolt Works", "city_zh": "宁波"}, [], []),
    ],
)
def test_two_new_companies_known_by_the_same_are_asked_back(
    twin: dict[str, Any], error: list[Found], warning: list[Found]
) -> None:
    sheets = whole_fair()
    sheets["companies"][1]["registration"] = "X1" if "registration" in twin else CLEAR
    sheets["products"][1]["company"] = "bolt"
    sheets["companies"].append(twin)
    plan, fair = run(sheets)
    assert (found(plan, "error"), found(plan, "warning"), fair is None) == (error, warning, bool(error))
    again, _ = run(sheets)
    assert (found(again, "error"), again.counts("created") if fair else {}) == (error, {})


def test_what_follows_from_a_cell_that_could_not_be_read_is_not_said(tmp_path: Path) -> None:
    run(whole_fair())
    file = {
        "fair": [["slug"], ["ae2026"]],
        "companies": [
            ["key", "name_en", "country", "city_en", "sells", "plan_12_months"],
            ["new", "n" * 300, "AE", "Dubai", "perhaps", "many"],
        ],
        "absences": [["who", "date", "from_time", "to_time"], ["gulf", "2026-10-12", "soon", "12:00"]],
    }
    plan, _ = import_workbook(read_rows(tmp_path, file), now=NOW)
    assert found(plan, "error") == [
        ("companies", 2, "name_en", "text_long"),
        ("companies", 2, "sells", "yes_or_no"),
        ("companies", 2, "plan_12_months", "not_a_number"),
        ("absences", 2, "from_time", "not_a_time"),
    ]


def test_days_without_a_meeting_and_weekdays_with_two_rows_of_hours_are_said() -> None:
    sheets = whole_fair()
    sheets["days"][1] |= {"ends": time(9, 20)}
    friday = {"country": "CN", "weekdays": [5, 6], "opens": time(9), "closes": time(12)}
    sheets["calendars"] += [friday, friday | {"city": "ningbo"}, friday | {"from": date(2026, 10, 1)}]
    plan, fair = run(sheets)
    assert fair
    assert found(plan, "warning") == [
        ("days", 4, "ends", "day_without_meeting"),
        ("calendars", 3, "weekdays", "hours_twice"),
        ("calendars", 5, "weekdays", "hours_twice"),
    ]
    assert [dict(one.parameters) for one in plan.findings] == [{"minutes": "25"}, {"days": "5"}, {"days": "5"}]


def test_a_zone_of_another_country_is_said_with_the_countrys_name() -> None:
    sheets = whole_fair()
    sheets["fair"][0]["host_zone"] = "Asia/Karachi"
    text = "Asia/Karachi is not a time zone of this country: China. Correct it if this is wrong."
    notes = Notes("fair")
    check(SHEETS["fair"], Row("fair", 3, sheets["fair"][0]), notes)
    assert [(one.column, one.code, one.text) for one in notes.all()] == [("host_zone", "zone_elsewhere", text)]


def test_an_address_that_another_person_of_the_firm_has_is_asked_back() -> None:
    run(whole_fair())
    other = {"name_en": "Zhao Min", "role": "staff", "company": "anvil", "email": "wang@anvil.example",
             "write_in": "zh", "country": "CN"}  # fmt: skip
    plan, fair = run({"fair": [{"slug": "ae2026"}], "people": [other]})
    assert (found(plan, "error"), fair) == ([("people", 3, "email", "email_of_other")], None)
    assert plan.findings[0].parameters == {"key": "wang"}
    run({"fair": [{"slug": "ae2026"}], "people": [other | {"key": "wang"}]})
    assert User.objects.get(email="wang@anvil.example").name["en"] == "Zhao Min"


def test_no_country_is_judged_against_a_fair_that_cannot_be_read() -> None:
    sheets = whole_fair()
    del sheets["fair"][0]["station_country"]
    del sheets["calendars"][1]["zone"]
    plan, _ = run(sheets)
    assert found(plan, "error") == [("fair", 3, "station_country", "needed")]


def test_one_number_for_two_booths_of_a_hall_is_an_error_in_another_hall_it_is_not() -> None:
    sheets = whole_fair()
    sheets["companies"][0] |= {"booth": "A-12"}
    sheets["companies"][1] |= {"booth": "A-12"}
    plan, fair = run(sheets)
    assert (fair, found(plan, "error")) == (None, [("companies", 4, "booth", "booth_taken")])
    sheets["companies"][1] |= {"hall": 2}
    plan, fair = run(sheets)
    assert (fair is not None, found(plan, "error")) == (True, [])


def test_who_is_absent_is_looked_for_among_companies_and_people() -> None:
    sheets = whole_fair()
    sheets["absences"][0]["who"] = "nobody"
    plan, _ = run(sheets)
    [error] = [one for one in plan.findings if one.severity == "error"]
    assert error.text.partition("in the sheet ")[2].partition(".")[0] == "Companies · People"


def test_rows_of_the_ledger_are_checked() -> None:
    rows = [{"kind": "mou", "provenance": "report", "amount": Decimal(5)}, {"kind": "mou"}]
    plan, fair = run(whole_fair() | {"ledger": rows})
    assert (fair, found(plan, "error")) == (
        None, [("ledger", 3, "currency", "currency_needed"), ("ledger", 4, "provenance", "needed")],
    )  # fmt: skip


def test_a_name_that_could_not_be_read_is_not_said_to_be_missing() -> None:
    sheets = whole_fair()
    sheets["bodies"][1] = {"part": "supporting"}
    book = workbook(sheets)
    book.findings.append(Finding("bodies", 4, "name_ur", "text_long", "error", {"limit": "200", "length": "300"}))
    plan, _ = import_workbook(book, now=NOW)
    assert found(plan, "error") == [("bodies", 4, "name_ur", "text_long")]
