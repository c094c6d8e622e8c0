"""What the process of a list does: it shows the list's beginning, checks its rows, or stores the good ones."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import User

from ..files.table import UnreadableFile
from ..importing import import_workbook
from ..models import WorkbookImport
from ..reports import kept_findings, kept_report
from .checking import Checked, check_list
from .choice import Choice
from .composing import Composed, compose
from .grids import open_list
from .mending import kept_cells
from .preview import previewed

State = WorkbookImport.State


def work_list(started: WorkbookImport) -> None:
    """Does what the state of the import asks for. Raises UnreadableFile."""
    if started.state == State.STORING:
        _store(started)
    elif started.choice:
        _check(started)
    else:
        started.heard(state=State.CHOOSING, preview=previewed(open_list(started.file.path, started.name)))


def _check(started: WorkbookImport) -> None:
    composed = _composed(started)
    checked = check_list(composed, started.fair, started.user, unit=started.only_unit)
    report = _report(composed, checked)
    after = {"checked": started.name, "counts": report["counts"], "bad_rows": len(checked.bad)}
    with transaction.atomic():
        started.heard(state=State.CHECKED, report=report)
        write_audit_entry(Actor(started.user), started.permission, started, after=after)


def _store(started: WorkbookImport) -> None:
    """Never more than the report has shown: what was bad then stays out."""
    composed = _composed(started)
    actor = Actor(User.objects.get(pk=started.user_id))
    checked = check_list(composed, started.fair, started.user, started.report["bad"], started.only_unit)
    plan, fair = import_workbook(
        checked.workbook,
        now=timezone.now(),
        fair=started.fair,
        actor=actor,
        unit=started.only_unit,
        begins=started.begins_storing,
    )
    bad_before = [one for one in started.report["findings"] if one[1] in started.report["bad"]]
    report = _report(composed, checked) | {"counts": kept_report(plan)["counts"]}
    if fair is None:
        report["findings"] += kept_findings(one for one in plan.findings if one.severity == "error")
    report["findings"] = bad_before + report["findings"]
    started.state = State.STORED if fair else started.state
    started.heard(state=State.STORED if fair else State.CHECKED, report=report)


def _composed(started: WorkbookImport) -> Composed:
    choice = Choice.stored(started.choice)
    grids = open_list(started.file.path, started.name)
    if choice.sheet >= len(grids) or choice.header not in grids[choice.sheet].rows:
        raise UnreadableFile("list_changed")
    return compose(grids[choice.sheet], choice)


def _report(composed: Composed, checked: Checked) -> dict[str, Any]:
    """As of a workbook, with the rows that are to be mended: `rows` has their cells."""
    return {
        **kept_report(checked.plan),
        "findings": kept_findings(checked.findings),
        "titles": {str(column): title for column, title in composed.titles.items()},
        "bad": checked.bad,
        "good": len(composed.rows.keys() - set(checked.bad)),
        "left_out": composed.left_out,
        "unseen": len(composed.unseen),
        "rows": [[number, kept_cells(composed.cells(number))] for number in checked.bad],
    }
