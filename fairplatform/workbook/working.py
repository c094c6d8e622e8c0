"""What the process of an import does: it reads and checks the file, or stores it."""

import logging
from time import monotonic

from django.db import transaction
from django.utils import timezone

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import User
from fairplatform.policy import may

from .findings import Finding
from .importing import Plan, import_workbook, plan_import
from .limits import TooLong
from .lists.working import work_list
from .models import GivenUp, WorkbookImport
from .own.working import work_own
from .reading import UnreadableFile, Workbook, read
from .reports import REPORT_CHANGED, kept_report, shows, unreadable_report

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
        if not _is_within_limits(started):
            started.heard(state=State.FAILED, report=unreadable_report(UnreadableFile("file_exhausting")))
    except UnreadableFile as error:
        started.heard(state=State.FAILED, report=unreadable_report(error))
    except GivenUp:
        logger.warning("the process of an import was given up before it had finished")
    except Exception:
        started.heard(state=State.FAILED if started.state == State.READING else State.CHECKED)
        raise


def _is_within_limits(started: WorkbookImport) -> bool:
    """Whether memory and time have sufficed for it; if not, the memory is free again for the report."""
    try:
        _work(started)
    # Some parts of the interpreter say SystemError where the memory ends in the middle of making an object.
    except (MemoryError, SystemError, TooLong):
        return False
    return True


def _work(started: WorkbookImport) -> None:
    if not may(Actor(User.objects.get(pk=started.user_id)), started.permission, started.subject):
        raise UnreadableFile("not_permitted")
    if started.participation:
        work_own(started, started.participation)
        return
    if started.is_list:
        work_list(started)
        return
    workbook = read(started.file.path, ProgressReport(started))
    if started.state == State.READING:
        plan = plan_import(workbook, started.fair, started.user, started.only_unit)
        _keep_checked(started, plan)
    else:
        _store(started, workbook)


@transaction.atomic
def _keep_checked(started: WorkbookImport, plan: Plan) -> None:
    """With an entry in the audit log: a report tells which addresses and numbers are known, so asking is on record."""
    report = kept_report(plan)
    started.heard(state=State.CHECKED, report=report)
    after = {"checked": started.name, "counts": report["counts"]}
    write_audit_entry(Actor(started.user), started.permission, started, after=after)


def _store(started: WorkbookImport, workbook: Workbook) -> None:
    """Stores what the report has shown; if the fair has changed so that another would, the new report is shown first.

    Without reports of progress while the transaction lasts: they would wait for it.
    """
    actor = Actor(User.objects.get(pk=started.user_id))
    plan, fair = import_workbook(
        workbook,
        now=timezone.now(),
        fair=started.fair,
        actor=actor,
        unit=started.only_unit,
        accepts=lambda plan: shows(started.report, plan),
        begins=started.begins_storing,
    )
    if fair is None and plan.may_be_stored:
        plan.findings.insert(0, Finding("fair", None, None, REPORT_CHANGED, "warning"))
    started.state = State.STORED if fair else started.state
    started.heard(state=State.STORED if fair else State.CHECKED, report=kept_report(plan))
