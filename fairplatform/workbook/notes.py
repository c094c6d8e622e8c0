"""Collects what is found while a sheet is read."""

from collections import Counter
from collections.abc import Iterable

from .findings import Finding, Severity
from .kinds import Unread

MOST_OF_A_CODE = 2000  # findings of one code in a sheet; a spoiled column must not fill the memory
_LONGEST = 200  # characters of a parameter


class Notes:
    """The findings of one sheet. `row` and `column` are where the reading is; `refused`: the row's columns in error."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.row: int | None = None
        self.column: str | None = None
        self.refused: set[str | None] = set()
        self._findings: list[Finding] = []
        self._counts: Counter[tuple[str, Severity]] = Counter()

    def begin(self, row: int) -> None:
        """The next row is read."""
        self.row = row
        self.refused.clear()

    def warn(self, code: str, **parameters: str) -> None:
        """Notes a warning about the cell that is being read."""
        self.add(code, "warning", self.column, **parameters)

    def unread(self, cause: Unread) -> None:
        """Notes why the cell that is being read has no value."""
        self.add(cause.code, cause.severity, self.column, **cause.parameters)

    def error(self, column: str | None, code: str, **parameters: str) -> None:
        """Notes an error in a column of the row that is being read."""
        self.add(code, "error", column, **parameters)

    def add(self, code: str, severity: Severity, column: str | None, **parameters: str) -> None:
        if severity == "error":
            self.refused.add(column)
        self._counts[code, severity] += 1
        if self._counts[code, severity] <= MOST_OF_A_CODE:
            shown = {name: value[:_LONGEST] for name, value in parameters.items()}
            self._findings.append(Finding(self.sheet, self.row, column, code, severity, shown))

    def extend(self, findings: Iterable[Finding]) -> None:
        self._findings.extend(findings)

    def all(self) -> list[Finding]:
        """In order; of those beyond the limit, only how many they are."""
        further = [
            Finding(self.sheet, None, None, "more_findings", severity, {"count": f"{count - MOST_OF_A_CODE:,}"})
            for (_code, severity), count in self._counts.items()
            if count > MOST_OF_A_CODE
        ]
        return [*self._findings, *further]
