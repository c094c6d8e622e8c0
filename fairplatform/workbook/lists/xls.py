"""Opens .xls files, the workbooks of Excel before 2007. Formulas are never run: their last values are read."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import xlrd

from ..files.table import Cells, Hidden, Table, UnreadableFile, limited
from ..kinds import Cell

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_MOST_CELLS = 1_000_000


def is_compound(path: Path) -> bool:
    """Whether the file is a compound file of old Office, as are .xls files and encrypted workbooks of any age."""
    with path.open("rb") as file:
        return file.read(len(_OLE)) == _OLE


def open_xls(path: Path) -> list[Table]:
    """The sheets of a workbook. Raises UnreadableFile."""
    content = path.read_bytes()
    if _ENCRYPTED in content:
        raise UnreadableFile("file_encrypted")
    if _MACROS in content:
        raise UnreadableFile("file_macros")
    try:
        # Which cells are merged is told with the formatting only.
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
        sheets = book.sheets()
    except xlrd.XLRDError as error:
        is_encrypted = "encrypted" in str(error).lower()
        raise UnreadableFile("file_encrypted" if is_encrypted else "file_broken") from error
    except Exception as error:  # a file made to harm can make any part of the library fail
        raise UnreadableFile("file_broken") from error
    return [_table(sheet, book.datemode) for sheet in sheets]


def _table(sheet: Any, datemode: int) -> Table:
    merged = [(top + 1, left + 1, below, right) for top, below, left, right in sheet.merged_cells]
    rows = {number + 1 for number, row in sheet.rowinfo_map.items() if row.hidden}
    columns = {number + 1 for number, column in sheet.colinfo_map.items() if column.hidden}
    hidden = Hidden(rows, columns, sheet=bool(sheet.visibility))
    return Table(sheet.name, limited(sheet.name, _rows(sheet, datemode)), merged, hidden)


def _rows(sheet: Any, datemode: int) -> Iterator[tuple[int, Cells]]:
    count = 0
    for index in range(sheet.nrows):
        cells = sheet.row(index)
        count += len(cells)
        if count > _MOST_CELLS:
            raise UnreadableFile("file_bomb")
        values = {column: _value(cell, datemode) for column, cell in enumerate(cells, 1)}
        yield index + 1, {column: value for column, value in values.items() if value is not None}


def _value(cell: Any, datemode: int) -> Cell | None:
    kind, value = cell.ctype, cell.value
    if kind == xlrd.XL_CELL_TEXT:
        return cast(str, value) or None
    if kind == xlrd.XL_CELL_NUMBER:
        return int(value) if value == int(value) else cast(float, value)
    if kind == xlrd.XL_CELL_DATE:
        return _date(value, datemode)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#N/A"))
    return None


def _date(value: float, datemode: int) -> Cell:
    try:
        return cast(Cell, xlrd.xldate_as_datetime(value, datemode))
    except (ValueError, OverflowError):
        return value
