"""Which rows of a list are of one firm: those merged into one, and those that add another contact to the row above."""

from collections.abc import Mapping

from ..files.table import Cells
from .choice import Choice
from .grids import Grid
from .meanings import NAME

MOST_OF_A_FIRM = 50  # rows; each is compared with the others


def gathered(grid: Grid, rows: Mapping[int, Cells], choice: Choice) -> list[list[int]]:
    """The numbers of the rows, firm by firm."""
    firms: list[list[int]] = []
    for number in rows:
        if firms and len(firms[-1]) < MOST_OF_A_FIRM and _is_of(firms[-1], number, grid, rows, choice):
            firms[-1].append(number)
        else:
            firms.append([number])
    return firms


def _is_of(firm: list[int], number: int, grid: Grid, rows: Mapping[int, Cells], choice: Choice) -> bool:
    """Whether the row is one more of the firm. A row that says nothing new is the firm a second time."""
    cells, first = rows[number], rows[firm[0]]
    names = [column for column, meaning in choice.columns.items() if meaning == NAME]
    if any(grid.tall.get(number, {}).get(column) in firm for column in names):
        return True
    contacts = [_contacts(rows[one], choice) for one in firm]
    if not (own := _contacts(cells, choice)) or own in contacts:
        return False
    others = {column: cell for column, cell in cells.items() if column not in own}
    if any(column in cells for column in names):
        # A number of the row, which is not read, tells no firms apart.
        others = {column: cell for column, cell in others.items() if column in choice.columns}
        return all(_same(cell, first.get(column)) for column, cell in others.items())
    return number == firm[-1] + 1 and all(_same(cell, first.get(column)) for column, cell in others.items())


def _contacts(cells: Cells, choice: Choice) -> dict[int, str]:
    """What the row says of people."""
    columns = (column for column, meaning in choice.columns.items() if meaning.sheet == "people")
    return {column: str(cells[column]).strip() for column in columns if column in cells}


def _same(one: object, other: object) -> bool:
    return str(one).strip() == str(other).strip()
