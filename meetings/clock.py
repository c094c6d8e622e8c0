"""The clock: does what is due by the fair's time. Every step may run again at any moment without doing harm."""

import logging
import secrets
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic

from django.db import InterfaceError, OperationalError, close_old_connections
from django.db.models import Q
from django.utils import timezone
from prometheus_client import Counter

from fairplatform.fairs.models import Fair
from fairplatform.telemetry.discretion import said

from .actions.closing import HELD_AFTER, REMIND_BEFORE, hold, miss, remind, together
from .actions.requests import expire
from .actions.room import leave
from .models import Attendance, ClockLease, Meeting, MeetingRequest
from .tiles import publish_totals

logger = logging.getLogger(__name__)
step_failures = Counter("fair_clock_step_failures", "Steps of the clock that failed in this process", ["step"])
Step = Callable[[datetime], None]
LOST_AFTER = timedelta(seconds=60)
SECOND = 1.0


def expire_requests(now: datetime) -> None:
    due = MeetingRequest.objects.filter(state=MeetingRequest.State.PENDING, expires_at__lte=now)
    for pk in due.values_list("pk", flat=True):
        expire(pk, now=now)


def close_lost_attendances(now: datetime) -> None:
    """Connections nobody has heard of for a minute ended when they were last heard of."""
    silent = Attendance.objects.filter(left_at=None, seen_at__lt=now - LOST_AFTER)
    for connection_id, seen_at in silent.values_list("connection_id", "seen_at"):
        leave(connection_id, now=seen_at, lost=True)


def mark_held(now: datetime) -> None:
    begun = Meeting.objects.filter(
        state=Meeting.State.CONFIRMED, attendances__connected_at__isnull=False, slot__starts_at__lte=now + REMIND_BEFORE
    )
    for meeting in begun.distinct().prefetch_related("attendances"):
        if together(list(meeting.attendances.all()), now) >= HELD_AFTER:
            hold(meeting.pk, now=now)


def mark_missed(now: datetime) -> None:
    over = Meeting.objects.filter(state=Meeting.State.CONFIRMED, slot__ends_at__lte=now).select_related("slot")
    for meeting in over:
        if meeting.ends_at <= now:
            miss(meeting.pk, now=now)


def send_reminders(now: datetime) -> None:
    soon = Meeting.objects.filter(
        state=Meeting.State.CONFIRMED,
        reminded_at=None,
        slot__starts_at__gt=now,
        slot__starts_at__lte=now + REMIND_BEFORE,
    )
    for pk in soon.values_list("pk", flat=True):
        remind(pk, now=now)


STEPS: tuple[Step, ...] = (expire_requests, close_lost_attendances, mark_held, mark_missed, send_reminders)


class WallClock:
    """Notices when the wall clock was set, by a clock that cannot be."""

    STEP = 5.0  # seconds by which the two may drift apart within one tick

    def __init__(self, now: datetime, steady: float) -> None:
        self._apart = now.timestamp() - steady
        self._set_at = float("-inf")

    def is_steady(self, now: datetime, steady: float) -> bool:
        """Whether two wall times of the last minutes tell how long something took. `steady`: monotonic seconds."""
        apart = now.timestamp() - steady
        if abs(apart - self._apart) > self.STEP:
            self._set_at = steady
            logger.warning("the wall clock was set by %d s", apart - self._apart)
        self._apart = apart
        return steady - self._set_at > 2 * LOST_AFTER.total_seconds()


def tick(
    now: datetime, *, since: datetime | None = None, extra_steps: Iterable[Step] = (), is_steady: bool = True
) -> None:
    """Does everything that is due at `now`. `since`: the tick before this one, to tell what began or ended between.

    Unless the clock `is_steady`, nobody is taken for lost: all seem to have been silent for as long as it was set by.
    A step that fails leaves the others alone; it comes again with the next tick.
    """
    for step in (*extra_steps, *STEPS):
        if step is close_lost_attendances and not is_steady:
            continue
        try:
            step(now)
        except Exception:
            step_failures.labels(step.__name__).inc()
            logger.exception("the clock's step %s failed", step.__name__)
    if since is not None:
        tell_of_the_hour(since, now)


def tell_of_the_hour(since: datetime, now: datetime) -> None:
    """New figures for the fairs in which a slot has just begun or ended: running and to come follow from the time."""
    between = Q(slots__starts_at__gt=since, slots__starts_at__lte=now) | Q(
        slots__ends_at__gt=since, slots__ends_at__lte=now
    )
    for fair in Fair.objects.filter(between).distinct():
        publish_totals(fair, now)


def run_clock(stop: threading.Event, *, extra_steps: Iterable[Step] = ()) -> None:
    """Ticks every second while this process holds the lease, until told to stop."""
    holder, steps, since, was_ours = secrets.token_hex(8), tuple(extra_steps), timezone.now(), False
    wall = WallClock(since, monotonic())
    while not stop.wait(SECOND):
        close_old_connections()
        now = timezone.now()
        try:
            is_steady = wall.is_steady(now, monotonic())
            is_ours = ClockLease.take(holder, now)
            if is_ours != was_ours:
                logger.info("this process is the clock" if is_ours else "another process is the clock")
            was_ours = is_ours
            if is_ours:
                tick(now, since=since, extra_steps=steps, is_steady=is_steady)
            since = now
        except (OperationalError, InterfaceError) as failure:
            logger.warning("the clock waits for the database: %s", said(failure))
        except Exception:
            logger.exception("the clock stood still, again in a second")
    with suppress(OperationalError, InterfaceError):
        ClockLease.give_back(holder)
