"""What an import doubts in pairs that are pinned to a time, or need an interpreter."""

from datetime import date, time
from typing import Any

import pytest

from fairplatform.workbook.exporting import exported_rows
from fairplatform.workbook.importing import import_workbook
from tests.factories import NOW
from tests.workbook.whole_fair import Sheets, whole_fair, workbook

pytestmark = pytest.mark.django_db

Doubt = tuple[int | None, str | None, str, dict[str, str]]
PIN = {"date": date(2026, 10, 12), "time": time(9, 30), "zone": "Asia/Dubai"}
OTHER = {"exhibitor": "anvil", "buyer": "sand-trading"}


def doubts(sheets: Sheets) -> list[Doubt]:
    plan, fair = import_workbook(workbook(sheets), now=NOW)
    assert fair
    assert all(one.text for one in plan.findings)
    return [(one.row, one.column, one.code, dict(one.parameters)) for one in plan.findings if one.sheet == "pairs"]


def pairs(*added: dict[str, Any]) -> Sheets:
    sheets = whole_fair()
    del sheets["preferences"][1]  # anvil does not want to meet sand-trading
    sheets["pairs"] += [OTHER | PIN | one for one in added]
    return sheets


def test_a_company_at_more_meetings_of_one_time_than_it_has_desks_is_said() -> None:
    sheets = pairs({})
    assert doubts(sheets) == []  # anvil has two desks
    sheets["companies"][0]["desks"] = 1
    assert doubts(sheets) == [(4, "time", "company_booked_twice", {"key": "anvil"})]


def test_the_pairs_that_are_stored_count_as_well() -> None:
    sheets = pairs()
    sheets["companies"][0]["desks"] = 1
    assert doubts(sheets) == []
    added = {"fair": [{"slug": "ae2026"}], "pairs": [OTHER | PIN]}
    assert doubts(added) == [(3, "time", "company_booked_twice", {"key": "anvil"})]


def test_a_meeting_that_begins_when_another_has_ended_doubles_nobody() -> None:
    sheets = pairs({"time": time(10), "interpreter_key": "li"})
    sheets["companies"][0]["desks"] = 1
    assert doubts(sheets) == []


def test_an_interpreter_at_two_meetings_of_one_time_is_said() -> None:
    sheets = pairs({"interpreter_key": "li"})
    assert doubts(sheets) == [(4, "time", "interpreter_booked_twice", {"key": "li"})]


def test_a_time_at_which_no_meeting_starts_is_said() -> None:
    assert doubts(pairs({"time": time(10, 10)})) == [(4, "time", "pinned_off_grid", {})]
    # The same moment by the clock of another zone.
    assert doubts(pairs({"time": time(14), "zone": "Asia/Shanghai"})) == []


def test_an_evening_in_america_is_a_day_of_the_fair_on_the_next_morning_in_china() -> None:
    sheets = pairs({"date": date(2026, 10, 13), "time": time(9), "zone": "Asia/Shanghai"})
    sheets["days"] = [sheets["days"][0] | {"starts": time(20), "ends": time(23), "zone": "America/New_York"}]
    del sheets["pairs"][0]
    assert doubts(sheets) == [(3, "time", "pinned_outside_hours", {"key": "sand-trading"})]


def test_a_time_outside_the_hours_of_each_of_the_two_is_said() -> None:
    at_lunch = {"time": time(12), "zone": "Asia/Shanghai"}
    sheets = pairs(at_lunch)
    sheets["days"][0] |= {"starts": time(8)}
    assert doubts(sheets) == [
        (4, "time", "pinned_outside_hours", {"key": "anvil"}),
        (4, "time", "pinned_outside_hours", {"key": "sand-trading"}),
    ]


def test_a_holiday_of_its_city_closes_a_company() -> None:
    sheets = pairs()
    sheets["pairs"][0] |= {"date": date(2026, 10, 13), "time": time(9)}
    del sheets["absences"][1]  # the interpreter's
    assert doubts(sheets) == [(3, "time", "pinned_outside_hours", {"key": "gulf"})]


@pytest.mark.parametrize(
    ("absence", "row"),
    [
        ({"who": "anvil", "from_time": time(9), "to_time": time(10), "zone": "Asia/Dubai"}, 3),
        # Without a zone, by the clock of the company, which is four hours ahead.
        ({"who": "anvil", "from_time": time(14), "to_time": time(15)}, 4),
        ({"who": "li"}, 4),
    ],
)
def test_a_time_at_which_a_company_or_the_interpreter_is_absent_is_said(absence: dict[str, Any], row: int) -> None:
    sheets = pairs({"time": time(10), "interpreter_key": "li"})
    del sheets["pairs"][0]["interpreter_key"]
    sheets["absences"] = [{"date": date(2026, 10, 12)} | absence]
    assert doubts(sheets) == [(row, "time", "pinned_while_absent", {"key": absence["who"]})]


def test_languages_that_nobody_interprets_are_said() -> None:
    sheets = pairs()
    sheets["pairs"][0]["language_pair"] = "ar-zh"
    assert doubts(sheets) == []
    sheets["pairs"][0]["language_pair"] = "zh-ur"
    assert doubts(sheets) == [(3, "language_pair", "interpreter_of_languages", {"languages": "zh-ur"})]
    sheets["pairs"][0]["interpreter"] = "none"
    assert doubts(sheets) == []


def test_a_fair_without_interpreters_is_said() -> None:
    sheets = pairs()
    del sheets["people"][2], sheets["absences"][1], sheets["pairs"][0]["interpreter_key"]
    assert doubts(sheets) == [(3, "interpreter", "interpreter_of_none", {})]


def test_doubts_about_pairs_change_nothing_at_the_next_import() -> None:
    sheets = pairs({"time": time(10, 10)})
    _, fair = import_workbook(workbook(sheets), now=NOW)
    assert fair
    before = exported_rows(fair)
    plan, _ = import_workbook(workbook(sheets), now=NOW)
    assert (plan.counts("updated"), plan.counts("created"), exported_rows(fair)) == ({}, {}, before)
