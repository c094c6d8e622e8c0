"""How sheets, columns and rows of a workbook are found and checked."""

from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override

from fairplatform.workbook.planning.checks import problems_of_row
from fairplatform.workbook.reading import CLEAR, UnreadableFile, read
from fairplatform.workbook.sheets import SHEETS, Sheet
from tests.workbook.making import found, read_rows, values, xlsx

HALLS = [{"number": 1, "name_en": "Locks"}, {"number": 2, "name_zh": "工具"}]


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("halls", [["number", "name_en", "name_zh"]]),
        ("Halls", [["Number", "Name (English)", "Name (Chinese)"]]),
        ("展馆", [["编号", "名称（英文）", "名称（中文）"]]),
        ("ہال", [["نمبر", "نام (انگریزی)", "نام (چینی)"]]),
        ("هال", [["نمبر", "نام (انگريزي)", "نام (چيني)"]]),
        (" HALLS ", [["NUMBER*", "  name  (english)*", "Name (Chinese)"]]),
        ("halls", [["编号", "Name (English)", "نام (چینی)"]]),
        ("\u200fہال", [["\u200fنمبر", "\ufeffName (English)", "name_zh\u200b"]]),
        ("halls", [["Number", "Name (English)", "Name (Chinese)"], ["number", "name_en", "name_zh"]]),
        ("halls", [["our no.", "in English", "in Chinese"], ["number", "name_en", "name_zh"]]),
        ("halls", [["", "", ""], ["number", "name_en", "name_zh"]]),
        ("halls", [["Number", "Name (English)", "??"], ["number", "", "name_zh"]]),
    ],
)
def test_columns_are_found_by_key_or_by_title_in_any_language(
    tmp_path: Path, title: str, rows: list[list[object]]
) -> None:
    workbook = read_rows(tmp_path, {title: [*rows, [1, "Locks", None], [2, None, "工具"]]})
    assert [row.values for row in workbook.rows["halls"]] == HALLS
    assert workbook.findings == []


def test_rows_keep_the_numbers_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    rows = [["number", "name_en"], [], [1, "Locks"], [" ", ""], [], [2, "Tools"]]
    assert values(read_rows(tmp_path, {"halls": rows}), "halls") == [
        (3, {"number": 1, "name_en": "Locks"}),
        (6, {"number": 2, "name_en": "Tools"}),
    ]


def test_what_is_unknown_is_left_out_with_a_warning_unless_it_is_blank(tmp_path: Path) -> None:
    workbook = read_rows(
        tmp_path,
        {
            "halls": [["number", "name_en", "our note", None], [1, "Locks", "x", None]],
            "Sheet2": [[None, "a remark"]],
            "Sheet3": [[None, ""]],
        },
    )
    assert found(workbook) == [
        ("halls", None, None, "column_unknown", "warning"),
        ("Sheet2", None, None, "sheet_unknown", "warning"),
    ]
    assert workbook.findings[0].text == "Column our note is not known and was skipped. Check its title."


def test_doubled_columns_and_sheets_are_errors(tmp_path: Path) -> None:
    rows = [["number", "name_en", "Number"], [1, "Locks", 2]]
    assert found(read_rows(tmp_path, {"halls": rows, "展馆": rows})) == [
        ("halls", None, "number", "column_doubled", "error"),
        ("halls", None, None, "sheet_doubled", "error"),
    ]


def test_a_sheet_without_its_titles_is_an_error(tmp_path: Path) -> None:
    assert found(read_rows(tmp_path, {"halls": [["Halls of our fair"], [1, "Locks"]]})) == [
        ("halls", None, None, "no_header", "error")
    ]


def test_a_file_without_a_sheet_of_a_fair_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_rows(tmp_path, {"Sheet1": [["a"]]})
    assert caught.value.code == "no_sheets"


def test_none_in_brackets_clears_and_an_empty_cell_says_nothing(tmp_path: Path) -> None:
    rows = [["number", "name_en", "name_ur", "headings"], [1, "Locks", "(none)", "（NONE）"], [2, "Tools", None, ""]]
    assert values(read_rows(tmp_path, {"halls": rows}), "halls") == [
        (2, {"number": 1, "name_en": "Locks", "name_ur": CLEAR, "headings": CLEAR}),
        (3, {"number": 2, "name_en": "Tools"}),
    ]


COMPANY = {"key": "yk", "name_en": "Yongli", "country": "CN", "city_en": "Yongkang", "sells": "yes"}
PERSON = {"name_en": "Li", "role": "interpreter", "write_in": "zh", "country": "CN"}
PRODUCT = {"company": "yk", "article": "1", "name_en": "Lock", "hs": "8301"}


