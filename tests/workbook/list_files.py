"""Lists of units' own making, written by tests, and what is read from them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from fairplatform.workbook.lists.choice import Choice
from fairplatform.workbook.lists.composing import Composed, compose
from fairplatform.workbook.lists.grids import Grid, open_list
from fairplatform.workbook.lists.headers import guess_header, propose, titles

CHINA = {"country": "CN", "city": "义乌", "sells": "yes"}
FIXED = {"country": "PK", "city": "Lahore", "buys": "yes", "write_in": "ur"}
ONE, TWO, THREE = "+8600000000001", "+8600000000002", "+8600000000003"


def sheet_of(rows: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> Worksheet:
    """The only sheet of a new workbook."""
    page = openpyxl.Workbook().worksheets[0]
    for row in rows:
        page.append(list(row))
    for cells in merged:
        page.merge_cells(cells)
    return page


def opened(folder: Path, page: Worksheet) -> Grid:
    page.parent.save(folder / "list.xlsx")
    return open_list(folder / "list.xlsx", "list.xlsx")[0]


def xlsx_list(folder: Path, rows: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> Grid:
    return opened(folder, sheet_of(rows, merged))


def csv_list(folder: Path, text: str, encoding: str = "utf-8") -> Grid:
    (folder / "list").write_bytes(text.encode(encoding))
    return open_list(folder / "list", "list.csv")[0]


def codes(grid: Grid, remembered: Mapping[str, str] | None = None) -> list[str]:
    """What the columns are proposed to be."""
    named = titles(grid, guess_header(grid))
    return [one.code for one in propose(named, remembered or {}, grid.hidden.columns).values()]


def composed(grid: Grid, fixed: Mapping[str, str] = FIXED, *, with_hidden: bool = False) -> Composed:
    """As the list is proposed to be read."""
    header = guess_header(grid)
    columns = {column: one for column, one in propose(titles(grid, header), {}).items() if one.code}
    return compose(grid, Choice(0, header, columns, fixed, with_hidden))


def rows(made: Composed, sheet: str) -> list[tuple[int, dict[str, object]]]:
    """Without what holds for all."""
    own = {"country", "buys", "role", "company", "write_in"}
    return [
        (row.number, {key: value for key, value in row.values.items() if key not in own})
        for row in made.workbook.rows[sheet]
    ]


def firms(made: Composed) -> list[tuple[int, ...]]:
    """The rows of each firm."""
    return list(dict.fromkeys(tuple(numbers) for numbers in made.firms.values()))


def found(made: Composed) -> list[tuple[int | None, str | None, str]]:
    """What reading has to say: row, column, code."""
    return [(one.row, one.column, one.code) for one in made.workbook.findings]
