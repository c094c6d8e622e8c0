"""Reading lists of units' own making: where their titles are, what the columns are, and which rows are firms."""

from pathlib import Path

import openpyxl
import pytest

from fairplatform.workbook.files.table import UnreadableFile
from fairplatform.workbook.lists.grids import open_list
from fairplatform.workbook.lists.headers import guess_header, guess_sheet
from tests.workbook.list_files import codes, composed, csv_list, rows, xlsx_list

COUNTY_LIST = Path(__file__).parent / "files/county_list.xls"


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as refused:
        open_list(path, path.name)
    return refused.value.code


def test_old_workbook_with_two_rows_of_titles() -> None:
    grids = open_list(COUNTY_LIST, "county_list.xls")
    assert ([grid.title for grid in grids], guess_sheet(grids), guess_header(grids[0])) == (["附件1", "说明"], 0, 5)
    assert codes(grids[0]) == [
        "", "companies.county", "companies.name", "companies.registration", "companies.tagline", "companies.sells_hs",
        "people.1.name", "people.1.position", "people.1.mobile", "people.2.name", "people.2.mobile",
        "companies.remarks",
    ]  # fmt: skip


def test_merged_cells_are_filled_down(tmp_path: Path) -> None:
    table = [["County list"], ["县", "企业名称"], ["东", "A"], [None, "B"], [None, "C"], ["西", "D"]]
    grid = xlsx_list(tmp_path, table, ["A1:B1", "A3:A5"])
    assert [grid.rows[number][1] for number in (3, 4, 5, 6)] == ["东", "东", "东", "西"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            ["S.No", "Name of Firm", "NTN", "City", "Contact Person", "Cell No.", "WhatsApp", "E-mail", "Products",
             "Remarks"],
            ["", "companies.name", "companies.tax_number", "companies.city", "people.1.name", "people.1.mobile",
             "people.1.whatsapp", "people.1.email", "companies.tagline", "companies.remarks"],
        ),
        (
            ["نمبر شمار", "کمپنی کا نام", "شہر", "رابطہ", "عہدہ", "موبائل نمبر", "ای میل"],
            ["", "companies.name", "companies.city", "people.1.name", "people.1.position", "people.1.mobile",
             "people.1.email"],
        ),
        (
            ["单位名称", "法人", "联系人", "职务", "手机号码", "联系人", "职务", "手机号码", "微信2"],
            ["companies.name", "", "people.1.name", "people.1.position", "people.1.mobile", "people.2.name",
             "people.2.position", "people.2.mobile", "people.2.wechat"],
        ),
        (["企业名称（全称）", "企业英文名称", "地址", "地址", "身份证号"],
         ["companies.name", "companies.name", "companies.address", "companies.address", ""]),
        (["公司名称", "县区", "所属县", "什么"], ["companies.name", "companies.county", "", ""]),
    ],
)  # fmt: skip
def test_columns_are_proposed_by_their_titles(tmp_path: Path, header: list[str], expected: list[str]) -> None:
    assert codes(xlsx_list(tmp_path, [["A list of firms"], [], header, ["x"] * len(header)])) == expected


def test_what_was_said_before_counts_more_than_a_title(tmp_path: Path) -> None:
    grid = xlsx_list(tmp_path, [["Company", "Products", "Products"], ["A", "B", "C"]])
    remembered = {"products#1": "companies.story", "products#2": "", "company#1": "companies.gone"}
    assert codes(grid, remembered) == ["", "companies.story", ""]


def test_rows_that_are_no_firms_are_left_out(tmp_path: Path) -> None:
    table = [
        ["City", "Company", "Cell No"],
        ["Lahore", "Total Lattice Traders (Demo)", "+86 000 0000 0001"],
        ["Lahore", None, None],
        ["City", "Company", "Cell No"],
        ["Karachi Sub-total", None, 2],
        ["Karachi section", None, None],
        [None, "Grand total", 2],
        ["کل میزان", None, 2],
        ["Prepared by: somebody", None, None],
    ]
    made = composed(xlsx_list(tmp_path, table, ["A6:C6"]))
    assert ([number for number, _values in rows(made, "companies")], made.left_out) == ([20], [4, 5, 6, 7, 8, 9])


