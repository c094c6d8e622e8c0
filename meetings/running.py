"""Runs: started from a page, they work in a process of their own and report by their row."""

import subprocess
import sys
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from threading import Event
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.policy import load
from fairplatform.scheduling.draft import Score
from fairplatform.scheduling.watch import Watch, repeated
from meetings.models import Run

State, Kind = Run.State, Run.Kind
SILENCE = timedelta(minutes=1)  # after which a process counts as ended
MOST_SECONDS = 600.0  # of the search for a schedule, which could go on for ever
REPORT_INTERVAL = 1.0  # seconds
OF_SCHEDULE, OF_MATCHING = frozenset(Run.OF_SCHEDULE), frozenset({Kind.MATCH, Kind.ROUND})
PERMISSIONS: Mapping[str, str] = {
    **dict.fromkeys(OF_SCHEDULE, "schedule.plan"),
    **dict.fromkeys(OF_MATCHING, "fair.organise"),
}
# What whoever comes second is told.
REFUSALS: Mapping[str, str] = {
    **dict.fromkeys(OF_SCHEDULE, "schedule_running"),
    Kind.MATCH: "match_running",
    Kind.ROUND: "round_running",
}


STOPPED: Mapping[str, str] = {Kind.MATCH: "match_stopped", Kind.ROUND: "round_stopped"}


class GivenUp(Exception):
    """The run has ended for everybody else."""


@transaction.atomic
def start_run(actor: Actor, *, fair: int, kind: str, now: datetime, **of_round: Any) -> Run:
    """Starts the process that does it. `of_round`: `side` and `deadline`.

    Raises Refused: schedule_running, match_running, round_running, and what loading raises.
    """
    loaded: Fair = load(Fair, actor, PERMISSIONS[kind], lock=True, pk=fair)
    end_silent(loaded, now)
    refuse_while_running(loaded)
    people = {"user": actor.user, "on_behalf_of": actor.on_behalf_of}
    run = Run.objects.create(fair=loaded, kind=kind, started_at=now, heard_at=now, **people, **of_round)
    write_audit_entry(actor, PERMISSIONS[kind], run, after={"kind": kind, **of_round})
    transaction.on_commit(lambda: _start(run))
    return run


@transaction.atomic
def stop_run(actor: Actor, *, fair: int, kinds: Collection[str]) -> Run | None:
    """Asks the run of a fair to stop, if one of these kinds is at work: a schedule keeps the best that it has found."""
    for permission in sorted({PERMISSIONS[kind] for kind in kinds}):
        loaded: Fair = load(Fair, actor, permission, pk=fair)
    run = Run.objects.filter(fair=loaded, kind__in=kinds, state=State.WORKING).first()
    if run:
        Run.objects.filter(pk=run.pk).update(stop_asked=True)
        write_audit_entry(actor, PERMISSIONS[run.kind], run, after={"stop_asked": True})
    return run


@transaction.atomic
def dismiss_failed(actor: Actor, *, fair: int, run: int) -> Run:
    """Takes away what is said of a run that has made nothing, and of those of its kinds before it, for everybody.

    Raises Refused: not_found, and what loading raises.
    """
    found = Run.objects.filter(fair=fair, pk=run, state=State.FAILED).first()
    loaded = load(Fair, actor, PERMISSIONS[found.kind if found else Kind.MATCH], lock=True, pk=fair)
    if found is None:
        raise Refused("not_found")
    kinds = OF_SCHEDULE if found.is_of_schedule else {found.kind}
    write_audit_entry(actor, PERMISSIONS[found.kind], found, after={"dismissed": found.refusal or "failed"})
    Run.objects.filter(fair=loaded, kind__in=kinds, state=State.FAILED).delete()
    return found


def refuse_while_running(fair: Fair, kinds: Collection[str] = Kind.values) -> None:
    """What a run makes is lost where another, or a person, changes what it stands on. Raises Refused: see REFUSALS."""
    run = Run.objects.filter(fair=fair, kind__in=kinds, state=State.WORKING).first()
    if run:
        raise Refused(REFUSALS[run.kind])


def end_silent(fair: Fair, now: datetime) -> None:
    """Marks a run as failed whose process has ended without a word."""
    silent = Run.objects.filter(fair=fair, state=State.WORKING, heard_at__lt=now - SILENCE)
    silent.update(state=State.FAILED, ended_at=now)


def last_run(fair: Fair, kinds: Collection[str], now: datetime) -> Run | None:
    """Of these kinds, as it is now."""
    end_silent(fair, now)
    return Run.objects.filter(fair=fair, kind__in=kinds).select_related("user", "version").first()


def actor_of(run: Run) -> Actor:
    """Whoever has started it, to whom belongs what it makes."""
    return Actor(run.user, on_behalf_of=run.on_behalf_of)


def _start(run: Run) -> None:
    """Starts `manage.py work_run`, which outlives this process."""
    command = [sys.executable, str(settings.ROOT / "manage.py"), "work_run", str(run.pk)]
    subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)


class Pulse:
    """What passes between a run and its row: how far it is, and whether it shall stop."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._stop = Event()
        seconds = MOST_SECONDS if run.is_of_schedule else None
        self.watch = Watch(seconds, stop=self._stop.is_set, progress=self._progress)

    def _progress(self, step: str, score: Score) -> None:
        self._run.step, self._run.done = step, score[1]

    def beat(self) -> None:
        """Reports, and looks whether somebody wants it to stop, or has given it up."""
        run = self._run
        own = Run.objects.filter(pk=run.pk, state=State.WORKING)
        fields = {"step": run.step, "done": run.done, "most": self.watch.most, "heard_at": timezone.now()}
        if not own.update(**fields) or own.filter(stop_asked=True).exists():
            self._stop.set()

    def beating(self) -> AbstractContextManager[None]:
        """Within it the run reports each second."""
        return repeated(self.beat, REPORT_INTERVAL, at_end=connection.close)


def end(run: Run) -> None:
    """In the transaction that stores.

    Raises GivenUp if the run has ended already, and Refused: match_stopped, round_stopped, if somebody has it stopped.
    """
    working = Run.objects.filter(pk=run.pk, state=State.WORKING)
    wanted = working if run.is_of_schedule else working.filter(stop_asked=False)
    if wanted.update(state=State.DONE, ended_at=timezone.now()):
        return
    raise Refused(STOPPED[run.kind]) if working.exists() else GivenUp


def fail(run: Run, refusal: str = "") -> None:
    """Unless it has ended already. `refusal`: the code of why it has made nothing."""
    working = Run.objects.filter(pk=run.pk, state=State.WORKING)
    working.update(state=State.FAILED, ended_at=timezone.now(), refusal=refusal)
