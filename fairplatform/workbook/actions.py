"""Uploading a workbook and storing it. A process of its own reads and checks, so that no page waits for it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.rate_limits import count_one
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit
from fairplatform.files import actions as files
from fairplatform.files.kinds import check_list, check_workbook
from fairplatform.policy import check, may

from . import process
from .files.table import UnreadableFile
from .lists.choice import Choice
from .lists.preview import remembered
from .models import SILENCE, ListMemory, WorkbookImport
from .reports import may_be_stored, unreadable_report

KindOf = Callable[[bytes], str]
State = WorkbookImport.State
MOST_OF_DELEGATE = 60  # imports, and their steps, that one of them begins in an hour; also of somebody of a company
MOST_OF_COMPANIES = 2  # imports of companies of one fair that run at once


def upload_workbook(
    actor: Actor, *, fair: Fair, name: str, content: bytes, now: datetime, kind_of: KindOf = check_workbook
) -> WorkbookImport:
    """Keeps the file, and starts the process that checks it. Raises what `_upload` raises."""
    return _upload(actor, WorkbookImport(fair=fair), name=name, content=content, now=now, kind_of=kind_of)


def upload_of_unit(actor: Actor, *, unit: RecruitingUnit, name: str, content: bytes, now: datetime) -> WorkbookImport:
    """Keeps a delegate's workbook, and starts the process that checks it. Raises what `_upload` raises."""
    new = WorkbookImport(fair=unit.fair, unit=unit, by_delegate=True)
    return _upload(actor, new, name=name, content=content, now=now, kind_of=check_workbook)


def upload_list(
    actor: Actor, *, unit: RecruitingUnit, by_delegate: bool = False, name: str, content: bytes, now: datetime
) -> WorkbookImport:
    """Keeps the list of a unit, and starts the process that shows its beginning. Raises what `_upload` raises."""
    new = WorkbookImport(fair=unit.fair, unit=unit, by_delegate=by_delegate, kind=WorkbookImport.Kind.LIST)
    return _upload(actor, new, name=name, content=content, now=now, kind_of=check_list)


def upload_of_company(
    actor: Actor, *, company: Participation, sheet: str, name: str, content: bytes, now: datetime
) -> WorkbookImport:
    """Keeps the file with a company's own products or people, and starts the process that checks it.

    Raises what `_upload` raises.
    """
    new = WorkbookImport(fair=company.fair, participation=company, kind=WorkbookImport.Kind(sheet))
    return _upload(actor, new, name=name, content=content, now=now, kind_of=check_list)


@transaction.atomic
def _upload(
    actor: Actor, new: WorkbookImport, *, name: str, content: bytes, now: datetime, kind_of: KindOf
) -> WorkbookImport:
    """Raises what `_take_turn` and files.store raise."""
    fair = new.fair
    check(actor, new.permission, new.subject)
    Fair.objects.select_for_update().get(pk=fair.pk)
    end_silent(fair, now)
    _take_turn(new, actor)
    new.user, new.created_at, new.heard_at = actor.user, now, now
    new.save()
    new.name = files.store(actor, owner=new, name=name, content=content, now=now, kind_of=kind_of).name
    new.save(update_fields=["name"])
    transaction.on_commit(lambda: process.start(new))
    return new


@transaction.atomic
def check_rows(actor: Actor, *, uploaded: WorkbookImport, choice: Choice, now: datetime) -> None:
    """Starts the process that checks a list as its columns were said to be, which are remembered for its unit.

    Raises Refused("not_now"), and what `_take_turn` raises.
    """
    check(actor, uploaded.permission, uploaded)
    own = _locked(uploaded)
    if own.state not in (State.CHOOSING, State.CHECKED) or not own.is_list:
        raise Refused("not_now")
    _begin(own, State.READING, actor, now, choice=choice.as_data(), report={})
    sheet = own.preview["sheets"][choice.sheet]
    if own.unit:
        memory = {"columns": remembered(sheet, choice), "fixed": dict(choice.fixed)}
        ListMemory.objects.update_or_create(unit=own.unit, defaults=memory)


@transaction.atomic
def store_workbook(actor: Actor, *, checked: WorkbookImport, now: datetime) -> None:
    """Starts the process that stores a checked workbook. Raises Refused("not_now"), and what `_take_turn` raises."""
    check(actor, checked.permission, checked)
    own = _locked(checked)
    if own.state != State.CHECKED or not may_be_stored(own.report):
        raise Refused("not_now")
    _begin(own, State.STORING, actor, now)