def test_names_go_to_the_language_they_are_written_in(tmp_path: Path) -> None:
    table = [
        ["Company", "Company name in English", "City"],
        ["冰裂纹贸易（Demo）", "Ice Crack Trading (Demo)", "لاہور"],
        ["فرضی تاجر (Demo)", None, None],
        ["One (Demo)", "Another (Demo)", None],
    ]
    made = composed(xlsx_list(tmp_path, table))
    assert rows(made, "companies") == [
        (20, {"name_zh": "冰裂纹贸易（Demo）", "name_en": "Ice Crack Trading (Demo)", "city_ur": "لاہور"}),
        (30, {"name_ur": "فرضی تاجر (Demo)", "city_en": "Lahore"}),
        (40, {"name_en": "One (Demo)", "city_en": "Lahore"}),
    ]
    assert [(one.row, one.column, one.code) for one in made.workbook.findings] == [(40, "name_en", "list_texts_differ")]


def test_texts_of_several_columns_are_joined(tmp_path: Path) -> None:
    made = composed(
        xlsx_list(tmp_path, [["Company", "Remarks", "备注", "HS code"], ["A", "one", "two", "8205、8301/3924"]])
    )
    values = made.workbook.rows["companies"][0].values
    assert (values["remarks"], values["sells_hs"]) == ("one; two", ["8205", "8301", "3924"])


def test_contact_written_twice_is_one_person(tmp_path: Path) -> None:
    table = [
        ["Company", "Contact 1", "Mobile 1", "Contact 2", "Mobile 2"],
        ["A", "One", "+8600000000001", "One", "+8600000000001"],
    ]
    assert [number for number, _values in rows(composed(xlsx_list(tmp_path, table)), "people")] == [21]


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("参展名单\r\n\r\n企业名称;手机\r\n冰裂纹厂（Demo）;+86 000 0000 0001\r\n", "gb18030", "冰裂纹厂（Demo）"),
        ("فہرست\r\nکمپني;موبائل\r\nتاجر لاہور (Demo);+86 000 0000 0001\r\n", "cp1256", "تاجر لاہور (Demo)"),
        ("A list\nCompany\tMobile\nLattice (Demo)\t+86 000 0000 0001\n", "utf-16", "Lattice (Demo)"),
    ],
)  # fmt: skip
def test_text_of_any_encoding_and_delimiter(tmp_path: Path, text: str, encoding: str, name: str) -> None:
    made = composed(csv_list(tmp_path, text, encoding))
    [(_number, values)] = rows(made, "companies")
    [(_number, person)] = rows(made, "people")
    assert (name in values.values(), person) == (True, {"mobile": "+8600000000001"})


def test_files_that_are_no_lists_are_refused(tmp_path: Path) -> None:
    old = COUNTY_LIST.read_bytes()
    contents = {
        "file_empty": b"",
        "list_empty": b"\n\n",
        "file_other_format": b"<html><table></table>",
        "file_macros": old + "_VBA_PROJECT_CUR".encode("utf-16-le"),
        "file_encrypted": old[:512] + "EncryptedPackage".encode("utf-16-le"),
        "file_broken": old[:700] + b"\xff" * 900,
    }
    found = {}
    for code, content in contents.items():
        path = tmp_path / code
        path.write_bytes(content)
        found[code] = refusal(path)
    assert found == {code: code for code in contents}


def test_list_with_too_many_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fairplatform.workbook.lists.grids.MOST_ROWS", 3)
    path = tmp_path / "list"
    path.write_text("Company\nA\nB\n")
    assert len(open_list(path, "list.csv")[0].rows) == 3
    path.write_text("Company\nA\nB\nC\n")
    assert refusal(path) == "too_many_rows"


def test_merged_cells_that_would_fill_the_memory_are_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page["A1"] = "Company"
    page.merged_cells.add("A1:A1000000")
    book.save(tmp_path / "list.xlsx")
    assert refusal(tmp_path / "list.xlsx") == "file_bomb"


@pytest.mark.parametrize("merged", [[], ["B2:B1201"]])
def test_long_text_in_very_many_rows_is_refused(tmp_path: Path, merged: list[str]) -> None:
    """In the file it stands once. What is kept of a list's bad rows, and loaded by pages, would have it in each."""
    long = "a" * 4000
    rows = [[f"Firm {number}", "" if merged and number else long] for number in range(1200)]
    with pytest.raises(UnreadableFile, match="file_exhausting"):
        xlsx_list(tmp_path, [["Company", "Remarks"], *rows], merged)
