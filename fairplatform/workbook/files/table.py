"""A sheet as a file has it, and the limits of a file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from ..findings import sentence
from ..kinds import Cell

MOST_BYTES = 100 * 2**20  # of a file
MOST_ROWS = 200_000  # of a sheet, not counting blank ones
LAST_ROW = 2**20  # a spreadsheet has no row after it

Cells: TypeAlias = Mapping[int, Cell]
"""The cells of a row that are not empty, by the number of their column, from 1."""


@dataclass(slots=True)
class Hidden:
    """What whoever opens the file does not see: rows, by a filter for example, columns, or the whole sheet."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    sheet: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its title, and its rows with their numbers. Reading on raises UnreadableFile.

    `merged`: the first row and column and the last of cells merged into one; it and `hidden` are complete once all rows
    are read.
    """

    title: str
    rows: Iterator[tuple[int, Cells]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: Hidden = field(default_factory=Hidden)


class UnreadableFile(Exception):
    """The file as a whole cannot be read. `code` is a key of findings.FINDINGS, `parameters` fill its sentence."""

    def __init__(self, code: str, **parameters: str) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters

    @property
    def text(self) -> str:
        """In the active language."""
        return sentence(self.code, self.parameters)


def limited(title: str, rows: Iterator[tuple[int, Cells]]) -> Iterator[tuple[int, Cells]]:
    """The rows that are not blank. Raises UnreadableFile where they are more than a fair can have."""
    count = 0
    for number, cells in rows:
        if number > LAST_ROW or count == MOST_ROWS:
            raise too_many_rows(title)
        if cells:
            count += 1
            yield number, cells


def too_many_rows(title: str) -> UnreadableFile:
    return UnreadableFile("too_many_rows", sheet=title, limit=f"{MOST_ROWS:,}")
