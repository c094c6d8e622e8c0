"""Files as they come: of other programs, in old encodings, broken, and made to harm."""

import random
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from openpyxl.xml.constants import SHARED_STRINGS

from fairplatform.workbook.files import xlsx as xlsx_files
from fairplatform.workbook.files.table import limited
from fairplatform.workbook.reading import UnreadableFile, read
from tests.workbook.making import found, read_rows, values, with_part, xlsx

HALLS = [["number", "name_en", "name_zh", "name_ur"], [1, "Locks", "锁具", "تالے"]]
READ = [(2, {"number": 1, "name_en": "Locks", "name_zh": "锁具", "name_ur": "تالے"})]
SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def folder(path: Path, text: str, encoding: str) -> Path:
    (path / "halls.csv").write_bytes(text.encode(encoding))
    return path


def refusal(path: Path) -> tuple[str, dict[str, str]]:
    with pytest.raises(UnreadableFile) as caught:
        read(path)
    assert caught.value.text
    return caught.value.code, caught.value.parameters


def sheet_xml(path: Path, rows: str, before: str = "") -> Path:
    xml = f'<?xml version="1.0"?>{before}<worksheet {SPREADSHEET}><sheetData>{rows}</sheetData></worksheet>'
    return with_part(xlsx(path / "fair.xlsx", {"halls": HALLS}), SHEET, xml.encode())


CSV = "number{0}name_en{0}name_zh{0}name_ur\r\n1{0}Locks{0}锁具{0}تالے\r\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_csv_is_read_in_every_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    assert values(read(folder(tmp_path, CSV.format(delimiter), encoding)), "halls") == READ


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("gb18030", "浙江永康五金工具展馆，锁具与配件"),
        ("gb18030", "锁具"),
        ("cp1256", "پاکستان کي صنعت اور تجارت"),
        ("cp1256", "لاہور"),
        ("cp1252", "Société Générale"),
    ],
)
def test_csv_of_old_windows_is_recognised_by_its_letters(tmp_path: Path, encoding: str, name: str) -> None:
    text = f"number,name_ur\r\n1,{name}\r\n"
    assert values(read(folder(tmp_path, text, encoding)), "halls") == [(2, {"number": 1, "name_ur": name})]


@pytest.mark.parametrize(
    ("encoding", "titles", "names"),
    [
        ("gb18030", "number,name_zh", ("永康", "义乌")),
        ("gb18030", "number,name_zh", ("温州", "绍兴")),
        ("gb18030", "编号,名称（中文）", ("卡拉奇", "衢州")),
        ("cp1256", "number,name_zh", ("سلام", "تالے")),
        ("cp1256", "number,name_zh", ("دبي", "لاہور")),
        ("cp1256", "نمبر,name_zh", ("پاک", "قفل")),
        ("cp1252", "number,name_zh", ("Müller", "Großhandel")),
        ("cp1252", "number,name_zh", ("Åse", "São Paulo")),
    ],
)
def test_two_rows_are_enough_to_recognise_an_old_encoding(
    tmp_path: Path, encoding: str, titles: str, names: tuple[str, str]
) -> None:
    text = f"{titles}\r\n1,{names[0]}\r\n2,{names[1]}\r\n"
    assert values(read(folder(tmp_path, text, encoding)), "halls") == [
        (2, {"number": 1, "name_zh": names[0]}),
        (3, {"number": 2, "name_zh": names[1]}),
    ]


def test_csv_cells_may_hold_lines_and_delimiters(tmp_path: Path) -> None:
    text = 'number;headings;name_en\n1;"8301; 8302";"Locks,\nand ""fittings"""\n'
    assert values(read(folder(tmp_path, text, "utf-8")), "halls") == [
        (2, {"number": 1, "headings": ["8301", "8302"], "name_en": 'Locks,\nand "fittings"'})
    ]


def test_a_folder_has_a_file_for_each_sheet(tmp_path: Path) -> None:
    (tmp_path / "展馆.csv").write_text("编号,名称（英文）\n1,Locks\n")
    (tmp_path / "rates.csv").write_text("date,from,to,rate,source\n2026-05-12,USD,CNY,7.1,bank\n")
    (tmp_path / "notes.txt").write_text("not read")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    workbook = read(tmp_path)
    assert {sheet: len(rows) for sheet, rows in workbook.rows.items()} == {"rates": 1, "halls": 1}
    assert found(workbook) == [("other", None, None, "sheet_unknown", "warning")]


