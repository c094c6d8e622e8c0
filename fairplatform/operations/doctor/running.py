"""Checks, by the database, of what runs beside the web: clock, stored tasks, and the duties of all processes."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import Error
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from fairplatform.health.models import Failing
from fairplatform.operations.interrupted_tasks import LONGEST_RUN
from meetings.models import ClockLease

from .finding import Finding, broken, warning, well
from .services import is_missing

LONGEST_WAIT = timedelta(minutes=5)


def check_running() -> Iterator[Finding]:
    """No findings if the tables cannot be read: the checks of the database report that."""
    if is_missing():
        return
    try:
        yield _clock()
        yield _tasks()
        yield from _duties()
    except Error:
        return


def _clock() -> Finding:
    lease = ClockLease.objects.first()
    if lease is None:
        return warning("clock", "No process runs the clock.", "Start the fair: manage.py serve, with its clock.")
    since_tick = (timezone.now() - (lease.until - ClockLease.DURATION)).total_seconds()
    if since_tick > ClockLease.DURATION.total_seconds():
        says = f"The clock has not ticked for {since_tick:.0f} s: no meeting is opened, closed or announced."
        return broken("clock", says, "Start one: manage.py serve --no-web --no-tasks; and see the log of the last.")
    return well("clock", "A clock is ticking.")


def _tasks() -> Finding:
    now = timezone.now()
    late = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - LONGEST_WAIT).count()
    if late:
        advice = "Start a process for them: manage.py serve --no-web --no-clock."
        return broken("tasks", f"{late} have waited longer than five minutes: letters do not go out.", advice)
    stuck = DBTaskResult.objects.filter(status="RUNNING", started_at__lt=now - LONGEST_RUN).count()
    failed = DBTaskResult.objects.filter(status="FAILED").count()
    if stuck or failed:
        says = f"{stuck} have run longer than ten minutes or were cut off, {failed} have failed."
        return warning("tasks", says, "See the log for why; tell those who wait for a letter in another way.")
    return well("tasks", "None waits long, none has failed.")


def _duties() -> Iterator[Finding]:
    """A finding for each duty that is failing in any process."""
    rows = list(Failing.objects.current().order_by("duty", "process"))
    for row in rows:
        how = f"has failed {row.failures} times in a row, last with {row.kind}" if row.failures else "hangs"
        yield broken(row.duty, f"It {how}, in {row.process}.", "See the log of that process, and report what it says.")
    if not rows:
        yield well("duties", "No loop, step or task fails again and again.")
