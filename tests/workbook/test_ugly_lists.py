"""What else real lists have: hidden parts, several numbers in a cell, numbers that a spreadsheet has spoiled."""

from pathlib import Path

import pytest
from django.utils.translation import override

from fairplatform.workbook.findings import sentence
from fairplatform.workbook.lists.grids import open_list
from fairplatform.workbook.lists.headers import guess_header
from tests.workbook.list_files import CHINA, ONE, codes, composed, firms, found, opened, rows, sheet_of, xlsx_list

# Saved by LibreOffice: merged firms and titles, a hidden column.
BUREAU_LIST = Path(__file__).parent / "files/bureau_list.xls"


def test_hidden_rows_are_read_only_if_somebody_says_so(tmp_path: Path) -> None:
    page = sheet_of([["Company"], ["A (Demo)"], ["B (Demo)"], ["C (Demo)"]])
    page.auto_filter.ref = "A1:A4"
    page.row_dimensions[3].hidden = True
    grid = opened(tmp_path, page)
    without, whole = composed(grid), composed(grid, with_hidden=True)
    assert ([number for number, _values in rows(without, "companies")], without.unseen) == ([20, 40], [3])
    assert ([number for number, _values in rows(whole, "companies")], whole.unseen) == ([20, 30, 40], [])


def test_hidden_columns_are_not_read_unless_they_were_before(tmp_path: Path) -> None:
    page = sheet_of([["Company", "Contact person", "Mobile"], ["A (Demo)", "One", ONE]])
    page.column_dimensions.group("B", "C", hidden=True)
    grid = opened(tmp_path, page)
    assert codes(grid) == ["companies.name", "", ""]
    assert codes(grid, {"mobile#1": "people.1.mobile"}) == ["companies.name", "", "people.1.mobile"]


def test_old_workbook_with_merged_firms_and_a_hidden_column() -> None:
    [grid] = open_list(BUREAU_LIST, "bureau_list.xls")
    made = composed(grid, CHINA)
    assert (guess_header(grid), grid.hidden.columns, firms(made), made.left_out) == (
        5, {11}, [(6, 7, 8), (9,), (10,), (13,)], [11, 14, 15, 16],
    )  # fmt: skip
    assert [values.get("founded") for _number, values in rows(made, "companies")] == [2010, 2008, None, 2015]
    assert [values.get("sells_hs") for _number, values in rows(made, "companies")] == [
        ["820540", "830110", "8302"], ["850110"], ["6203"], ["62"],
    ]  # fmt: skip
    read = [values for _number, values in rows(made, "people")]
    assert [(values["name_zh"], values.get("mobile"), values.get("remarks")) for values in read] == [
        ("张演示", "+8613800138001", "office@demo.example"),
        ("李演示", "+8613800138002", None),
        ("王演示", "+8613800138003", None),
        ("赵演示", None, None),
        ("周演示", "+8613800138005", "13800138006"),
        ("吴演示", "+8613800138007", "0579-85550000"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "cell", "kept", "remarks"),
    [
        ("Mobile", "0300-1234568 / 021-35551234", "+923001234568", "021-35551234"),
        ("Mobile", "021-35551234, 0300-1234568; 0321-1234568", "+923001234568", "021-35551234; 0321-1234568"),
        ("Mobile", "021-35551234\n021-35551235", "+922135551234", "021-35551235"),
        ("Email", "one@demo.example; two@demo.example", "one@demo.example", "two@demo.example"),
        ("Email", "one@demo.example\ntwo@demo.example", "one@demo.example", "two@demo.example"),
        ("Email", "one@demo.example;", "one@demo.example", None),
        ("Email", "one@demo.example / one@demo.example", "one@demo.example", None),
    ],
)
def test_first_of_several_is_kept_and_the_others_are_remarks(
    tmp_path: Path, title: str, cell: str, kept: str, remarks: str | None
) -> None:
    made = composed(xlsx_list(tmp_path, [["Company", "Contact person", title], ["A (Demo)", "One", cell]]))
    values = made.workbook.rows["people"][0].values
    assert (values[title.lower()], values.get("remarks")) == (kept, remarks)
    assert [code for _row, _column, code in found(made)] == (["list_first_kept"] if remarks else [])


@pytest.mark.parametrize(
    ("title", "cell", "code"),
    [
        ("Mobile", "0300-1234567/8", "phone_unreadable"),
        ("Mobile", "0300-1234567 / ask Ali", "phone_unreadable"),
        ("Mobile", "9.23001E+11", "number_shortened"),
        ("Mobile", 9.23001e11, "digits_lost"),
        ("Email", "one@demo.example / none", "email_form"),
    ],
)
def test_what_may_be_read_in_two_ways_is_asked_back(tmp_path: Path, title: str, cell: object, code: str) -> None:
    made = composed(xlsx_list(tmp_path, [["Company", "Contact person", title], ["A (Demo)", "One", cell]]))
    assert [code for _row, _column, code in found(made)] == [code]


@pytest.mark.parametrize(
    ("cell", "year"),
    [("2010-05-12", 2010), ("2010年5月", 2010), ("12/05/2010", 2010), ("May 1998", 1998), ("1998", 1998)],
)
def test_date_of_founding_has_a_year(tmp_path: Path, cell: str, year: int) -> None:
    made = composed(xlsx_list(tmp_path, [["Company", "Founded"], ["A (Demo)", cell]]))
    assert [values["founded"] for _number, values in rows(made, "companies")] == [year]


def test_two_years_are_asked_back(tmp_path: Path) -> None:
    made = composed(xlsx_list(tmp_path, [["Company", "Founded"], ["A (Demo)", "1998 / 2010"]]))
    assert found(made) == [(20, "founded", "not_a_number")]


def test_sentences_name_what_was_kept() -> None:
    with override("en"):
        assert sentence("list_first_kept", {"text": "0300"}) == (
            "The cell has several values: 0300 was read, the others were put in the remarks."
        )
