"""Notes what is found in the rows of a workbook."""

from ..findings import Finding, Severity
from ..row import Row
from ..sheets import SHEETS

_DOUBLED = frozenset({"key_doubled", "row_doubled"})


class Report:
    """Findings in the order in which they were made, one error for each cell."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        self._errors = {(one.sheet, one.row, one.column) for one in findings if one.severity == "error"}
        self._doubled = {(one.sheet, one.row) for one in findings if one.code in _DOUBLED}

    def error(self, row: Row, column: str | None, code: str, /, **parameters: str) -> None:
        """A finding that forbids storing."""
        place = (row.sheet, row.number, column)
        if place not in self._errors:
            self._errors.add(place)
            self._add(row, column, code, "error", parameters)

    def doubled(self, row: Row, column: str | None, earlier: int) -> None:
        """The file has the row twice, which reading may have found already by what the rows say."""
        if (row.sheet, row.number) not in self._doubled:
            rows = {"row": str(row.number), "other": str(earlier)}
            self.error(row, column, "row_doubled", **rows, columns=SHEETS[row.sheet].telling)

    def warning(self, row: Row, column: str | None, code: str, /, **parameters: str) -> None:
        self._add(row, column, code, "warning", parameters)

    def has_error(self, row: Row, column: str) -> bool:
        """Whether the cell, or the row as a whole, is known to be wrong already."""
        return (row.sheet, row.number, column) in self._errors

    def _add(self, row: Row, column: str | None, code: str, severity: Severity, parameters: dict[str, str]) -> None:
        self.findings.append(Finding(row.sheet, row.number, column, code, severity, parameters))
