"""The report of a plan as it is kept with an import: codes and figures, so that each reader gets their language."""

from typing import Any

from .findings import Finding
from .importing import KINDS, Plan
from .rows import UnreadableFile


def kept_report(plan: Plan) -> dict[str, Any]:
    """`counts`: kind → sheet → number of rows. `findings`: what Finding takes, in the order of the workbook."""
    return {
        "counts": {kind: plan.counts(kind) for kind in KINDS},
        "findings": [
            [one.sheet, one.row, one.column, one.code, one.severity, dict(one.parameters)] for one in plan.findings
        ],
    }


def unreadable_report(error: UnreadableFile) -> dict[str, Any]:
    """The report of a file that cannot be read at all."""
    return {"counts": {}, "findings": [["", None, None, error.code, "error", dict(error.parameters)]]}


def findings(report: dict[str, Any]) -> list[Finding]:
    return [Finding(*one) for one in report.get("findings", [])]


def has_errors(report: dict[str, Any]) -> bool:
    return any(finding.severity == "error" for finding in findings(report))
