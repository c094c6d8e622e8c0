"""What a person has said of a list: where its titles are, what its columns are, and what holds for all its firms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .meanings import MEANINGS, Meaning


@dataclass(frozen=True, slots=True)
class Choice:
    """`sheet`: its place among those of the file. `columns`: those that are read. `fixed`: what holds for all firms,
    by column of the sheet of companies, and `write_in`, the language that their people are written to in.
    `with_hidden`: rows that are hidden in the file are read too.
    """

    sheet: int
    header: int
    columns: Mapping[int, Meaning]
    fixed: Mapping[str, str]
    with_hidden: bool = False

    @classmethod
    def stored(cls, data: Mapping[str, Any]) -> "Choice":
        columns = {int(column): MEANINGS[code] for column, code in data["columns"].items() if code in MEANINGS}
        return cls(data["sheet"], data["header"], columns, data["fixed"], data.get("with_hidden", False))

    def as_data(self) -> dict[str, Any]:
        """As it is stored."""
        columns = {str(column): meaning.code for column, meaning in self.columns.items()}
        return {"sheet": self.sheet, "header": self.header, "columns": columns, "fixed": dict(self.fixed)} | (
            {"with_hidden": True} if self.with_hidden else {}
        )

    def column_of(self, meaning: Meaning) -> int | None:
        """The first column of the list that is this."""
        return next((column for column, own in self.columns.items() if own == meaning), None)
