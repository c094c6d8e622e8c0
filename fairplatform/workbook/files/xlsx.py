"""Opens .xlsx files that anybody may have made. Formulas and macros are never run: their last values are read."""

import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from os import SEEK_END
from pathlib import Path
from typing import IO, Any, Protocol, cast
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import errors

import openpyxl
from openpyxl.packaging.manifest import Manifest
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser
from openpyxl.xml.constants import ARC_CONTENT_TYPES, ARC_STYLE, SHARED_STRINGS
from openpyxl.xml.functions import fromstring

from .table import MOST_BYTES, Cells, Hidden, Table, UnreadableFile, limited

assert openpyxl.DEFUSEDXML, "without defusedxml a few lines of XML can fill the memory"

UNCALCULATED = "#FORMULA!"
"""The cell of a formula whose value no spreadsheet has saved."""
_MOST_UNZIPPED = 400 * 2**20  # a fair of 100,000 rows has about a fourth of it
_MOST_RATIO = 250  # of the size unzipped; cells that repeat themselves compress to about a hundredth
_SMALL = 2**20  # bytes unzipped that do no harm at any ratio
_MOST_PARTS = 2000
_LAST_COLUMN = 2**14
_START = 4096  # bytes that the root element of a part is in
# The library reads these as a whole before the first row. The different texts of 72,000 products, 25,000 people and
# 3,500 companies are 70 MB where all of them are in three languages.
_MOST_STRINGS = 96 * 2**20
_MOST_OF_PART = {ARC_STYLE: 4 * 2**20, ARC_CONTENT_TYPES: 2**20}
_BOOK = "xl/workbook.xml"
_STRICT = b"http://purl.oclc.org/ooxml/"  # the names of the format's strict variant, which the library does not read
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the compound files of old Office and of encrypted workbooks
_ZIP = b"PK"
_NO_MEMORY = errors.codes[errors.XML_ERROR_NO_MEMORY]
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def open_workbook(file: IO[bytes]) -> list[Table]:
    """The sheets of a workbook. Raises UnreadableFile."""
    _refuse_other_formats(file)
    try:
        workbook = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheets = cast(list[_Sheet], workbook.worksheets)
    except Exception as error:  # a file made to harm can make any part of the library fail
        raise _fault(error) from error
    return [_table(sheet) for sheet in sheets]


def has_macros(file: IO[bytes]) -> bool:
    with zipfile.ZipFile(file) as archive:
        return any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())


def is_workbook(path: Path) -> bool:
    """Whether the file is, or pretends to be, a workbook rather than text."""
    with path.open("rb") as file:
        return file.read(len(_OLE)).startswith((_OLE, _ZIP))


def _refuse_other_formats(file: IO[bytes]) -> None:
    if file.seek(0, SEEK_END) > MOST_BYTES:
        raise UnreadableFile("file_large", limit=str(MOST_BYTES // 2**20))
    file.seek(0)
    start = file.read(len(_OLE))
    if start == _OLE:
        raise UnreadableFile("file_encrypted" if _ENCRYPTED in file.read() else "file_old_format")
    if not start.startswith(_ZIP):
        raise UnreadableFile("not_a_workbook")
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_bombs(archive.infolist())
            names = set(archive.namelist())
            if _BOOK in names:
                _refuse_strict(archive)
                _refuse_many_strings(archive)
    except zipfile.BadZipFile as error:
        raise UnreadableFile("file_broken") from error
    if _BOOK not in names:
        raise UnreadableFile("file_other_format" if names & {"mimetype", "xl/workbook.bin"} else "not_a_workbook")
    file.seek(0)


def _refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    """By what the archive says of itself; zipfile never unzips more of a part than that."""
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFile("file_encrypted")
    unzipped = sum(part.file_size for part in parts)
    is_dense = any(part.file_size > max(_SMALL, _MOST_RATIO * part.compress_size) for part in parts)
    is_long = any(part.file_size > _MOST_OF_PART.get(part.filename, _MOST_UNZIPPED) for part in parts)
    if len(parts) > _MOST_PARTS or unzipped > _MOST_UNZIPPED or is_dense or is_long:
        raise UnreadableFile("file_bomb")


def _refuse_strict(archive: zipfile.ZipFile) -> None:
    try:
        with archive.open(_BOOK) as book:
            is_strict = _STRICT in book.read(_START)
    except Exception as error:  # a file made to harm can make any part of the library fail
        raise _fault(error) from error
    if is_strict:
        raise UnreadableFile("file_strict")


def _refuse_many_strings(archive: zipfile.ZipFile) -> None:
    """By the name that the archive's list of parts gives to the shared strings, which may be any."""
    try:
        manifest = cast(Any, Manifest.from_tree(cast(Any, fromstring(archive.read(ARC_CONTENT_TYPES)))))
        strings = manifest.find(SHARED_STRINGS)
        size = archive.getinfo(strings.PartName[1:]).file_size if strings else 0
    except Exception as error:  # a file made to harm can make any part of the library fail
        raise _fault(error) from error
    if size > _MOST_STRINGS:
        raise UnreadableFile("file_bomb")


class _Parser(WorkSheetParser):
    """Tells a formula without a saved value from an empty cell."""

    def parse_cell(self, element: Element) -> dict[str, object]:
        cell: dict[str, object] = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            cell["value"] = UNCALCULATED
        return cell


class _Workbook(Protocol):
    epoch: datetime
    _date_formats: set[int]
    _timedelta_formats: set[int]


class _Sheet(Protocol):
    """What the library's own reading of a sheet is made of; it would fill every gap between rows and cells."""

    title: str
    sheet_state: str
    parent: _Workbook
    _shared_strings: list[str]

    def _get_source(self) -> IO[bytes]: ...


def _table(sheet: _Sheet) -> Table:
    merged: list[tuple[int, int, int, int]] = []
    hidden = Hidden(sheet=sheet.sheet_state != "visible")
    return Table(sheet.title, limited(sheet.title, _rows(sheet, merged, hidden)), merged, hidden)


def _rows(sheet: _Sheet, merged: list[tuple[int, int, int, int]], hidden: Hidden) -> Iterator[tuple[int, Cells]]:
    book = sheet.parent
    try:
        with sheet._get_source() as source:
            parser = _Parser(
                source,
                sheet._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            for number, cells in parser.parse():
                yield number, {cell["column"]: cell["value"] for cell in cells if cell["value"] not in (None, "")}
            ranges = parser.merged_cells.mergeCell if parser.merged_cells else ()
            merged.extend((one.min_row, one.min_col, one.max_row, one.max_col) for one in ranges)
            hidden.rows |= {int(number) for number, row in parser.row_dimensions.items() if _is_hidden(row)}
            for column in filter(_is_hidden, parser.column_dimensions.values()):
                last = min(int(column["max"]), _LAST_COLUMN)
                hidden.columns |= set(range(int(column["min"]), last + 1))
    except UnreadableFile:
        raise
    except Exception as error:  # as above
        raise _fault(error) from error


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return attributes.get("hidden") in ("1", "true")


def _fault(error: Exception) -> Exception:
    """What the failure of a part of the library means: the file is broken, or there was no memory left for it."""
    is_memory = isinstance(error, MemoryError) or (isinstance(error, ParseError) and error.code == _NO_MEMORY)
    return MemoryError() if is_memory else UnreadableFile("file_broken")
