"""Makes rows of a workbook from the rows of a list: one of the firm, and one for each of its contacts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..files.table import Cells, Table
from ..kinds import Cell
from ..notes import Notes
from ..reading import Workbook
from ..row import Row, RowOf
from ..sheet_reader import read_sheet
from ..sheets import SHEETS
from .choice import Choice
from .firm_writer import PLACES_OF_A_ROW, FirmWriter
from .gathering import gathered
from .grids import Grid
from .headers import titles
from .meanings import NAME, TAX_NUMBER
from .skipping import is_blank, is_no_firm
from .titles import is_identity_card


@dataclass(slots=True)
class Composed:
    """`rows`: of the firms, by their numbers. `firms`: of each, those of all rows of its firm. `left_out`: those of
    the rows that are no firms; `unseen`: of those that are hidden in the file; `identified`: of those of a firm
    whose tax number is that of an identity card. `titles`: of the list's columns.
    """

    workbook: Workbook
    choice: Choice
    titles: Mapping[int, str]
    rows: Mapping[int, Cells]
    firms: Mapping[int, Sequence[int]]
    left_out: list[int] = field(default_factory=list)
    unseen: list[int] = field(default_factory=list)
    identified: set[int] = field(default_factory=set)

    def cells(self, number: int) -> Cells:
        """Those of a row that go back to whoever made it, as they can be read without the rows above: with the firm's
        name, and without numbers of identity cards.
        """
        own, first = self.rows[number], self.rows[self.firms[number][0]]
        names = [column for column, meaning in self.choice.columns.items() if meaning == NAME]
        if not any(column in own for column in names):
            own = {**{column: first[column] for column in names if column in first}, **own}
        private = {column for column, title in self.titles.items() if is_identity_card(title)}
        if number in self.identified:
            private |= {column for column, meaning in self.choice.columns.items() if meaning == TAX_NUMBER}
        return {column: cell for column, cell in own.items() if column not in private}


def origin(number: int) -> int:
    """The row of the list that a row of the workbook was made from."""
    return number // PLACES_OF_A_ROW


def compose(grid: Grid, choice: Choice) -> Composed:
    """The workbook that the rows below the titles make."""
    named = titles(grid, choice.header)
    left_out: list[int] = []
    unseen: list[int] = []
    rows: dict[int, Cells] = {}
    for number, cells in grid.rows.items():
        if number <= choice.header:
            continue
        if number in grid.hidden.rows and not choice.with_hidden:
            unseen.append(number)
        elif is_no_firm(grid, number, choice, named):
            left_out.append(number)
        elif not is_blank(cells, choice):
            rows[number] = cells
    firms = {number: firm for firm in gathered(grid, rows, choice) for number in firm}
    composed = Composed(Workbook(), choice, named, rows, firms, left_out, unseen)
    _read(composed, grid)
    return composed


def _read(composed: Composed, grid: Grid) -> None:
    firms: list[tuple[int, dict[str, Cell]]] = []
    people: list[tuple[int, dict[str, Cell]]] = []
    for first, numbers in composed.firms.items():
        if first != numbers[0]:
            continue
        writer = FirmWriter(composed.choice, {number: composed.rows[number] for number in numbers}, grid)
        firms.append((first * PLACES_OF_A_ROW, writer.firm))
        people += writer.people()
        composed.workbook.findings += writer.findings
    for sheet, written in (("companies", firms), ("people", people)):
        notes = Notes(sheet)
        composed.workbook.rows[sheet] = _rows(sheet, written, notes)
        composed.workbook.findings += notes.all()
    cards = (one.row for one in composed.workbook.findings if one.code == "identity_card" and one.row)
    for card in cards:
        composed.identified.update(composed.firms[origin(card)])
    for row in composed.workbook.rows["people"]:
        row.values["company"] = RowOf(int(str(row.values["company"])))


def _rows(sheet: str, written: list[tuple[int, dict[str, Cell]]], notes: Notes) -> list[Row]:
    """Read as those of a workbook are."""
    columns = {key: place for place, key in enumerate(dict.fromkeys(key for _n, cells in written for key in cells), 1)}
    if not columns:
        return []
    keys: Cells = {place: key for key, place in columns.items()}

    def table() -> Iterator[tuple[int, Cells]]:
        yield from ((0, keys), (0, keys))  # as titles and as keys, so that no row of values is taken for either
        yield from ((number, {columns[key]: cell for key, cell in cells.items()}) for number, cells in written)

    return read_sheet(SHEETS[sheet], Table(sheet, table()), notes, lambda sheet, rows: None)
