"""An import whose correct rows are stored while the others go back: a unit's own list, or a company's sheet."""

from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Participation, RecruitingUnit

from .importing import Plan, import_workbook
from .models import WorkbookImport
from .reading import Workbook
from .reports import kept_findings, kept_report

State = WorkbookImport.State


class Checked(Protocol):
    """What a check of the rows finds; `workbook` has those that can be stored, `bad` the numbers of the others."""

    @property
    def workbook(self) -> Workbook: ...
    @property
    def bad(self) -> list[int]: ...


def record_check(started: WorkbookImport, checked: Checked, report: dict[str, Any]) -> None:
    """Keeps the report of a check, from which somebody decides whether to store."""
    after = {"checked": started.name, "counts": report["counts"], "bad_rows": len(checked.bad)}
    with transaction.atomic():
        started.heard(state=State.CHECKED, report=report)
        write_audit_entry(Actor(started.user), started.permission, started, after=after)


def store_good_rows(
    started: WorkbookImport,
    checked: Checked,
    report: dict[str, Any],
    *,
    unit: RecruitingUnit | None = None,
    company: Participation | None = None,
) -> None:
    """Stores never more than the report has shown: rows that were bad then have to be left out of `checked`.

    `report`: of this second check. Where nothing could be stored, the import is offered again with what is wrong.
    """
    plan, fair = import_workbook(
        checked.workbook,
        now=timezone.now(),
        fair=started.fair,
        actor=Actor(User.objects.get(pk=started.user_id)),
        unit=unit,
        company=company,
        begins=started.begins_storing,
    )
    bad_before = [one for one in started.report["findings"] if one[1] in started.report["bad"]]
    found = report["findings"] if fair else [*report["findings"], *_errors(plan)]
    report = {**report, "counts": kept_report(plan)["counts"], "findings": [*bad_before, *found]}
    started.state = State.STORED if fair else started.state
    started.heard(state=State.STORED if fair else State.CHECKED, report=report)


def _errors(plan: Plan) -> list[Any]:
    return kept_findings(one for one in plan.findings if one.severity == "error")