def test_a_csv_field_without_end_is_refused(tmp_path: Path) -> None:
    text = 'number,name_en\n1,"' + "x" * 200_000
    assert refusal(folder(tmp_path, text, "utf-8")) == ("csv_broken", {"file": "halls.csv", "line": "2"})


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("fair.xlsx", b"", "file_empty"),
        ("fair.xlsx", b"number,name_en\n1,Locks\n", "not_a_workbook"),
        ("fair.xlsx", b"PK\x03\x04 and no more", "file_broken"),
        ("fair.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file_old_format"),
        (
            "fair.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "file_encrypted",
        ),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert refusal(tmp_path / name) == (code, {})


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "fair.xlsx") == ("file_missing", {"file": "fair.xlsx"})


@pytest.mark.parametrize(
    ("part", "code"),
    [("mimetype", "file_other_format"), ("xl/workbook.bin", "file_other_format"), ("a.txt", "not_a_workbook")],
)
def test_other_archives_are_refused_in_words(tmp_path: Path, part: str, code: str) -> None:
    with zipfile.ZipFile(tmp_path / "fair.xlsx", "w") as archive:
        archive.writestr(part, "x")
    assert refusal(tmp_path / "fair.xlsx") == (code, {})


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "fair.xlsx", {"halls": HALLS})
    path.write_bytes(path.read_bytes()[:-200])
    assert refusal(path) == ("file_broken", {})


def test_a_bomb_is_refused_without_unpacking_it(tmp_path: Path) -> None:
    path = with_part(xlsx(tmp_path / "fair.xlsx", {"halls": HALLS}), "xl/media/x.bin", b"\0" * (64 * 2**20))
    tracemalloc.start()
    assert refusal(path) == ("file_bomb", {})
    assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    tracemalloc.stop()


@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", "xl/worksheets/other.xml"])
def test_shared_strings_have_a_limit_of_their_own_under_any_name(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_files, "_MOST_STRINGS", 2**20)
    path = xlsx(tmp_path / "fair.xlsx", {"halls": HALLS})
    with zipfile.ZipFile(path) as archive:
        types = archive.read("[Content_Types].xml").decode()
    listed = f'<Override PartName="/{name}" ContentType="{SHARED_STRINGS}"/></Types>'
    with_part(path, "[Content_Types].xml", types.replace("</Types>", listed).encode())
    assert refusal(with_part(path, name, random.Random(1).randbytes(2**19) * 3)) == ("file_bomb", {})


def test_styles_have_a_limit_of_their_own(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "fair.xlsx", {"halls": HALLS})
    assert refusal(with_part(path, "xl/styles.xml", random.Random(1).randbytes(2**16) * 65)) == ("file_bomb", {})


def test_a_part_that_states_a_smaller_size_is_never_unpacked_beyond_it(tmp_path: Path) -> None:
    path = sheet_xml(tmp_path, "<row><c><v>1</v></c></row>" + " " * 2_000_000)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(SHEET).file_size.to_bytes(4, "little")
    path.write_bytes(content.replace(size, (1000).to_bytes(4, "little")))
    assert refusal(path) == ("file_broken", {})


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    path = sheet_xml(tmp_path, '<row><c t="inlineStr"><is><t>&b;</t></is></c></row>', laughs)
    assert refusal(path) == ("file_broken", {})


def test_more_rows_than_a_spreadsheet_has_are_refused(tmp_path: Path) -> None:
    path = sheet_xml(tmp_path, '<row r="1"><c t="inlineStr"><is><t>number</t></is></c></row><row r="2000000"/>')
    assert refusal(path) == ("too_many_rows", {"sheet": "halls", "limit": "200,000"})


def test_two_million_rows_are_refused_before_reading_one(tmp_path: Path) -> None:
    text = "number,name_en\n" + "1,Locks\n" * 2_000_000
    assert refusal(folder(tmp_path, text, "utf-8")) == ("too_many_rows", {"sheet": "halls", "limit": "200,000"})


def test_more_rows_than_a_fair_has_are_refused() -> None:
    with pytest.raises(UnreadableFile) as caught:
        list(limited("halls", ((number, {1: "x"}) for number in range(1, 200_002))))
    assert caught.value.parameters == {"sheet": "halls", "limit": "200,000"}


