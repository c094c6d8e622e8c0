"""The report of a plan as it is kept with an import: codes and figures, so that each reader gets their language."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .findings import Finding
from .importing import KINDS, Plan
from .models import WorkbookImport
from .reading import UnreadableFile

REPORT_CHANGED = "report_changed"
"""The code of the remark that nothing was stored, because the report was no longer that of the fair."""

MOST_KEPT = 5000  # findings of a report, which every page of its import loads
_LONGEST = 200  # characters of a parameter


def kept_report(plan: Plan) -> dict[str, Any]:
    """`counts`: kind → sheet → number of rows. `findings`: what Finding takes, in the order of the workbook."""
    return {
        "counts": {kind: plan.counts(kind) for kind in KINDS},
        "findings": kept_findings(plan.findings),
    }


def shows(report: dict[str, Any], plan: Plan) -> bool:
    """Whether a report that was kept before says what this plan does and finds."""
    now = kept_report(plan)
    found = [one for one in report["findings"] if one[3] != REPORT_CHANGED]
    return bool(now == {"counts": report["counts"], "findings": found})


def kept_findings(found: Iterable[Finding]) -> list[list[Any]]:
    """Of very many the first ones, errors before warnings, and of each kind how many more they are."""
    ordered = list(found)
    if len(ordered) > MOST_KEPT:
        ordered.sort(key=lambda one: one.severity != "error")
    further = Counter((one.sheet, one.code, one.severity) for one in ordered[MOST_KEPT:])
    kept = ordered[:MOST_KEPT] + [
        Finding(sheet, None, None, "more_findings", severity, {"count": f"{count:,}"})
        for (sheet, _code, severity), count in further.items()
    ]
    return [[one.sheet, one.row, one.column, one.code, one.severity, _shortened(one.parameters)] for one in kept]


def _shortened(parameters: Mapping[str, str]) -> dict[str, str]:
    return {name: value[:_LONGEST] for name, value in parameters.items()}


def unreadable_report(error: UnreadableFile) -> dict[str, Any]:
    """The report of a file that cannot be read at all."""
    return {"counts": {}, "findings": [["", None, None, error.code, "error", dict(error.parameters)]]}


def findings(report: dict[str, Any]) -> list[Finding]:
    return [Finding(*one) for one in report.get("findings", [])]


def may_be_stored(report: dict[str, Any]) -> bool:
    """Of a workbook, all or nothing; of a list, what is good, unless something is wrong with the list as a whole."""
    wrong = [finding for finding in findings(report) if finding.severity == "error"]
    if "bad" not in report:
        return not wrong
    of_rows = [finding for finding in wrong if finding.code != "more_findings"]
    return report["good"] > 0 and all(finding.row in report["bad"] for finding in of_rows)


def state_in_words(shown: WorkbookImport) -> str:
    """How far an import is; of a checked one, whether it can be stored or how many of its rows forbid it."""
    if shown.state != WorkbookImport.State.CHECKED:
        return str(shown.get_state_display())
    wrong = {(one.sheet, one.row) for one in findings(shown.report) if one.severity == "error" and one.row is not None}
    if wrong:
        sentence = ngettext("Checked: %(number)s row to correct", "Checked: %(number)s rows to correct", len(wrong))
        return sentence % {"number": len(wrong)}
    return _("Checked: can be imported") if may_be_stored(shown.report) else _("Checked: cannot be imported")
