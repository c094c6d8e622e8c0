"""Publishes the failing duties of this process in the database, where every process can read those of all."""

import os
import socket
import threading
from contextlib import suppress
from datetime import datetime

from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.utils import timezone

from fairplatform.observability.duties import Duty, attempt, failing_duties

from .models import Failing

INTERVAL = 5.0  # seconds
PROCESS = f"{socket.gethostname()[:60]}:{os.getpid()}"


def publish_repeatedly(stop: threading.Event) -> None:
    """The loop of the duty "failures": publishes them every few seconds until `stop` is set, then withdraws them."""
    had_some = False
    while not stop.wait(INTERVAL):
        with attempt("failures"):
            close_old_connections()
            had_some = publish_failing_duties(timezone.now(), had_some=had_some)
    with suppress(OperationalError, InterfaceError):
        if had_some:
            Failing.objects.filter(process=PROCESS).delete()


def publish_failing_duties(now: datetime, *, had_some: bool = True) -> bool:
    """Replaces the rows of this process; returns whether there are any now.

    `had_some`: whether it had any before. With none before and none now, nothing is written.
    """
    rows = [_row(duty, now) for duty in failing_duties()]
    if rows or had_some:
        with transaction.atomic():
            Failing.objects.filter(process=PROCESS).delete()
            Failing.objects.filter(told_at__lte=now - Failing.LENGTH).delete()
            Failing.objects.bulk_create(rows)
    return bool(rows)


def _row(duty: Duty, now: datetime) -> Failing:
    failures = 0 if duty.is_hanging else duty.failures
    return Failing(process=PROCESS, duty=duty.name, failures=failures, kind=duty.kind[:80], told_at=now)