def test_a_million_blank_rows_are_no_rows(tmp_path: Path) -> None:
    head = "".join(f'<c t="inlineStr"><is><t>{title}</t></is></c>' for title in ("number", "name_en"))
    row = '<c><v>1</v></c><c t="inlineStr"><is><t>Locks</t></is></c>'
    path = sheet_xml(tmp_path, f'<row r="1">{head}</row><row r="1048576">{row}</row>')
    assert values(read(path), "halls") == [(1048576, {"number": 1, "name_en": "Locks"})]


def test_columns_beyond_the_200th_are_left_out_and_told(tmp_path: Path) -> None:
    titles = ["number", "name_en", *[None] * 198, "name_zh", "x"]
    workbook = read_rows(tmp_path, {"halls": [titles, [1, "Locks", *[None] * 198, "锁具", "x"]]})
    assert values(workbook, "halls") == [(2, {"number": 1, "name_en": "Locks"})]
    assert found(workbook) == [("halls", None, None, "too_many_columns", "error")]


def test_formulas_are_read_by_their_saved_value_and_errors_are_told(tmp_path: Path) -> None:
    texts = ["number", "name_en", "name_zh", "headings"]
    head = "".join(f'<c t="inlineStr"><is><t>{title}</t></is></c>' for title in texts)
    cells = (
        "<c><f>1+1</f><v>2</v></c>"
        '<c t="str"><f>A1</f><v>Locks</v></c>'
        "<c><f>HYPERLINK(1)</f></c>"
        '<c t="e"><f>Z9</f><v>#REF!</v></c>'
    )
    workbook = read(sheet_xml(tmp_path, f'<row r="1">{head}</row><row r="2">{cells}</row>'))
    assert values(workbook, "halls") == [(2, {"number": 2, "name_en": "Locks"})]
    assert found(workbook) == [
        ("halls", 2, "name_zh", "formula_unsaved", "error"),
        ("halls", 2, "headings", "error_cell", "error"),
    ]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#NAME?"])
def test_errors_are_told_in_csv_too(tmp_path: Path, error: str) -> None:
    workbook = read(folder(tmp_path, f"number,name_en\n1,{error}\n", "utf-8"))
    assert found(workbook) == [("halls", 2, "name_en", "error_cell", "error")]


def test_macros_are_never_run_and_told(tmp_path: Path) -> None:
    path = with_part(xlsx(tmp_path / "fair.xlsm", {"halls": HALLS}), "xl/vbaProject.bin", b"Sub Auto_Open()")
    workbook = read(path)
    assert values(workbook, "halls") == READ
    assert found(workbook) == [("", None, None, "macros_ignored", "warning")]


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200f", "\u200b", "\ufeff", "\u061c", "\u00ad"])
def test_characters_nobody_sees_are_removed_with_a_warning(tmp_path: Path, hidden: str) -> None:
    workbook = read_rows(tmp_path, {"halls": [["number", "name_en"], [1, f"Lo{hidden}cks"]]})
    assert values(workbook, "halls") == [(2, {"number": 1, "name_en": "Locks"})]
    assert found(workbook) == [("halls", 2, "name_en", "invisible_removed", "warning")]


def test_letters_that_an_old_encoding_has_no_place_for_are_told(tmp_path: Path) -> None:
    names = ["خلیج ٹولز", "کون سا?", "Halls? Yes"]
    lines = [f"{number},{name}" for number, name in enumerate(names, 1)]
    text = "\n".join(["number,name_ur", *lines, ""])
    path = tmp_path / "halls.csv"
    path.write_bytes(text.encode("cp1256", "replace"))
    assert found(read(path)) == [("halls", 2, "name_ur", "letters_lost", "warning")]
    path.write_bytes("نمبر,نام (انگریزی)\n1,Locks\n".encode("cp1256", "replace"))
    assert found(read(path)) == [
        ("halls", None, None, "title_letters_lost", "error"),
    ]


def test_joiners_that_belong_to_urdu_spelling_are_kept(tmp_path: Path) -> None:
    name = "نمائش\u200cگاہ"
    workbook = read_rows(tmp_path, {"halls": [["number", "name_ur"], [1, name]]})
    assert (values(workbook, "halls"), workbook.findings) == ([(2, {"number": 1, "name_ur": name})], [])


def test_a_cell_longer_than_a_spreadsheet_has_is_an_error(tmp_path: Path) -> None:
    workbook = read(folder(tmp_path, f"number,name_en\n1,{'x' * 40_000}\n", "utf-8"))
    assert found(workbook) == [("halls", 2, "name_en", "text_long", "error")]
