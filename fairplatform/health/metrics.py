"""What stands at a number now, read when somebody asks for it."""

import asyncio
import logging
import math
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connection
from django.db.models import Count
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import Gauge

from chat.writer import WRITER
from fairplatform.realtime.hub import HUB
from fairplatform.realtime.maintenance import SOCKETS
from meetings.models import Attendance, ClockLease

from .models import Failing
from .readiness import READINESS

logger = logging.getLogger(__name__)
PATIENCE = 2.0
TASK_STATES = {"READY": "waiting", "RUNNING": "running", "FAILED": "failed"}

Gauge("fair_sockets_open", "Open sockets of this process").set_function(lambda: len(SOCKETS))
Gauge("fair_topics", "Topics with somebody of this process on them").set_function(lambda: len(HUB.members))
Gauge("fair_writer_waiting", "Messages that wait to be stored").set_function(lambda: WRITER.waiting)
parts_away = Gauge("fair_parts_away", "What /readyz names: parts that are away, or else vital duties that fail")
parts_away.set_function(lambda: len(READINESS.away()))
# Of the whole fair, read from the database; not a number while it is away.
clock_age = Gauge("fair_clock_age_seconds", "Since the last tick of whichever process turns the clock")
failing = Gauge("fair_duties_failing", "Loops, steps and tasks that fail again and again, in any process")
tasks = Gauge("fair_tasks", "Stored tasks", ["state"])
meetings_running = Gauge("fair_meetings_running", "Meetings with somebody in their room")
people_in_rooms = Gauge("fair_people_in_rooms", "People who are in the room of a meeting")
pool = Gauge("fair_database_pool", "Connections to the database, and threads that wait for one", ["state"])

_reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gauges")
_under_way: Future[None] | None = None


async def refresh() -> None:
    """Reads what stands in the database, or waits no longer than PATIENCE for it; one reading at a time."""
    global _under_way
    if _under_way is None or _under_way.done():
        _under_way = _reader.submit(_read)
    await asyncio.wait([asyncio.wrap_future(_under_way)], timeout=PATIENCE)
    if not _under_way.done():
        _forget()


def _read() -> None:
    try:
        for read in (_read_pool, _read_clock, _read_failing, _read_tasks, _read_rooms):
            read()
    except Exception:
        logger.warning("the gauges of the database were not read", exc_info=True)
        _forget()
    finally:
        connection.close()


def _read_clock() -> None:
    until = ClockLease.objects.values_list("until", flat=True).first()
    last = until - ClockLease.LENGTH if until else None
    clock_age.set((timezone.now() - last).total_seconds() if last else math.nan)


def _read_failing() -> None:
    failing.set(Failing.objects.current().count())


def _read_tasks() -> None:
    counted = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
    for status, state in TASK_STATES.items():
        tasks.labels(state).set(counted.get(status, 0))


def _read_rooms() -> None:
    inside = Attendance.objects.filter(left_at=None).aggregate(
        meetings=Count("meeting", distinct=True), people=Count("user", distinct=True)
    )
    meetings_running.set(inside["meetings"])
    people_in_rooms.set(inside["people"])


def _read_pool() -> None:
    """PostgreSQL's alone: SQLite has no pool."""
    its_pool: Any = getattr(connection, "pool", None)
    if its_pool is not None:
        now = its_pool.get_stats()
        for state, name in {"open": "pool_size", "idle": "pool_available", "waiting": "requests_waiting"}.items():
            pool.labels(state).set(now.get(name, 0))


def _forget() -> None:
    """An old number is worse than none."""
    settable: list[Callable[[float], None]] = [clock_age.set, failing.set, meetings_running.set, people_in_rooms.set]
    settable += [tasks.labels(state).set for state in TASK_STATES.values()]
    for set_to in settable:
        set_to(math.nan)
