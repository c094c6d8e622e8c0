"""What forbids storing a workbook, and what is only asked."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from fairplatform.accounts.models import Company, User
from fairplatform.fairs.models import Fair
from fairplatform.workbook.exporting import exported_rows
from fairplatform.workbook.importing import Plan, import_workbook
from fairplatform.workbook.row import CLEAR
from meetings.models import Meeting
from tests.factories import NOW, make_conversation
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
    ("people", 3, {"company": CLEAR}, ("company", "needed")),
    ("people", 3, {"company": "Nobody Ltd"}, ("company", "reference_unknown")),
    ("people", 7, {"email": "wang@anvil.example"}, ("email", "email_taken")),
    ("products", 3, {"price_high": Decimal(1)}, ("price_high", "lowest_above_highest")),
    ("products", 3, {"price_low": Decimal("1.00001")}, ("price_low", "price_too_fine")),
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


@pytest.mark.parametrize(("sheet", "row", "cells", "error"), ERRORS)
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
    codes = {code for _sheet, _row, _column, code in found(plan, "error")}
    assert codes == {error[1]}
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
        {"fair": [{"slug": "ae2026"}], "companies": [{"name_en": "BOLT  works", "country": "CN", "city_zh": "绍兴"}]}
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


def test_what_the_ledger_holds_is_checked_and_not_stored_yet() -> None:
    sheets = whole_fair() | {
        "rates": [{"date": date(2026, 10, 1), "from": "USD", "to": "CNY", "rate": Decimal(7), "source": "PBoC"}]
    }
    plan, fair = run(sheets)
    assert fair
    assert found(plan, "warning") == [("rates", 3, None, "not_stored_yet")]


def test_a_booth_without_approval_and_a_column_without_a_place_are_said() -> None:
    sheets = whole_fair()
    sheets["companies"][1] |= {"booth": "9", "state": "waiting"}
    sheets["companies"][0] |= {"booth": "A-7"}
    sheets["people"][3] |= {"position": "sales"}
    sheets["products"][1] |= {"hall_shown": 2}
    for _ in range(2):
        plan, fair = run(sheets)
        assert fair
        assert found(plan, "warning") == [
            ("companies", 3, "booth", "booth_number"),
            ("companies", 4, "booth", "booth_later"),
            ("people", 6, "position", "not_of_role"),
            ("products", 4, "hall_shown", "hall_without_booth"),
        ]
    assert plan.counts("updated") == {}
