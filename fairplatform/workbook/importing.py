"""Bringing a fair up to date with a workbook: a plan first, which stores nothing, then one transaction."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import Viewer
from fairplatform.content_cache.store import content_version
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.fairs.slots import replace_slots

from .findings import Finding
from .keys import KeyBook
from .planning import completeness, planner
from .planning.report import Report
from .row import Row
from .rows import Workbook
from .stored import STORED_SHEETS, Change, Stored, Work

KINDS = ("created", "updated", "unchanged")
SLOT_COLUMNS = frozenset({"slot_minutes", "change_minutes", "station_zone"})
ATTEMPTS = 3  # plans that others may overtake one after the other

Progress = Callable[[str, int], None]
"""Called with a sheet's name and the number of its rows that are about to be stored."""


class Overtaken(Exception):
    """Somebody changed the fair after the plan was made."""


@dataclass(frozen=True)
class Version:
    """What a plan was made from: how often workbooks were stored in the fair, and the state of all public content."""

    fair: int | None
    workbooks: int
    content: int

    @classmethod
    def of(cls, fair: Fair | None) -> "Version":
        return cls(fair.pk if fair else None, fair.workbooks_stored if fair else 0, content_version())


@dataclass(frozen=True)
class Plan:
    """What storing a workbook will do to a fair."""

    fair: Fair | None
    slug: str
    version: Version
    changes: dict[str, list[Change]]
    stored: dict[str, list[Stored]]
    keys: KeyBook
    findings: list[Finding]

    @property
    def may_be_stored(self) -> bool:
        return not any(finding.severity == "error" for finding in self.findings)

    def counts(self, kind: str) -> dict[str, int]:
        """How many rows of each sheet are of this kind."""
        counts = {sheet: sum(change.kind == kind for change in changes) for sheet, changes in self.changes.items()}
        return {sheet: count for sheet, count in counts.items() if count}


@contextmanager
def _collector_paused() -> Iterator[None]:
    """A large fair is a million objects, all needed to the end: looking for others among them takes a third longer."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_collector_paused()
def plan_import(workbook: Workbook, fair: Fair | None = None, organiser: Viewer | None = None) -> Plan:
    """Compares a workbook with what is stored. `fair`: the only one that it may be of; None: the one that it names.

    `organiser`: who imports it. Nothing is changed that belongs to a fair they do not organise; None organises none.
    """
    findings = completeness.without(workbook.findings)
    report = Report(findings)
    slug, named = _fair_of(workbook, fair, report)
    version = Version.of(named)
    work = planner.Planner(workbook, named, report, organiser)
    work.plan()
    findings.sort(key=_place)
    return Plan(named, slug, version, work.changes, work.stored, work.keys, findings)


@_collector_paused()
def store_plan(plan: Plan, *, now: datetime, actor: Actor | None = None, progress: Progress | None = None) -> Fair:
    """Writes what a plan says, all or nothing. Raises Overtaken, and Refused where the days leave out planned times."""
    assert plan.may_be_stored
    with transaction.atomic():
        fair = Fair.objects.select_for_update().filter(slug=plan.slug).first()
        if Version.of(fair) != plan.version:
            raise Overtaken
        work = Work(fair, plan.keys, now, plan.stored)
        for name, sheet in STORED_SHEETS.items():
            changes = [change for change in plan.changes[name] if change.kind != "unchanged"]
            if changes:
                if progress:
                    progress(name, len(changes))
                sheet.store(work, changes)
        if _slots_change(plan):
            replace_slots(work.the_fair)
        _record(work.the_fair, plan, actor)
    return work.the_fair


def import_workbook(
    workbook: Workbook,
    *,
    now: datetime,
    fair: Fair | None = None,
    actor: Actor | None = None,
    progress: Progress | None = None,
) -> tuple[Plan, Fair | None]:
    """Plans and stores; what was planned, and the fair if it was stored. Overtaken, it plans again, a few times."""
    for _attempt in range(ATTEMPTS):
        plan = plan_import(workbook, fair, actor.person if actor else None)
        if not plan.may_be_stored:
            return plan, None
        try:
            return plan, store_plan(plan, now=now, actor=actor, progress=progress)
        # Two imports that make the same fair find out when the second meets the rows of the first.
        except (Overtaken, IntegrityError):
            continue
        except Refused as refused:
            plan.findings.append(Finding("days", None, None, refused.code, "error"))
            return plan, None
    plan.findings.append(Finding("fair", None, None, "overtaken", "error"))
    return plan, None


def _fair_of(workbook: Workbook, fair: Fair | None, report: Report) -> tuple[str, Fair | None]:
    """The slug of the workbook's fair, and the fair if it is stored."""
    rows = workbook.rows.get("fair", [])
    slug = str(rows[0].values.get("slug", "")) if rows else ""
    if fair is not None:
        if slug and slug != fair.slug:
            report.error(rows[0], "slug", "fair_other", slug=slug)
        return fair.slug, fair
    if not slug:
        report.error(Row("fair", rows[0].number if rows else 1, {}), "slug", "fair_missing")
    return slug, Fair.objects.filter(slug=slug).first()


def _slots_change(plan: Plan) -> bool:
    days = any(change.kind != "unchanged" for change in plan.changes["days"])
    return days or any(change.changed & SLOT_COLUMNS for change in plan.changes["fair"])


def _record(fair: Fair, plan: Plan, actor: Actor | None) -> None:
    """Counts the workbook, which tells other plans that they are overtaken, and enters it into the audit log."""
    Fair.objects.filter(pk=fair.pk).update(workbooks_stored=F("workbooks_stored") + 1)
    if actor:
        write_audit_entry(actor, "fair.organise", fair, after={kind: plan.counts(kind) for kind in KINDS})


def _place(finding: Finding) -> tuple[int, int]:
    sheets = {name: number for number, name in enumerate(STORED_SHEETS)}
    return sheets.get(finding.sheet, len(sheets)), finding.row or 0