@pytest.mark.parametrize(
    ("sheet", "row", "findings"),
    [
        ("companies", COMPANY, []),
        ("companies", COMPANY | {"key": ""}, []),
        ("companies", COMPANY | {"country": ""}, [("country", "needed", "error")]),
        ("companies", COMPANY | {"country": "(none)"}, [("country", "needed", "error")]),
        ("companies", COMPANY | {"country": "XX"}, [("country", "country_unknown", "error")]),
        ("companies", COMPANY | {"name_en": "", "name_ur": "یونگلی"}, []),
        ("companies", COMPANY | {"name_en": ""}, [("name_en", "needed_one_of", "error")]),
        ("companies", COMPANY | {"sells": ""}, [("sells", "needed_one_of", "error")]),
        ("companies", COMPANY | {"sells": "no", "buys": "no"}, [("sells", "sells_or_buys", "error")]),
        ("companies", COMPANY | {"city_en": "Dubai"}, [("city_en", "not_in_list", "warning")]),
        ("companies", COMPANY | {"country": "AE", "city_en": "Dubai"}, []),
        ("companies", COMPANY | {"city_en": "Yung-kang", "city_zh": "永康"}, []),
        ("companies", COMPANY | {"plan_12_months": 5}, [("plan_currency", "currency_needed", "error")]),
        (
            "companies",
            COMPANY | {"min_meetings": 5, "max_meetings": 4},
            [("max_meetings", "lowest_above_highest", "error")],
        ),
        ("people", PERSON, []),
        ("people", PERSON | {"role": "staff"}, [("company", "needed", "error")]),
        ("people", PERSON | {"role": "manager", "company": "yk"}, []),
        ("people", PERSON | {"role": "delegated"}, [("recruiting_unit", "needed", "error")]),
        ("people", PERSON | {"position": "Deputy head"}, [("position", "not_in_list", "warning")]),
        (
            "products",
            PRODUCT | {"price_low": 2, "price_high": 1, "currency": "USD"},
            [("price_high", "lowest_above_highest", "error")],
        ),
        ("products", PRODUCT | {"price_low": 2}, [("currency", "currency_needed", "error")]),
        (
            "days",
            {"date": date(2026, 5, 12), "starts": "15:00", "ends": "10:00", "zone": "Asia/Karachi"},
            [("ends", "ends_before_start", "error")],
        ),
        (
            "days",
            {"date": date(2026, 5, 12), "starts": "22:00", "ends": "01:00", "zone": "Asia/Karachi"},
            [("ends", "ends_next_day", "warning")],
        ),
        (
            "calendars",
            {"country": "PK", "weekdays": "1-6", "opens": "20:00", "closes": "24:00", "pauses": "23:30-24:00 Tea"},
            [("closes", "ends_next_day", "warning")],
        ),
        ("holidays", {"date": "2026-05-01", "country": "PK", "from": "22:00", "to": "01:00"}, [
            ("to", "ends_before_start", "error"),
        ]),
        (
            "calendars",
            {"country": "PK", "weekdays": "1-6", "opens": "09:00", "closes": "09:00"},
            [("closes", "ends_before_start", "error")],
        ),
        (
            "calendars",
            {"country": "PK", "city": "Kasur", "weekdays": "5", "opens": "09:00", "closes": "12:00"},
            [("city", "not_in_list", "warning")],
        ),
        (
            "calendars",
            {"country": "AE", "weekdays": "5", "opens": "09:00", "closes": "12:00", "zone": "Asia/Karachi"},
            [("zone", "zone_elsewhere", "warning")],
        ),
        (
            "calendars",
            {"country": "IN", "weekdays": "5", "opens": "09:00", "closes": "12:00", "zone": "Asia/Calcutta"},
            [],
        ),
        ("holidays", {"date": "2026-05-01", "country": "KE", "city": "Nairobi"}, []),
        ("holidays", {"date": "2026-05-01", "country": "PK", "from": "12:00"}, [("to", "needed_together", "error")]),
        ("absences", {"who": "yk", "date": "2026-05-12"}, []),
        (
            "pairs",
            {"exhibitor": "yk", "buyer": "rv", "date": "2026-05-12"},
            [("time", "needed_together", "error")],
        ),
        ("ledger", {"kind": "mou", "provenance": "parties"}, [("provenance", "parties_confirm", "error")]),
        ("ledger", {"kind": "mou", "provenance": "report", "amount": 5}, [("currency", "currency_needed", "error")]),
    ],
)  # fmt: skip
def test_each_row_is_checked_by_itself(
    tmp_path: Path, sheet: str, row: dict[str, object], findings: list[tuple[str, str, str]]
) -> None:
    workbook = read_rows(tmp_path, {sheet: [list(row), list(row.values())]})
    refused = [one.column for one in workbook.findings if one.severity == "error"]
    problems = [one for one in problems_of_row(workbook.rows[sheet][0]) if one.column not in refused]
    said = [(one.column, one.code, one.severity) for one in (*workbook.findings, *problems)]
    assert said == findings


