"""Files that would be read as something else than they say: damaged, in encodings nobody knows, partly hidden."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from django.utils.translation import override

from fairplatform.workbook.lists.grids import open_list
from fairplatform.workbook.reading import UnreadableFile, read
from tests.workbook.making import found, values, xlsx

HALLS = [["number", "name_en"], [1, "Locks"], [2, "Tools"], [3, "Taps"]]
READ = [
    (2, {"number": 1, "name_en": "Locks"}),
    (3, {"number": 2, "name_en": "Tools"}),
    (4, {"number": 3, "name_en": "Taps"}),
]
NAMES = "number,name_zh\r\n1,锁具与配件展馆\r\n2,永康五金工具展馆\r\n"


def refusal(path: Path) -> tuple[str, dict[str, str]]:
    with pytest.raises(UnreadableFile) as caught:
        read(path)
    return caught.value.code, caught.value.parameters


def csv(folder: Path, content: bytes) -> Path:
    (folder / "halls.csv").write_bytes(content)
    return folder


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("big5", "展覽館 企業名稱 國家"),
        ("big5", "永康鐵砧工具有限公司"),
        ("shift_jis", "見本市カイシャ"),
        ("cp1251", "Торговая палата"),
        ("cp1253", "Ελλάδα Αθήνα"),
    ],
)
def test_an_encoding_that_is_none_of_ours_is_asked_back(tmp_path: Path, encoding: str, name: str) -> None:
    content = f"number,name_en\r\n1,{name}\r\n".encode(encoding)
    assert refusal(csv(tmp_path, content)) == ("encoding_unknown", {"file": "halls.csv"})


@pytest.mark.parametrize(("cut", "line"), [("锁".encode(), "2"), ("工".encode(), "3")])
def test_a_letter_of_utf_8_that_is_cut_in_two_makes_no_other_letters(tmp_path: Path, cut: bytes, line: str) -> None:
    content = NAMES.encode().replace(cut, cut[:2], 1)
    assert refusal(csv(tmp_path, content)) == ("csv_broken", {"file": "halls.csv", "line": line})


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-be"])
def test_csv_of_four_bytes_a_letter_is_read(tmp_path: Path, encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-32-be" else ""
    assert values(read(csv(tmp_path, (mark + NAMES).encode(encoding))), "halls") == [
        (2, {"number": 1, "name_zh": "锁具与配件展馆"}),
        (3, {"number": 2, "name_zh": "永康五金工具展馆"}),
    ]


def test_a_list_that_cannot_be_read_is_named_as_its_sender_knows_it(tmp_path: Path) -> None:
    path = tmp_path / "9f86d081884c7d65"
    path.write_bytes("企業名稱,國家\n永康鐵砧工具有限公司,中國\n".encode("big5"))
    with pytest.raises(UnreadableFile) as caught:
        open_list(path, "county list.csv")
    assert (caught.value.code, caught.value.parameters) == ("encoding_unknown", {"file": "county list.csv"})


def test_the_strict_variant_of_the_format_is_refused_in_words(tmp_path: Path) -> None:
    path, strict = xlsx(tmp_path / "fair.xlsx", {"halls": HALLS}), tmp_path / "strict.xlsx"
    with ZipFile(path) as archive, ZipFile(strict, "w", ZIP_DEFLATED) as other:
        for name in archive.namelist():
            content = archive.read(name)
            content = content.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
            other.writestr(name, content)
    assert refusal(strict) == ("file_strict", {})


def hidden(path: Path, rows: tuple[int, ...] = (), *, sheet: bool = False) -> Path:
    book = openpyxl.load_workbook(xlsx(path, {"halls": HALLS, "other": [["a"]]}))
    for number in rows:
        book["halls"].row_dimensions[number].hidden = True
    book["halls"].sheet_state = "veryHidden" if sheet else "visible"
    book.save(path)
    return path


def test_rows_that_nobody_sees_are_read_and_named(tmp_path: Path) -> None:
    workbook = read(hidden(tmp_path / "fair.xlsx", (2, 4)))
    assert values(workbook, "halls") == READ
    assert found(workbook)[0] == ("halls", None, None, "rows_hidden", "warning")
    with override("en"):
        assert workbook.findings[0].text == "Hidden rows were read too: 2, 4. Delete those that are not meant."


def test_a_sheet_that_nobody_sees_is_read_and_named(tmp_path: Path) -> None:
    workbook = read(hidden(tmp_path / "fair.xlsx", sheet=True))
    assert values(workbook, "halls") == READ
    assert found(workbook)[0] == ("halls", None, None, "sheet_hidden", "warning")


def test_the_hidden_row_of_keys_is_no_row(tmp_path: Path) -> None:
    keys = [["Number", "Name (English)"], *HALLS]
    book = openpyxl.load_workbook(xlsx(tmp_path / "fair.xlsx", {"halls": keys}))
    book["halls"].row_dimensions[2].hidden = True
    book.save(tmp_path / "fair.xlsx")
    workbook = read(tmp_path / "fair.xlsx")
    assert len(values(workbook, "halls")) == 3
    assert found(workbook) == []
