"""Uploading a workbook and storing it. A process of its own reads and checks, so that no page waits for it."""

import subprocess
import sys
from datetime import datetime

from django.conf import settings
from django.db import transaction

from fairplatform.accounts.actor import Actor
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.files import actions as files
from fairplatform.policy import check

from .models import WorkbookImport
from .reports import has_errors

State = WorkbookImport.State


@transaction.atomic
def upload_workbook(actor: Actor, *, fair: Fair, name: str, content: bytes, now: datetime) -> WorkbookImport:
    """Keeps the file, and starts the process that checks it.

    Raises Refused("import_running") while another import of the fair is being read or stored, and what files.store
    raises.
    """
    check(actor, "fair.organise", fair)
    Fair.objects.select_for_update().get(pk=fair.pk)
    end_silent(fair, now)
    if WorkbookImport.objects.filter(fair=fair, state__in=WorkbookImport.BUSY).exists():
        raise Refused("import_running")
    started = WorkbookImport.objects.create(fair=fair, user=actor.user, created_at=now, heard_at=now)
    started.name = files.store(actor, owner=started, name=name, content=content, now=now).name
    started.save(update_fields=["name"])
    transaction.on_commit(lambda: start(started))
    return started


@transaction.atomic
def store_workbook(actor: Actor, *, checked: WorkbookImport, now: datetime) -> None:
    """Starts the process that stores a checked workbook. Raises Refused: "not_now", "import_running"."""
    check(actor, "fair.organise", checked)
    Fair.objects.select_for_update().get(pk=checked.fair_id)
    own = WorkbookImport.objects.select_for_update().get(pk=checked.pk)
    if own.state != State.CHECKED or has_errors(own.report):
        raise Refused("not_now")
    if WorkbookImport.objects.filter(fair=own.fair_id, state__in=WorkbookImport.BUSY).exists():
        raise Refused("import_running")
    own.user, own.state, own.sheet, own.rows, own.heard_at = actor.user, State.STORING, "", 0, now
    own.save(update_fields=["user", "state", "sheet", "rows", "heard_at"])
    transaction.on_commit(lambda: start(own))


def end_silent(fair: Fair, now: datetime) -> None:
    """Gives up imports whose process has ended without a word: reading has failed, storing can be tried again."""
    for busy in WorkbookImport.objects.filter(fair=fair, state__in=WorkbookImport.BUSY):
        if busy.has_ended_silently(now):
            ended = State.FAILED if busy.state == State.READING else State.CHECKED
            WorkbookImport.objects.filter(pk=busy.pk, state=busy.state).update(state=ended)


def start(started: WorkbookImport) -> None:
    """Starts `manage.py work_import`, which outlives this process and reports by the row of the import."""
    command = [sys.executable, str(settings.ROOT / "manage.py"), "work_import", str(started.pk)]
    subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)
