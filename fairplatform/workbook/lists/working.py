"""What the process of a list does: it shows the list's beginning, checks its rows, or stores the good ones."""

from typing import Any

from ..files.table import UnreadableFile
from ..good_rows import record_check, store_good_rows
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
    record_check(started, checked, _report(composed, checked))


def _store(started: WorkbookImport) -> None:
    composed = _composed(started)
    checked = check_list(composed, started.fair, started.user, started.report["bad"], started.only_unit)
    store_good_rows(started, checked, _report(composed, checked), unit=started.only_unit)


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
