"""The process of an import that was given up is ended, and no other one."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair
from fairplatform.workbook import process
from fairplatform.workbook.actions import end_silent
from fairplatform.workbook.models import WorkbookImport
from tests.factories import NOW, make_fair, make_role

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.workbook.actions")]
Waiting = subprocess.Popen[bytes]
Start = Callable[[WorkbookImport], Waiting]


@pytest.fixture
def fair() -> Fair:
    return make_fair(state="draft")


@pytest.fixture
def started(fair: Fair) -> WorkbookImport:
    user = User.objects.get(pk=make_role(fair, "organiser").pk)
    return WorkbookImport.objects.create(fair=fair, user=user, name="a.xlsx", heard_at=NOW)


@pytest.fixture
def start() -> Iterator[Start]:
    """A process that has an import's mark, and waits."""
    running: list[Waiting] = []

    def begun(one: WorkbookImport) -> Waiting:
        command = [sys.executable, "-c", "print(flush=True); input()", "work_import", process.mark(one)]
        new = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        running.append(new)
        assert new.stdout and new.stdout.readline()  # so that its command line is its own
        return new

    yield begun
    for one in running:
        one.kill()
        one.communicate()


def stopped(one: Waiting) -> Waiting:
    one.send_signal(signal.SIGSTOP)
    # Told only once it has stopped.
    assert signal.Signals(os.waitpid(one.pid, os.WUNTRACED)[1] >> 8) == signal.SIGSTOP
    return one


@pytest.mark.parametrize("is_stopped", [True, False])
def test_a_process_that_is_given_up_is_ended(
    fair: Fair, started: WorkbookImport, start: Start, is_stopped: bool, django_capture_on_commit_callbacks: Any
) -> None:
    own, next_attempt = start(started), start(WorkbookImport(pk=started.pk, attempt=2))
    if is_stopped:
        stopped(own)
    with django_capture_on_commit_callbacks(execute=True):
        end_silent(fair, NOW + timedelta(seconds=61))
    assert (own.wait(timeout=10), next_attempt.poll()) == (-signal.SIGKILL, None)
    started.refresh_from_db()
    assert started.state == "failed"


def test_a_process_that_reports_is_left_alone(
    fair: Fair, started: WorkbookImport, start: Start, django_capture_on_commit_callbacks: Any
) -> None:
    own = stopped(start(started))
    with django_capture_on_commit_callbacks(execute=True):
        end_silent(fair, NOW + timedelta(seconds=59))
    assert own.poll() is None


def test_a_stopped_process_is_ended_before_the_import_is_given_up(
    fair: Fair, started: WorkbookImport, start: Start
) -> None:
    """It may hold the database while it stores: no commit is waited for."""
    WorkbookImport.objects.filter(pk=started.pk).update(state="storing")
    own = stopped(start(started))
    end_silent(fair, NOW + timedelta(minutes=5, seconds=1))
    assert own.wait(timeout=10) == -signal.SIGKILL


def test_a_process_that_works_is_not_ended_while_it_may_still_store(started: WorkbookImport, start: Start) -> None:
    own = start(started)
    process.end(started, only_stopped=True)
    assert own.poll() is None


def test_imports_of_another_installation_have_other_marks(started: WorkbookImport, settings: Any) -> None:
    own = process.mark(started)
    settings.SECRET_KEY = "another"
    assert process.mark(started) != own
