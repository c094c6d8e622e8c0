"""One row of a workbook, and what a cell that clears says."""

from dataclasses import dataclass
from enum import Enum
from typing import Final


class _Clear(Enum):
    CLEAR = "(none)"


CLEAR: Final = _Clear.CLEAR
"""The value of a cell that says `(none)`: what is stored is to be cleared."""


@dataclass(slots=True)
class Row:
    """A row that is not blank, numbered as the spreadsheet program does.

    `values`: by column key, of the cells that have a value, in the type that the column's kind reads; or CLEAR.
    """

    sheet: str
    number: int
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class RowOf:
    """A row of another sheet of the same workbook, by its number. No cell says so: lists of firms are made into
    workbooks whose people belong to the firm of their own row, whatever other firms have its name.
    """

    number: int
