"""Tells all processes, by the database, which duties fail in this one."""

import os
import socket
import threading
from contextlib import suppress
from datetime import datetime

from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.utils import timezone

from fairplatform.observability.duties import Duty, attempt, failing

from .models import Failing

PAUSE = 5.0  # seconds
PROCESS = f"{socket.gethostname()[:60]}:{os.getpid()}"


def failures(stop: threading.Event) -> None:
    """Looks every few seconds until told to stop; a process that has stopped has nothing that fails."""
    had_some = False
    while not stop.wait(PAUSE):
        with attempt("failures"):
            close_old_connections()
            had_some = tell(timezone.now(), had_some=had_some)
    with suppress(OperationalError, InterfaceError):
        if had_some:
            Failing.objects.filter(process=PROCESS).delete()


def tell(now: datetime, *, had_some: bool = True) -> bool:
    """Writes what fails now in place of what did, if anything; returns whether something does."""
    rows = [_row(one, now) for one in failing()]
    if rows or had_some:
        with transaction.atomic():
            Failing.objects.filter(process=PROCESS).delete()
            Failing.objects.filter(told_at__lte=now - Failing.LENGTH).delete()
            Failing.objects.bulk_create(rows)
    return bool(rows)


def _row(one: Duty, now: datetime) -> Failing:
    failures = 0 if one.is_stuck else one.failures
    return Failing(process=PROCESS, duty=one.name, failures=failures, kind=one.kind[:80], told_at=now)