def record_download(actor: Actor, of: Fair | Participation | WorkbookImport, *, permission: str, what: str) -> None:
    """Enters into the audit log that what is not public has left the program: contact data, what buyers look for."""
    check(actor, permission, of)
    write_audit_entry(actor, permission, of, after={"exported": what})


def _locked(shown: WorkbookImport) -> WorkbookImport:
    """As it is by now, with its fair locked, so that no other import begins."""
    Fair.objects.select_for_update().get(pk=shown.fair_id)
    return WorkbookImport.objects.select_for_update().get(pk=shown.pk)


def _begin(own: WorkbookImport, state: str, actor: Actor, now: datetime, **fields: Any) -> None:
    """Starts the process of an import for its next step. One of a unit that was removed has none."""
    if own.by_delegate and own.unit is None:
        raise Refused("not_now")
    _take_turn(own, actor)
    begun = {
        "user": actor.user,
        "state": state,
        "sheet": "",
        "rows": 0,
        "heard_at": now,
        "attempt": own.attempt + 1,
        **fields,
    }
    for name, value in begun.items():
        setattr(own, name, value)
    own.save(update_fields=list(begun))
    transaction.on_commit(lambda: process.start(own))


def _take_turn(own: WorkbookImport, actor: Actor) -> None:
    """One import of a fair at a time. Delegates let organisers go first, and leave an archive alone.

    Raises Refused: "import_running"; "not_now" for a delegate after the fair, and "too_fast" where they begin more
    imports than anybody needs.
    """
    if own.participation:
        _take_turn_of_company(own, actor)
        return
    if own.by_delegate and own.fair.state == Fair.State.CLOSED:
        raise Refused("not_now")
    busy = WorkbookImport.objects.filter(fair=own.fair_id, state__in=WorkbookImport.BUSY, participation=None)
    is_organiser = may(actor, "fair.organise", own.fair)
    if is_organiser:
        _give_up(busy.filter(by_delegate=True), report=unreadable_report(UnreadableFile("organisers_first")))
    if busy.exists():
        raise Refused("import_running")
    if not is_organiser and not count_one(f"import:{actor.user.pk}", limit=MOST_OF_DELEGATE, seconds=60 * 60):
        raise Refused("too_fast")


def _take_turn_of_company(own: WorkbookImport, actor: Actor) -> None:
    """One import of a company at a time, and of all companies a few, beside those of the fair, which never wait.

    Raises Refused: "import_running"; "not_now" after the fair, and "too_fast".
    """
    if own.fair.state == Fair.State.CLOSED:
        raise Refused("not_now")
    busy = WorkbookImport.objects.filter(fair=own.fair_id, state__in=WorkbookImport.BUSY)
    of_companies = busy.exclude(participation=None)
    if of_companies.filter(participation=own.participation).exists() or of_companies.count() >= MOST_OF_COMPANIES:
        raise Refused("import_running")
    if not count_one(f"import:{actor.user.pk}", limit=MOST_OF_DELEGATE, seconds=60 * 60):
        raise Refused("too_fast")


def _give_up(busy: QuerySet[WorkbookImport], **failed: Any) -> None:
    """Ends these imports and their processes: reading has failed, with these fields; storing can be tried again.

    A process that is storing holds the row of its import, so on PostgreSQL it is not given up however long it takes,
    and on SQLite nobody can write: one that was stopped meanwhile is ended first. Those given up are ended, too, since
    they would use memory and a connection to the database for nothing.
    """
    for state, fields in (
        (State.READING, {"state": State.FAILED, **failed}),
        (State.STORING, {"state": State.CHECKED}),
    ):
        of_state = busy.filter(state=state)
        # Asked first: on SQLite a change waits for whoever is storing, and most pages find nothing to change.
        for one in of_state:
            process.end(one, only_stopped=True)
            with transaction.atomic():
                if given_up := of_state.select_for_update(skip_locked=True).filter(pk=one.pk).first():
                    WorkbookImport.objects.filter(pk=one.pk).update(**fields)
                    transaction.on_commit(partial(process.end, given_up))


def end_silent(fair: Fair, now: datetime) -> None:
    """Gives up imports whose process has ended without a word."""
    for state, silence in SILENCE.items():
        _give_up(WorkbookImport.objects.filter(fair=fair, state=state, heard_at__lt=now - silence))
