"""What every kind of column has in common."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from ..findings import Severity

Cell: TypeAlias = str | int | float | date | datetime | time | timedelta
"""A cell as a file has it, never empty. A CSV file has strings only; True and False are integers."""


class Unread(Exception):
    """A cell has no value that could be stored. `code` is a key of FINDINGS."""

    def __init__(self, code: str, severity: Severity = "error", **parameters: str) -> None:
        super().__init__(code)
        self.code = code
        self.severity = severity
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class Row:
    """What a kind may know of the row it reads a cell of.

    `country`: the row's, ISO 3166, if it states one. `warn` notes a code of FINDINGS with its parameters; the value is
    kept all the same.
    """

    country: str | None
    warn: Callable[..., None]


class Kind(ABC):
    """What the cells of a column hold. `name` is that of its hint in words.toml."""

    name: str

    @abstractmethod
    def read(self, cell: Cell, row: Row) -> object:
        """The value of a cell that is not empty. Raises Unread."""

    def written(self, value: object) -> Cell:
        """The cell of a value; `read` makes the same value of it."""
        return str(value)

    def choices(self) -> tuple[str, ...]:
        """What a drop-down list offers; empty where there is none."""
        return ()


class Several(Kind):
    """What a cell with several values holds, with `;` between them. Its value is a list."""

    def written(self, value: object) -> Cell:
        assert isinstance(value, list)
        return "; ".join(self.parts(value))

    def parts(self, values: list[Any]) -> list[str]:
        """Each value as it is written."""
        return [str(value) for value in values]
