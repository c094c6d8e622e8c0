"""Reads the rows of one sheet: cells to values. What a row must have is judged with what is stored of it."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from . import cells as cell_rules
from .doubled import Doubled
from .files.table import Cells, Table
from .headers import has_keys, header
from .kinds import Cell, Unread
from .kinds.kind import Row as RowOfCell
from .notes import Notes
from .row import CLEAR, Row
from .sheets import Column, Sheet

_REPORT_EVERY = 1000  # rows


def read_sheet(sheet: Sheet, table: Table, notes: Notes, progress: Callable[[str, int], None]) -> list[Row]:
    """The rows of a sheet; what is found goes to `notes`. Raises UnreadableFile."""
    columns, rows = _columns(sheet, table, notes)
    doubled = Doubled(sheet, notes)
    read: list[Row] = []
    for number, cells in rows:
        notes.begin(number)
        values = _values(cells, columns, notes)
        if values is None:
            continue
        row = Row(sheet.key, number, values)
        doubled.check(row)
        if read and sheet.key == "fair":
            notes.error(None, "one_row_only")
        read.append(row)
        if len(read) % _REPORT_EVERY == 0:
            progress(sheet.key, len(read))
    progress(sheet.key, len(read))
    return read


def _columns(sheet: Sheet, table: Table, notes: Notes) -> tuple[Mapping[int, Column], Iterator[tuple[int, Cells]]]:
    """The columns, by the first row or two, and the rows that follow."""
    titles = next(table.rows, None)
    if titles is None:
        return {}, iter(())
    second = next(table.rows, None)
    is_second_header = second is not None and has_keys(sheet, titles[1], second[1])
    found = header(sheet, titles[1], second[1] if second and is_second_header else {})
    if not found.columns:
        notes.error(None, "no_header")
        return {}, iter(())
    notes.extend(found.findings)
    rows = table.rows if second is None or is_second_header else chain([second], table.rows)
    return found.columns, rows


def _values(cells: Cells, columns: Mapping[int, Column], notes: Notes) -> dict[str, object] | None:
    """The values of a row by column key; None if it is blank."""
    written = _written(cells, columns, notes)
    if not written and not notes.refused:
        return None
    row = RowOfCell(_country(written), notes.warn)
    values: dict[str, object] = {}
    for column, cell in written:
        notes.column = column.key
        if cell_rules.clears(cell):
            values[column.key] = CLEAR
            continue
        try:
            values[column.key] = column.kind.read(cell, row)
        except Unread as cause:
            notes.unread(cause)
    return values


def _written(cells: Cells, columns: Mapping[int, Column], notes: Notes) -> list[tuple[Column, Cell]]:
    """The cells that say something."""
    written = []
    for number, column in columns.items():
        if number not in cells:
            continue
        notes.column = column.key
        try:
            cell = cell_rules.plain(cells[number], notes.warn)
        except Unread as cause:
            notes.unread(cause)
        else:
            if cell is not None:
                written.append((column, cell))
    return written


def _country(written: list[tuple[Column, Cell]]) -> str | None:
    """The country that a row states; what is wrong with it is noted when its own cell is read."""
    silent = RowOfCell(None, lambda code, **parameters: None)
    for column, cell in written:
        if column.key == "country":
            try:
                return str(column.kind.read(cell, silent))
            except Unread:
                return None
    return None
