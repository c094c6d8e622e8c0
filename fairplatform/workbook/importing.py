"""Bringing a fair up to date with a workbook: a plan first, which stores nothing, then one transaction."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import User, Viewer
from fairplatform.db.sql import keep_pages
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit
from fairplatform.fairs.slots import replace_slots
from fairplatform.notices.decisions import tell_of_decisions
from fairplatform.policy import check

from .findings import Finding
from .keys import KeyBook
from .models import WorkbookImport
from .planning import planner
from .planning.basis import Basis
from .planning.report import Report
from .reading import Workbook
from .row import Row
from .stored import STORED_SHEETS, Change, Stored, Work, prepared

KINDS = ("created", "updated", "unchanged")
SLOT_COLUMNS = frozenset({"slot_minutes", "change_minutes", "station_zone"})
_MEBIBYTES_OF_PAGES = 32  # SQLite's own 2 are written out and read again and again within one transaction
ATTEMPTS = 3  # plans that others may overtake one after the other

Progress = Callable[[str, int], None]
"""Called with a sheet's name and the number of its rows that are about to be stored."""


class Overtaken(Exception):
    """Someone has changed what a plan rests on after it was made."""


class OrganisersFirst(Exception):
    """Organisers are storing a file, which a company's must not overtake."""


@dataclass(frozen=True)
class Plan:
    """What storing a workbook will do to a fair."""

    fair: Fair | None
    slug: str
    basis: Basis
    changes: dict[str, list[Change]]
    stored: dict[str, list[Stored]]
    keys: KeyBook
    findings: list[Finding]
    unit: RecruitingUnit | None = None
    """The recruiting unit whose companies alone it touches."""
    company: Participation | None = None
    """The company whose own products or people alone it touches."""

    @property
    def permission(self) -> str:
        if self.company:
            return "booth.manage" if self.changes["people"] else "booth.keep"
        return "unit.import" if self.unit else "fair.organise"

    @property
    def may_be_stored(self) -> bool:
        return not any(finding.severity == "error" for finding in self.findings)

    def counts(self, kind: str) -> dict[str, int]:
        """How many rows of each sheet are of this kind."""
        counts = {sheet: list(_kinds(changes).values()).count(kind) for sheet, changes in self.changes.items()}
        return {sheet: count for sheet, count in counts.items() if count}


def _kinds(changes: Iterable[Change]) -> dict[int, str]:
    """What each row of a file does; one that names several companies does what the first of KINDS says of any."""
    kinds: dict[int, str] = {}
    for change in changes:
        kinds[change.number] = min(kinds.get(change.number, KINDS[-1]), change.kind, key=KINDS.index)
    return kinds


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
def plan_import(
    workbook: Workbook,
    fair: Fair | None = None,
    organiser: Viewer | None = None,
    unit: RecruitingUnit | None = None,
    company: Participation | None = None,
) -> Plan:
    """Compares a workbook with what is stored.

    `fair`: a workbook of any other is refused; None: the fair of its slug. `organiser`: what is also in a fair that
    they do not organise is left alone; None: what is in any other fair. `unit`: that they are a delegate of, so that
    nothing is touched but what belongs to its companies. `company`: that they work for, so that nothing is touched
    but its own products and people.
    """
    findings = list(workbook.findings)
    report = Report(findings)
    slug, named = _fair_of(workbook, fair, report)
    planning = planner.Planner(workbook, named, report, organiser, unit, company).plan()
    findings.sort(key=_in_order)
    basis = Basis.of(planning, organiser)
    return Plan(named, slug, basis, planning.changes, planning.stored, planning.keys, findings, unit, company)


@_collector_paused()
def store_plan(
    plan: Plan,
    *,
    now: datetime,
    actor: Actor | None = None,
    progress: Progress | None = None,
    begins: Callable[[], None] = lambda: None,
) -> Fair:
    """Writes what a plan says, all or nothing. Raises Overtaken, OrganisersFirst, and Refused where the days leave out
    planned times, or where the plan is for a unit or a company that the actor may no longer import for.

    `begins`: called in the transaction, before anything is written.
    """
    assert plan.may_be_stored
    changes = {sheet: [one for one in all_ if one.kind != "unchanged"] for sheet, all_ in plan.changes.items()}
    keep_pages(_MEBIBYTES_OF_PAGES)
    with prepared(changes["products"], plan.keys), transaction.atomic():
        fair = Fair.objects.select_for_update().filter(slug=plan.slug).first()
        if plan.basis.has_changed(fair, planner.bounds_of(plan.unit, plan.company, Report([]))):
            raise Overtaken
        _check_permitted(plan, actor, fair)
        begins()
        work = Work(fair, plan.keys, now, plan.stored, actor)
        for name, sheet in STORED_SHEETS.items():
            if changes[name]:
                if progress:
                    progress(name, len(changes[name]))
                sheet.store(work, changes[name])
        if _slots_change(plan):
            replace_slots(work.the_fair)
        tell_of_decisions(work.the_fair, now=now)
        if actor:
            counts = {kind: plan.counts(kind) for kind in KINDS}
            write_audit_entry(actor, plan.permission, plan.company or work.the_fair, after=counts)
    return work.the_fair


def _check_permitted(plan: Plan, actor: Actor | None, fair: Fair | None) -> None:
    """Under the lock of the fair, which whoever begins to store a file of the fair takes, too."""
    bounds = plan.unit or plan.company
    if bounds is None:
        return
    assert actor is not None
    check(Actor(User.objects.get(pk=actor.person.pk)), plan.permission, bounds)
    if fair is None or fair.state == Fair.State.CLOSED:
        raise Refused("not_permitted")
    storing = WorkbookImport.objects.filter(fair=fair, state=WorkbookImport.State.STORING, participation=None)
    if plan.company and storing.exists():
        raise OrganisersFirst


def import_workbook(
    workbook: Workbook,
    *,
    now: datetime,
    fair: Fair | None = None,
    actor: Actor | None = None,
    unit: RecruitingUnit | None = None,
    company: Participation | None = None,
    progress: Progress | None = None,
    accepts: Callable[[Plan], bool] = lambda plan: True,
    begins: Callable[[], None] = lambda: None,
) -> tuple[Plan, Fair | None]:
    """Plans and stores; what was planned, and the fair if it was stored. Overtaken, it plans again, a few times.

    `accepts`: whether a plan that may be stored is the one that somebody wants.
    """
    for _attempt in range(ATTEMPTS):
        plan = plan_import(workbook, fair, actor.person if actor else None, unit, company)
        if not (plan.may_be_stored and accepts(plan)):
            return plan, None
        try:
            return plan, store_plan(plan, now=now, actor=actor, progress=progress, begins=begins)
        # Two imports that make the same fair find out when the second meets the rows of the first.
        except (Overtaken, IntegrityError):
            continue
        except OrganisersFirst:
            plan.findings.append(Finding("fair", None, None, "organisers_first", "error"))
            return plan, None
        except Refused as refused:
            is_of_days = refused.code in ("slots_in_use", "days_overlap")
            place, code = ("days", refused.code) if is_of_days else ("fair", "not_permitted")
            plan.findings.append(Finding(place, None, None, code, "error"))
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


def _in_order(finding: Finding) -> tuple[int, int]:
    sheets = {name: number for number, name in enumerate(STORED_SHEETS)}
    return sheets.get(finding.sheet, len(sheets)), finding.row or 0
