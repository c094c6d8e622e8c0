"""Gauges: values read when /metrics is asked for, of this process and, from the database, of the whole fair."""

import asyncio
import logging
import math
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Count
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import Gauge

from chat.write_queue import WRITE_QUEUE
from fairplatform.realtime.hub import HUB
from fairplatform.realtime.registry import OPEN_SOCKETS
from meetings.models import Attendance, ClockLease

from .models import Failing
from .readiness import READINESS

if TYPE_CHECKING:
    from psycopg_pool import ConnectionPool  # not loaded in a fair on SQLite

logger = logging.getLogger(__name__)
READ_TIMEOUT = 2.0  # seconds
POOL_STATES = {"open": "pool_size", "idle": "pool_available", "waiting": "requests_waiting"}
TASK_STATES = {"READY": "waiting", "RUNNING": "running", "FAILED": "failed"}

Gauge("fair_sockets_open", "Open sockets of this process").set_function(lambda: len(OPEN_SOCKETS))
Gauge("fair_topics", "Topics with somebody of this process on them").set_function(lambda: len(HUB.members))
Gauge("fair_writer_waiting", "Messages that wait to be stored").set_function(lambda: WRITE_QUEUE.waiting)
missing = Gauge("fair_parts_away", "What /readyz names: parts that are away, or else vital duties that fail")
missing.set_function(lambda: len(READINESS.missing()))
# Of the whole fair, read from the database; NaN while it is away.
clock_age = Gauge("fair_clock_age_seconds", "Since the last tick of whichever process turns the clock")
failing = Gauge("fair_duties_failing", "Loops, steps and tasks that fail again and again, in any process")
tasks = Gauge("fair_tasks", "Stored tasks", ["state"])
meetings_running = Gauge("fair_meetings_running", "Meetings with somebody in their room")
people_in_rooms = Gauge("fair_people_in_rooms", "People who are in the room of a meeting")
pool = Gauge("fair_database_pool", "Connections to the database, and threads that wait for one", ["state"])

_reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gauge-reader")
_reading: Future[None] | None = None


async def refresh_gauges() -> None:
    """Sets the gauges of the database. If it takes longer than READ_TIMEOUT, they are NaN, and reading goes on."""
    global _reading
    if _reading is None or _reading.done():
        _reading = _reader.submit(_read)
    await asyncio.wait([asyncio.wrap_future(_reading)], timeout=READ_TIMEOUT)
    if not _reading.done():
        _set_to_nan()


def _read() -> None:
    try:
        for read in (_read_pool, _read_clock, _read_failing, _read_tasks, _read_rooms):
            read()
    except Exception:
        logger.warning("the gauges of the database were not read", exc_info=True)
        _set_to_nan()
    finally:
        connection.close()


def _read_clock() -> None:
    until = ClockLease.objects.values_list("until", flat=True).first()
    last = until - ClockLease.DURATION if until else None
    clock_age.set((timezone.now() - last).total_seconds() if last else math.nan)


def _read_failing() -> None:
    failing.set(Failing.objects.current().count())


def _read_tasks() -> None:
    counts = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
    for status, state in TASK_STATES.items():
        tasks.labels(state).set(counts.get(status, 0))


def _read_rooms() -> None:
    counts = Attendance.objects.filter(left_at=None).aggregate(
        meetings=Count("meeting", distinct=True), people=Count("user", distinct=True)
    )
    meetings_running.set(counts["meetings"])
    people_in_rooms.set(counts["people"])


def _read_pool() -> None:
    """Only with PostgreSQL: connections to SQLite have no pool."""
    connection_pool: ConnectionPool | None = getattr(connection, "pool", None)
    if connection_pool is not None:
        stats = connection_pool.get_stats()
        for state, name in POOL_STATES.items():
            pool.labels(state).set(stats.get(name, 0))


def _set_to_nan() -> None:
    """An old value would look like a new one."""
    gauges = [clock_age, failing, meetings_running, people_in_rooms, *map(tasks.labels, TASK_STATES.values())]
    for gauge in gauges:
        gauge.set(math.nan)
