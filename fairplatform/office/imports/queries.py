"""What the page of an import shows."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from fairplatform.workbook.findings import Finding
from fairplatform.workbook.models import WorkbookImport
from fairplatform.workbook.reports import findings, may_be_stored
from fairplatform.workbook.sheets import SHEETS

EARLIER = 20  # imports that a page lists
MOST_FINDINGS = 500  # that a page lists


@dataclass(frozen=True)
class SheetCounts:
    """How many rows of a sheet are new, changed and unchanged."""

    title: str
    created: int
    updated: int
    unchanged: int


@dataclass(frozen=True)
class Found:
    """A finding with the titles of its sheet and column in the reader's language."""

    finding: Finding
    sheet: str
    column: str


def sheet_counts(shown: WorkbookImport) -> list[SheetCounts]:
    counts: dict[str, dict[str, int]] = shown.report.get("counts", {})
    rows = [
        SheetCounts(
            _sheet_title(sheet), *(counts.get(kind, {}).get(sheet, 0) for kind in ("created", "updated", "unchanged"))
        )
        for sheet in SHEETS
    ]
    return [row for row in rows if row.created or row.updated or row.unchanged]


def upload_page(shown: WorkbookImport) -> str:
    """Where another file of the kind is uploaded."""
    slug = shown.fair.slug
    if shown.by_delegate and shown.unit:
        return reverse("office:unit_list_add" if shown.is_list else "office:unit_imports", args=[slug, shown.unit.pk])
    return reverse("office:list_add" if shown.is_list else "office:imports", args=[slug])


def report_of(shown: WorkbookImport) -> dict[str, Any]:
    """`found`: errors first; `more`: how many further ones the page does not list."""
    found = findings(shown.report)
    ordered = [one for severity in ("error", "warning") for one in found if one.severity == severity]
    return {
        "counts": sheet_counts(shown),
        "errors": sum(one.severity == "error" for one in found),
        "warnings": sum(one.severity == "warning" for one in found),
        "found": [Found(one, _sheet_title(one.sheet), column_title(one)) for one in ordered[:MOST_FINDINGS]],
        "more": max(0, len(found) - MOST_FINDINGS),
        "may_be_stored": shown.state == WorkbookImport.State.CHECKED and may_be_stored(shown.report),
        "good": shown.report.get("good", 0),
        "bad": len(shown.report.get("bad", ())),
        "unseen": shown.report.get("unseen", 0),
        "left_out": shown.report.get("left_out", ()),
        "progress_sheet": _sheet_title(shown.sheet),
    }


def _sheet_title(sheet: str) -> str:
    return str(SHEETS[sheet].titles) if sheet in SHEETS else sheet


def column_title(finding: Finding) -> str:
    columns = SHEETS[finding.sheet].columns if finding.sheet in SHEETS else ()
    return next((str(one.titles) for one in columns if one.key == finding.column), finding.column or "")
