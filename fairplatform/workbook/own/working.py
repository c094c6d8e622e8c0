"""What the process of a company's import does: it checks the rows of the file, or stores the good ones."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from fairplatform.accounts.models import Viewer
from fairplatform.fairs.models import Participation

from ..findings import Finding
from ..good_rows import record_check, store_good_rows
from ..importing import Plan, plan_import
from ..lists.mending import kept_cells
from ..models import WorkbookImport
from ..reading import Workbook
from ..reports import kept_findings, kept_report
from .reading import OwnFile, read_own

State = WorkbookImport.State
_ASKED = frozenset({"digits_lost"})  # what a workbook only warns of, and whoever has typed it can be asked
_FOLLOWS = frozenset({"person_invited"})  # of rows that are refused for it


@dataclass(frozen=True, slots=True)
class CheckedRows:
    """`workbook` and `plan`: of the rows that can be stored. `bad`: the numbers of the others."""

    workbook: Workbook
    plan: Plan
    bad: list[int]
    findings: list[Finding]


def work_own(started: WorkbookImport, company: Participation) -> None:
    """Does what the state of the import asks for. Raises UnreadableFile."""
    file = read_own(started.file.path, started.name, started.kind)
    if started.state == State.STORING:
        _store(started, company, file)
    else:
        _check(started, company, file)


def check_own(workbook: Workbook, company: Participation, person: Viewer, left_out: Iterable[int] = ()) -> CheckedRows:
    """Plans until all that is left can be stored: one row may stand or fall with another."""
    bad, findings = set(left_out), list[Finding]()
    workbook = _without(workbook, bad)
    while True:
        plan = plan_import(workbook, company.fair, person, company=company)
        wrong = {one.row for one in plan.findings if one.row is not None and _is_bad(one)}
        if not wrong:
            break
        findings += [one for one in plan.findings if one.row in wrong and one.code not in _FOLLOWS]
        bad |= wrong
        workbook = _without(workbook, wrong)
    every = sorted([*findings, *plan.findings], key=lambda one: one.row or 0)
    return CheckedRows(workbook, plan, sorted(bad), every)


def _is_bad(finding: Finding) -> bool:
    return finding.severity == "error" or finding.code in _ASKED


def _without(workbook: Workbook, bad: Collection[int]) -> Workbook:
    rows = {sheet: [row for row in of_sheet if row.number not in bad] for sheet, of_sheet in workbook.rows.items()}
    return Workbook(rows, [one for one in workbook.findings if one.row not in bad])


def _check(started: WorkbookImport, company: Participation, file: OwnFile) -> None:
    checked = check_own(file.workbook, company, started.user)
    record_check(started, checked, _report(file, checked))


def _store(started: WorkbookImport, company: Participation, file: OwnFile) -> None:
    checked = check_own(file.workbook, company, started.user, started.report["bad"])
    store_good_rows(started, checked, _report(file, checked), company=company)


def _report(file: OwnFile, checked: CheckedRows) -> dict[str, Any]:
    """As of a list, with the rows that are to be corrected: `rows` has their cells."""
    every = {row.number for rows in file.workbook.rows.values() for row in rows}
    return {
        **kept_report(checked.plan),
        "findings": kept_findings(checked.findings),
        "titles": {str(column): title for column, title in file.titles.items()},
        "bad": checked.bad,
        "good": len(every - set(checked.bad)),
        "rows": [[number, kept_cells(file.rows[number])] for number in checked.bad if number in file.rows],
    }
