"""What the process of an import does: it reads and checks the file, or stores it."""

import logging
from time import monotonic

from django.db import transaction
from django.utils import timezone

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import User

from .importing import Plan, import_workbook, plan_import
from .models import WorkbookImport
from .reports import kept_report, unreadable_report
from .rows import UnreadableFile, Workbook, read

logger = logging.getLogger(__name__)
REPORT_INTERVAL = 1.0  # seconds between two reports of progress
State = WorkbookImport.State


class ProgressReport:
    """Writes progress to the row of the import, at most once a second."""

    def __init__(self, started: WorkbookImport) -> None:
        self._import = started
        self._next = 0.0

    def __call__(self, sheet: str, rows: int) -> None:
        if monotonic() >= self._next:
            self._next = monotonic() + REPORT_INTERVAL
            self._import.heard(sheet=sheet, rows=rows)


def work(started: WorkbookImport) -> None:
    """Does what the state of the import asks for; whatever fails, the import does not stay busy."""
    try:
        workbook = read(started.file.path, ProgressReport(started))
        if started.state == State.READING:
            plan = plan_import(workbook, started.fair, started.user)
            _keep_checked(started, plan)
        else:
            _store(started, workbook)
    except UnreadableFile as error:
        started.heard(state=State.FAILED, report=unreadable_report(error))
    except Exception:
        started.heard(state=State.FAILED if started.state == State.READING else State.CHECKED)
        raise


@transaction.atomic
def _keep_checked(started: WorkbookImport, plan: Plan) -> None:
    """With an entry in the audit log: a report tells which addresses and numbers are known, so asking is on record."""
    report = kept_report(plan)
    started.heard(state=State.CHECKED, report=report)
    after = {"checked": started.name, "counts": report["counts"]}
    write_audit_entry(Actor(started.user), "fair.organise", started, after=after)


def _store(started: WorkbookImport, workbook: Workbook) -> None:
    """Without reports of progress while the transaction lasts: they would wait for it."""
    actor = Actor(User.objects.get(pk=started.user_id))
    plan, fair = import_workbook(workbook, now=timezone.now(), fair=started.fair, actor=actor)
    started.heard(state=State.STORED if fair else State.CHECKED, report=kept_report(plan))
