"""Which rows of a unit's list are one firm, and whose the people in them are."""

from pathlib import Path

import pytest

from fairplatform.workbook.lists.gathering import MOST_OF_A_FIRM
from fairplatform.workbook.lists.grids import Grid
from fairplatform.workbook.lists.preview import previewed
from tests.workbook.list_files import CHINA, ONE, THREE, TWO, composed, csv_list, firms, found, rows, xlsx_list


def people(grid: Grid) -> list[tuple[object, object, object]]:
    made = composed(grid, CHINA)
    return [
        (row.values.get("name_en"), row.values["role"], row.values["company"].number)  # type: ignore[attr-defined]
        for row in made.workbook.rows["people"]
    ]


def test_firm_merged_over_rows_is_one_with_several_people(tmp_path: Path) -> None:
    table = [
        ["Company", "Products", "Contact person", "Mobile", "Email"],
        ["A (Demo)", "locks", "One", ONE, "office@demo.example"],
        [None, "keys", "Two", TWO, None],
        [None, None, "Three", THREE, None],
        ["B (Demo)", "pumps", "Four", ONE, None],
    ]
    grid = xlsx_list(tmp_path, table, ["A2:A4", "E2:E4"])
    made = composed(grid, CHINA)
    assert firms(made) == [(2, 3, 4), (5,)]
    assert [values["tagline_en"] for _number, values in rows(made, "companies")] == ["locks; keys", "pumps"]
    assert people(grid) == [
        ("One", "manager", 20), ("Two", "staff", 20), ("Three", "staff", 20), ("Four", "manager", 50),
    ]  # fmt: skip
    emails = [row.values.get("email") for row in made.workbook.rows["people"]]
    assert (emails, found(made)) == (["office@demo.example", None, None, None], [])


def test_rows_of_a_merged_firm_that_contradict_each_other(tmp_path: Path) -> None:
    table = [["Company", "City", "Contact person"], ["A (Demo)", "Lahore", "One"], [None, "Karachi", "Two"]]
    assert found(composed(xlsx_list(tmp_path, table, ["A2:A3"]))) == [(30, "city_en", "list_rows_differ")]


def test_contact_below_a_firm_is_of_that_firm(tmp_path: Path) -> None:
    text = f"No,Company,City,Contact person,Mobile\n1,A (Demo),Lahore,One,{ONE}\n,,,Two,{TWO}\n"
    assert people(csv_list(tmp_path, text)) == [("One", "manager", 20), ("Two", "staff", 20)]


@pytest.mark.parametrize(
    "row",
    [
        f"2,,,Two,{TWO}",  # a serial number of its own: somebody has forgotten the name
        f",,Karachi,Two,{TWO}",
        f"\n,,,Two,{TWO}",
    ],
)
def test_row_without_a_name_that_may_be_another_firm_is_one_without_a_name(tmp_path: Path, row: str) -> None:
    text = f"No,Company,City,Contact person,Mobile\n1,A (Demo),Lahore,One,{ONE}\n{row}\n"
    made = composed(csv_list(tmp_path, text))
    assert [values.get("name_en") for _number, values in rows(made, "companies")] == ["A (Demo)", None]


def test_firm_written_again_for_another_contact_is_one(tmp_path: Path) -> None:
    text = f"No,Company,City,Contact person,Mobile\n1,A (Demo),Lahore,One,{ONE}\n2,A (Demo),Lahore,Two,{TWO}\n"
    assert people(csv_list(tmp_path, text)) == [("One", "manager", 20), ("Two", "staff", 20)]


def test_firm_written_again_without_another_contact_is_asked_back(tmp_path: Path) -> None:
    text = f"Company,City,Contact person,Mobile\nA (Demo),Lahore,One,{ONE}\nA (Demo),Lahore,One,{ONE}\n"
    made = composed(csv_list(tmp_path, text))
    assert [one for one in found(made) if one[0] == 30] == [(30, "name_en", "row_doubled")]


def test_two_firms_of_one_name_have_their_own_people(tmp_path: Path) -> None:
    text = f"Company,City,Contact person,Mobile\nA (Demo),Lahore,One,{ONE}\nA (Demo),Karachi,One,{TWO}\n"
    grid = csv_list(tmp_path, text)
    assert people(grid) == [("One", "manager", 20), ("One", "manager", 30)]
    assert found(composed(grid)) == []


def test_rows_that_make_one_firm_have_a_limit(tmp_path: Path) -> None:
    lines = "".join(f"A (Demo),Person {number}\n" for number in range(MOST_OF_A_FIRM + 1))
    made = composed(csv_list(tmp_path, f"Company,Contact person\n{lines}"))
    assert [code for _row, _column, code in found(made)] == ["row_doubled"]


def test_row_that_goes_back_has_the_name_above_it_and_no_identity_card(tmp_path: Path) -> None:
    text = "Company,NTN,Contact person\nA (Demo),3520200000001,One\n,,Two\nB (Demo),1234567-8,Three\n"
    made = composed(csv_list(tmp_path, text))
    assert [dict(made.cells(number)) for number in (2, 3, 4)] == [
        {1: "A (Demo)", 3: "One"},
        {1: "A (Demo)", 3: "Two"},
        {1: "B (Demo)", 2: "1234567-8", 3: "Three"},
    ]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("甲五金厂\nJia Hardware", {"name_zh": "甲五金厂", "name_en": "Jia Hardware"}),
        ("Jia Hardware / 甲五金厂", {"name_zh": "甲五金厂", "name_en": "Jia Hardware"}),
        ("Jia\nHardware", {"name_en": "Jia\nHardware"}),
        ("Jia Hardware\n12345", {"name_en": "Jia Hardware\n12345"}),
    ],
)
def test_name_in_two_languages_in_a_cell(tmp_path: Path, cell: str, names: dict[str, str]) -> None:
    [(_number, values)] = rows(composed(xlsx_list(tmp_path, [["Company", "City"], [cell, "Lahore"]])), "companies")
    assert {key: value for key, value in values.items() if key.startswith("name")} == names


@pytest.mark.parametrize("title", ["CNIC No.", "身份证号", "Contact · Passport No", "شناختی کارڈ نمبر"])
def test_numbers_of_identity_cards_are_neither_shown_nor_sent_back(tmp_path: Path, title: str) -> None:
    grid = csv_list(tmp_path, f"Company,NTN,{title}\nA (Demo),35202-0000000-1,3520200000001\nB (Demo),1234567-8,\n")
    [sheet] = previewed([grid])["sheets"]
    assert sheet["rows"] == [
        [1, {1: "Company", 2: "NTN", 3: title}], [2, {1: "A (Demo)"}], [3, {1: "B (Demo)", 2: "1234567-8"}],
    ]  # fmt: skip
    assert dict(composed(grid).cells(2)) == {1: "A (Demo)"}
