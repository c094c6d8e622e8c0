"""Notes what is found in the rows of a workbook."""

from ..findings import Finding, Severity
from ..row import Row


class Report:
    """Findings in the order in which they were made, one error for each cell."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        self._errors = {(one.sheet, one.row, one.column) for one in findings if one.severity == "error"}

    def error(self, row: Row, column: str | None, code: str, /, **parameters: str) -> None:
        """A finding that forbids storing."""
        place = (row.sheet, row.number, column)
        if place not in self._errors:
            self._errors.add(place)
            self._add(row, column, code, "error", parameters)

    def warning(self, row: Row, column: str | None, code: str, /, **parameters: str) -> None:
        self._add(row, column, code, "warning", parameters)

    def has_error(self, row: Row, column: str) -> bool:
        """Whether the cell, or the row as a whole, is known to be wrong already."""
        return (row.sheet, row.number, column) in self._errors

    def _add(self, row: Row, column: str | None, code: str, severity: Severity, parameters: dict[str, str]) -> None:
        self.findings.append(Finding(row.sheet, row.number, column, code, severity, parameters))
