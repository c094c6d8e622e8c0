"""Which cells of a unit's list are titles: in two rows, in two languages, repeated, and above sums."""

from pathlib import Path

import openpyxl
import pytest

from fairplatform.workbook.lists.grids import open_list
from fairplatform.workbook.lists.headers import guess_header, guess_sheet, titles
from tests.workbook.list_files import ONE, TWO, codes, composed, csv_list, rows, xlsx_list


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_titles_in_two_rows_of_a_text_file(tmp_path: Path, encoding: str) -> None:
    text = (
        "西示县商务局,,,,,,\n参会企业名单,,,,,,\n序号,企业名称,所在城市,联系人,,,主要产品\n,,,姓名,手机号码,邮箱,\n"
        "1,冰裂纹厂（Demo）,金华,张三,+86 000 0000 0001,,锁具\n"
    )
    grid = csv_list(tmp_path, text, encoding)
    assert (guess_header(grid), list(titles(grid, 4).values())) == (
        4, ["序号", "企业名称", "所在城市", "联系人 · 姓名", "联系人 · 手机号码", "联系人 · 邮箱", "主要产品"],
    )  # fmt: skip
    assert codes(grid) == [
        "", "companies.name", "companies.city", "people.1.name", "people.1.mobile", "people.1.email",
        "companies.tagline",
    ]  # fmt: skip


def test_titles_in_two_rows_in_urdu(tmp_path: Path) -> None:
    text = (
        "کراچي چيمبر,,,\nشرکا کي فہرست,,,\nفرم کا نام,شہر,رابطہ 1,,رابطہ 2,\n,,نام,موبائل,نام,موبائل\n"
        "جالي تاجر (Demo),کراچي,علي,,بلال,\n"
    )
    assert codes(csv_list(tmp_path, text, "cp1256")) == [
        "companies.name", "companies.city", "people.1.name", "people.1.mobile", "people.2.name", "people.2.mobile",
    ]  # fmt: skip


def test_titles_in_two_rows_without_merged_cells(tmp_path: Path) -> None:
    table = [
        ["Chamber of Demo", None, "March"],
        ["Sr. #", "Name of the Firm", "Contact", None, "Emirate"],
        [None, None, "Name", "Phone", None],
        [1, "Lattice (Demo)", "Ali", "+92 000 0000001", "Dubai"],
    ]
    grid = xlsx_list(tmp_path, table)
    assert (guess_header(grid), codes(grid)) == (
        3, ["", "companies.name", "people.1.name", "people.1.mobile", "companies.city"],
    )  # fmt: skip


def test_first_firm_is_no_second_row_of_titles(tmp_path: Path) -> None:
    table = [["Company", "City", "Remarks", "Contact"], ["Mobile", None, None, None], ["A", "B", "C", "D"]]
    assert guess_header(xlsx_list(tmp_path, table)) == 1


def test_titles_repeated_in_two_rows_are_no_firms(tmp_path: Path) -> None:
    table = ["企业名称,联系人,", ",姓名,手机", f"A,One,{ONE}", "企业名称,联系人,", ",姓名,手机", f"B,Two,{TWO}"]
    made = composed(csv_list(tmp_path, "\n".join(table)))
    assert ([number for number, _values in rows(made, "companies")], made.left_out) == ([30, 60], [4, 5])


def test_titles_in_a_second_language_are_no_firm(tmp_path: Path) -> None:
    table = ["企业名称,联系人,手机,备注", "Company Name,Contact,Mobile,Anything", f"A (Demo),One,{ONE},x"]
    made = composed(csv_list(tmp_path, "\n".join(table)))
    assert ([number for number, _values in rows(made, "companies")], made.left_out) == ([30], [2])


def test_firm_whose_words_are_titles_too_is_one(tmp_path: Path) -> None:
    made = composed(csv_list(tmp_path, f"Company,Position,Mobile\nProducts,Owner,{ONE}\n"))
    assert [number for number, _values in rows(made, "companies")] == [20]


def test_sums_with_a_number_under_the_names_are_no_firms(tmp_path: Path) -> None:
    table = ["序号,企业名称", "1,冰裂纹（Demo）", "2,360", "小计,2家", "کل تعداد,2", "合计,共 2 家", "Total,2 firms"]
    made = composed(csv_list(tmp_path, "\n".join(table)))
    assert ([number for number, _values in rows(made, "companies")], made.left_out) == ([20, 30], [4, 5, 6, 7])


def test_longest_visible_sheet_with_the_titles_is_proposed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, number, state in (("example", 1, "visible"), ("members", 4, "visible"), ("old", 9, "hidden")):
        page = book.create_sheet(name)
        page.sheet_state = state
        for row in [["Company", "City", "Mobile"], *[["A (Demo)", "Lahore", ONE]] * number]:
            page.append(row)
    book.worksheets[0].append(["Company name: as registered"])
    book.save(tmp_path / "list.xlsx")
    grids = open_list(tmp_path / "list.xlsx", "list.xlsx")
    assert [grids[guess_sheet(grids)].title, *(grid.hidden.sheet for grid in grids)] == [
        "members", False, False, False, True,
    ]  # fmt: skip
