"""Runs of the solver: started from a page, they work in a process of their own and report by their row."""

import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.policy import load
from fairplatform.scheduling.draft import Score
from fairplatform.scheduling.watch import Watch
from meetings.models import ScheduleRun, ScheduleVersion

from .drafting import make_draft
from .rerunning import rerun_draft, rerun_published

logger = logging.getLogger(__name__)
State, Kind = ScheduleRun.State, ScheduleRun.Kind
SILENCE = timedelta(minutes=1)  # after which a process counts as ended
MOST_SECONDS = 600.0
REPORT_INTERVAL = 1.0  # seconds


class GivenUp(Exception):
    """The run has ended for everybody else."""


@transaction.atomic
def start_run(actor: Actor, *, fair: int, kind: str, now: datetime) -> ScheduleRun:
    """Starts the process that makes a draft. Raises Refused: schedule_running, and what loading raises."""
    loaded: Fair = load(Fair, actor, "schedule.plan", lock=True, pk=fair)
    end_silent(loaded, now)
    refuse_while_running(loaded)
    run = ScheduleRun.objects.create(fair=loaded, user=actor.user, kind=kind, started_at=now, heard_at=now)
    write_audit_entry(actor, "schedule.plan", run, after={"kind": kind})
    transaction.on_commit(lambda: _start(run))
    return run


@transaction.atomic
def stop_run(actor: Actor, *, fair: int) -> None:
    """Asks the run of a fair, if there is any, to keep the best that it has found."""
    loaded: Fair = load(Fair, actor, "schedule.plan", pk=fair)
    ScheduleRun.objects.filter(fair=loaded, state=State.WORKING).update(stop_asked=True)


def refuse_while_running(fair: Fair) -> None:
    """What is changed in a draft while another is made would be lost. Raises Refused("schedule_running")."""
    if ScheduleRun.objects.filter(fair=fair, state=State.WORKING).exists():
        raise Refused("schedule_running")


def end_silent(fair: Fair, now: datetime) -> None:
    """Marks a run as failed whose process has ended without a word."""
    silent = ScheduleRun.objects.filter(fair=fair, state=State.WORKING, heard_at__lt=now - SILENCE)
    silent.update(state=State.FAILED, ended_at=now)


def _start(run: ScheduleRun) -> None:
    """Starts `manage.py work_schedule`, which outlives this process."""
    command = [sys.executable, str(settings.ROOT / "manage.py"), "work_schedule", str(run.pk)]
    subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)


class Pulse:
    """What passes between a run and its row: how far it is, and whether it shall stop."""

    def __init__(self, run: ScheduleRun) -> None:
        self._run = run
        self._stop = Event()
        self.watch = Watch(MOST_SECONDS, stop=self._stop.is_set, progress=self._progress)

    def _progress(self, step: str, score: Score) -> None:
        self._run.step, self._run.placed = step, score[1]

    def beat(self) -> None:
        """Reports, and looks whether somebody wants it to stop, or has given it up."""
        run = self._run
        own = ScheduleRun.objects.filter(pk=run.pk, state=State.WORKING)
        fields = {"step": run.step, "placed": run.placed, "most": self.watch.most, "heard_at": timezone.now()}
        if not own.update(**fields) or own.filter(stop_asked=True).exists():
            self._stop.set()

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Reports each second from a thread, for the solver only computes."""
        done = Event()

        def beat() -> None:
            while not done.wait(REPORT_INTERVAL):
                self.beat()
            connection.close()

        thread = Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()


def work(run: ScheduleRun, pulse: Pulse) -> None:
    """Makes the draft; whatever fails, the run does not stay at work."""
    make = _MAKING[Kind(run.kind)]
    try:
        version = make(run.fair, now=timezone.now(), watch=pulse.watch, begins=lambda: _end(run))
    except GivenUp:
        logger.warning("a run of the schedule was given up before it had finished")
    except Refused as refused:
        _end_if_working(run, refusal=refused.code)
    except Exception:
        _end_if_working(run)
        raise
    else:
        ScheduleRun.objects.filter(pk=run.pk).update(version=ScheduleVersion.objects.filter(pk=version.pk).first())


def _end(run: ScheduleRun) -> None:
    """In the transaction that stores. Raises GivenUp if the run has ended already."""
    working = ScheduleRun.objects.filter(pk=run.pk, state=State.WORKING)
    if not working.update(state=State.DONE, ended_at=timezone.now()):
        raise GivenUp


def _end_if_working(run: ScheduleRun, refusal: str = "") -> None:
    ScheduleRun.objects.filter(pk=run.pk, state=State.WORKING).update(
        state=State.FAILED, ended_at=timezone.now(), refusal=refusal
    )


_MAKING: dict[ScheduleRun.Kind, Callable[..., ScheduleVersion]] = {
    Kind.NEW: make_draft,
    Kind.DRAFT: rerun_draft,
    Kind.PUBLISHED: rerun_published,
}
