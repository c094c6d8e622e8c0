"""Opens a list, whatever program has saved it, as plain sheets of cells."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ..files import xlsx
from ..files.csv_files import open_csv
from ..files.table import Cells, Hidden, Table, UnreadableFile
from ..kinds import Cell
from .titles import recognised
from .xls import is_compound, open_xls

MOST_ROWS = 20_000  # of a list's sheet that are not blank
MOST_COLUMNS = 100  # the others are left out
MOST_CHARACTERS = 4 * 2**20  # of a list's cells: its bad rows are kept with their import, and pages load them
_MOST_SHEETS = 60
_MOST_FILLED = 500_000  # cells that merged ones stand for
_START = 200  # bytes
_HEAD = 40  # rows of a CSV file among which its titles may be


@dataclass(slots=True)
class Grid:
    """A sheet of a list. `rows`: by their number, those that are not blank, with their cells by column.

    Cells merged downwards have their value in every row; `tall` says of each later row in which columns, and where they
    begin. `wide` are those merged sideways, by their first row: the columns they reach from and to.
    `characters`: of all cells.
    """

    title: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    wide: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    tall: dict[int, dict[int, int]] = field(default_factory=dict)
    hidden: Hidden = field(default_factory=Hidden)
    characters: int = 0

    def add(self, number: int, cells: Cells) -> None:
        """Raises UnreadableFile where the cells get too long: a small file can have one text in thousands of them."""
        row = self.rows.setdefault(number, {})
        for column, cell in cells.items():
            if column not in row:
                row[column] = cell
                self.characters += len(cell) if isinstance(cell, str) else 1
        if self.characters > MOST_CHARACTERS:
            raise UnreadableFile("file_exhausting")


def open_list(path: Path, name: str, is_title: Callable[[str], bool] = recognised) -> list[Grid]:
    """The sheets of a list that are not blank. Raises UnreadableFile. `name`: that of the file, as it was uploaded.

    `is_title`: whether a cell may be the title of a column, by which the cells of a CSV file are told apart.
    """
    if path.stat().st_size == 0:
        raise UnreadableFile("file_empty")
    with _tables(path, name, is_title) as tables:
        grids = [_grid(table) for table in tables[:_MOST_SHEETS]]
    if sum(grid.characters for grid in grids) > MOST_CHARACTERS:
        raise UnreadableFile("file_exhausting")
    found = [grid for grid in grids if grid.rows]
    if not found:
        raise UnreadableFile("list_empty")
    return found


@contextmanager
def _tables(path: Path, name: str, is_title: Callable[[str], bool]) -> Iterator[list[Table]]:
    if is_compound(path):
        yield open_xls(path)
    elif xlsx.is_workbook(path):
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what the library leaves out, such as pictures
            yield xlsx.open_workbook(file)
    elif _is_markup(path):  # pages of the web that call themselves .xls
        raise UnreadableFile("file_other_format")
    else:
        yield [open_csv(path, lambda title, cells: sum(map(is_title, cells)), head=_HEAD, name=name)]


def _is_markup(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(_START).lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"<")


def _grid(table: Table) -> Grid:
    grid = Grid(table.title, hidden=table.hidden)
    for number, cells in table.rows:
        if len(grid.rows) == MOST_ROWS:
            raise UnreadableFile("too_many_rows", sheet=table.title, limit=f"{MOST_ROWS:,}")
        if kept := _kept(cells):
            grid.add(number, kept)
    _spread(grid, table.merged)
    return grid


def _kept(cells: Cells) -> dict[int, Cell]:
    return {
        column: cell
        for column, cell in sorted(cells.items())
        if column <= MOST_COLUMNS and not (isinstance(cell, str) and not cell.strip())
    }


def _spread(grid: Grid, merged: list[tuple[int, int, int, int]]) -> None:
    """Gives every row the value of the cell that it has a part of."""
    filled = 0
    for first, left, last, right in merged:
        if left > MOST_COLUMNS or first not in grid.rows:
            continue
        if right > left:
            grid.wide.setdefault(first, []).append((left, min(right, MOST_COLUMNS)))
        value = grid.rows[first].get(left)
        filled += last - first
        if filled > _MOST_FILLED:
            raise UnreadableFile("file_bomb")
        for number in range(first + 1, last + 1):
            if number in grid.rows and value is not None and left not in grid.rows[number]:
                grid.add(number, {left: value})
                grid.tall.setdefault(number, {})[left] = first