@pytest.mark.parametrize(
    ("sheet", "first", "second", "findings"),
    [
        ("companies", COMPANY, COMPANY | {"name_en": "Other"}, [("key", "key_doubled")]),
        ("companies", COMPANY | {"key": ""}, COMPANY | {"key": "", "city_en": "Yiwu"}, []),
        ("companies", COMPANY | {"key": ""}, COMPANY | {"key": "", "name_en": "YONGLI"}, [("name_en", "row_doubled")]),
        ("companies", COMPANY | {"key": ""}, COMPANY, []),
        ("bodies", {"part": "host", "name_en": "A"}, {"part": "host", "name_en": "A"}, [("part", "row_doubled")]),
        ("bodies", {"part": "host", "name_en": "A"}, {"part": "supporting", "name_en": "A"}, []),
        ("halls", {"number": 1, "name_en": "A"}, {"number": 1, "name_en": "B"}, [("number", "row_doubled")]),
        ("products", PRODUCT, PRODUCT | {"article": "2"}, []),
        ("products", PRODUCT | {"article": "1a"}, PRODUCT | {"article": "1A"}, []),
        ("products", PRODUCT, PRODUCT | {"name_en": "Other"}, [("company", "row_doubled")]),
        (
            "preferences",
            {"company": "a", "wants": "b;c", "wish": "must"},
            {"company": "a", "wants": "c", "wish": "no"},
            [("company", "row_doubled")],
        ),
        (
            "pairs",
            {"exhibitor": "a", "buyer": "b"},
            {"exhibitor": "b", "buyer": "a"},
            [],
        ),
        (
            "calendars",
            {"country": "PK", "weekdays": "1-4;6", "opens": "09:00", "closes": "18:00"},
            {"country": "PK", "weekdays": "5", "opens": "09:00", "closes": "12:00"},
            [],
        ),
        (
            "rates",
            {"date": "2026-05-12", "from": "USD", "to": "CNY", "rate": 7, "source": "a"},
            {"date": "2026-05-12", "from": "USD", "to": "CNY", "rate": 8, "source": "b"},
            [("date", "row_doubled")],
        ),
    ],
)
def test_two_rows_that_are_the_same_one_are_an_error(
    tmp_path: Path, sheet: str, first: dict[str, object], second: dict[str, object], findings: list[tuple[str, str]]
) -> None:
    columns = list(first | second)
    rows = [columns, *([row.get(column) for column in columns] for row in (first, second))]
    workbook = read_rows(tmp_path, {sheet: rows})
    assert found(workbook) == [(sheet, 3, *finding, "error") for finding in findings]
    columns_named = {} if findings == [("key", "key_doubled")] else {"columns": SHEETS[sheet].telling}
    expected = {"row": "3", "other": "2"} | columns_named
    assert [one.parameters for one in workbook.findings] == [expected for _finding in findings]


def test_two_rows_of_one_item_are_told_by_the_titles_of_what_they_have_in_common(tmp_path: Path) -> None:
    days = [["date", "starts", "ends", "zone"], *([date(2026, 5, 12), "09:00", "12:00", "Asia/Dubai"] for _ in "12")]
    companies = [list(COMPANY), *([*COMPANY.values()] for _ in "12")]
    workbook = read_rows(tmp_path, {"days": days, "companies": [["", *row[1:]] for row in companies]})
    assert [one.text for one in workbook.findings if one.code == "row_doubled"] == [
        "Rows 2 and 3 are the same item. Delete one, or correct what tells them apart: Date.",
        "Rows 2 and 3 are the same item. Delete one, or correct what tells them apart: "
        "Key · Registration number · Company name · City.",
    ]


def test_the_fair_has_one_row(tmp_path: Path) -> None:
    fair = {
        "slug": "pk26", "name_en": "Fair", "host_country": "CN", "station_country": "PK", "host_zone": "Asia/Shanghai",
        "station_zone": "Asia/Karachi", "slot_minutes": 25,
    }  # fmt: skip
    workbook = read_rows(
        tmp_path, {"fair": [list(fair), list(fair.values()), list((fair | {"slug": "ae26"}).values())]}
    )
    assert found(workbook) == [("fair", 3, None, "one_row_only", "error")]


def test_a_finding_says_what_to_do_in_the_readers_language(tmp_path: Path) -> None:
    [finding] = read_rows(tmp_path, {"halls": [["number", "name_en"], ["first", "Locks"]]}).findings
    assert finding.text == "“first” is not a clear number. Enter digits only, such as 12500 or 12500.50."
    with override("en"):
        assert finding.parameters == {"text": "first"}


def test_progress_is_told_for_each_sheet(tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    halls = [["number", "name_en"], *([number, "Hall"] for number in range(1, 1502))]
    read(xlsx(tmp_path / "fair.xlsx", {"halls": halls}), lambda sheet, rows: told.append((sheet, rows)))
    assert told == [("halls", 1000), ("halls", 1501)]


def test_findings_of_one_kind_are_counted_beyond_a_limit(tmp_path: Path) -> None:
    halls = [["number", "name_en"], *(["x", "Hall"] for _number in range(2003))]
    findings = read_rows(tmp_path, {"halls": halls}).findings
    assert len(findings) == 2001
    assert findings[-1].text == "More of this type in this sheet: 3. Correct the ones shown first."
    assert (findings[-1].code, findings[-1].severity) == ("more_findings", "error")


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=list(SHEETS))
def test_no_title_stands_for_two_columns(sheet: Sheet) -> None:
    names = [{column.key, *map(str.casefold, column.titles.values())} for column in sheet.columns]
    assert sum(map(len, names)) == len(set().union(*names))
