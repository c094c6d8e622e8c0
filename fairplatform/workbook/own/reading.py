"""Reads the one sheet that a company imports, whatever program has saved it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fairplatform.i18n.text import in_every_language

from ..files.table import Cells, Table, UnreadableFile
from ..findings import Finding
from ..headers import column_named, sheet_named
from ..lists.grids import Grid, open_list
from ..lists.mending import OWN_TITLES
from ..notes import Notes
from ..reading import Workbook
from ..sheet_reader import read_sheet
from ..sheets import SHEETS, Sheet

_HEADER_ROWS = 2  # titles and keys: a sheet of the template without any more is empty


@dataclass(frozen=True, slots=True)
class OwnFile:
    """`titles`: of the file's columns. `rows`: its cells by the number of their row."""

    workbook: Workbook
    titles: Mapping[int, str]
    rows: Mapping[int, Cells]


def read_own(path: Path, name: str, sheet_key: str) -> OwnFile:
    """Raises UnreadableFile. `name`: that of the file, as it was uploaded."""
    sheet = SHEETS[sheet_key]
    grids = open_list(path, name, lambda cell: column_named(sheet, cell) is not None)
    findings = list(_other_sheets(grids, sheet))
    own = _own(grids, sheet)
    if own is None:
        if not findings:
            raise UnreadableFile("own_sheet_missing", sheet=sheet.key)
        return OwnFile(Workbook({sheet.key: []}, findings), {}, {})
    rows = _without_notes(own)
    notes = Notes(sheet.key)
    read = read_sheet(sheet, Table(sheet.key, iter(rows.items())), notes, lambda _sheet, _rows: None)
    titles = {column: str(cell) for column, cell in next(iter(rows.values()), {}).items()}
    return OwnFile(Workbook({sheet.key: read}, [*findings, *notes.all()]), titles, rows)


def _own(grids: list[Grid], sheet: Sheet) -> Grid | None:
    """The sheet by its name; the only one of a file whatever it is called, unless it is called as another sheet is."""
    named = [grid for grid in grids if sheet_named(grid.title) is sheet]
    unnamed = [grid for grid in grids if sheet_named(grid.title) is None]
    return next(iter(named), unnamed[0] if len(unnamed) == len(grids) == 1 else None)


def _other_sheets(grids: list[Grid], sheet: Sheet) -> Iterator[Finding]:
    """The sheets of a workbook that are not for the company to import here."""
    for grid in grids:
        other = sheet_named(grid.title)
        if other is not None and other is not sheet and len(grid.rows) > _HEADER_ROWS:
            yield Finding(other.key, None, None, "sheet_not_own", "error", {"sheet": sheet.key})


def _without_notes(grid: Grid) -> dict[int, Cells]:
    """Without what a file of rows to correct says of them, in whichever language it was written."""
    ours = {text for title in OWN_TITLES for text in in_every_language(title)}
    titles = next(iter(grid.rows.values()), {})
    notes = {column for column, cell in titles.items() if str(cell).strip() in ours}
    return {
        number: {column: cell for column, cell in cells.items() if column not in notes}
        for number, cells in grid.rows.items()
    }
