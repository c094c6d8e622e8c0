"""The clock: does what is due by the fair's time, every second, in one process at a time. Every step is idempotent."""

import logging
import secrets
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic
from typing import TypeVar

from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.db.models import Q
from django.utils import timezone

from fairplatform.fairs.models import Fair
from fairplatform.files.cleaning import remove_leftovers
from fairplatform.observability.duties import attempt

from .call.actions import leave
from .figures.publishing import collect_changed_fairs, publish_figures
from .models import Attendance, ClockLease, Meeting, MeetingRequest
from .requests.actions import expire
from .schedule.actions import closing
from .schedule.actions.closing import HELD_AFTER, REMIND_BEFORE, seconds_both_connected

logger = logging.getLogger(__name__)
Step = Callable[[datetime], None]
T = TypeVar("T")
LOST_AFTER = timedelta(seconds=60)
HOUR = timedelta(hours=1)
SECOND = 1.0


def _each(act: Callable[[T], object], rows: Iterable[T]) -> None:
    """Calls `act` for each row. A failure stops no other row; the first one is raised at the end."""
    first: Exception | None = None
    for row in rows:
        try:
            act(row)
        except (OperationalError, InterfaceError):
            raise  # the database is away: the others would fail too
        except Exception as failure:  # noqa: BLE001 — raised below
            first = first or failure
    if first is not None:
        raise first


def expire_requests(now: datetime) -> None:
    due = MeetingRequest.objects.filter(state=MeetingRequest.State.PENDING, expires_at__lte=now)
    _each(lambda pk: expire(pk, now=now), due.values_list("pk", flat=True))


def close_lost_attendances(now: datetime) -> None:
    """Ends connections that have not been seen for a minute, as of the time they were seen last."""
    lost = Attendance.objects.filter(left_at=None, seen_at__lt=now - LOST_AFTER)
    _each(lambda row: leave(row[0], now=row[1], lost=True), lost.values_list("connection_id", "seen_at"))


def mark_held(now: datetime) -> None:
    begun = Meeting.objects.filter(
        state=Meeting.State.CONFIRMED, attendances__connected_at__isnull=False, slot__starts_at__lte=now + REMIND_BEFORE
    )
    held = [
        meeting.pk
        for meeting in begun.distinct().prefetch_related("attendances")
        if seconds_both_connected(list(meeting.attendances.all()), now) >= HELD_AFTER
    ]
    _each(lambda pk: closing.mark_held(pk, now=now), held)


def mark_missed(now: datetime) -> None:
    """But those held by telephone, of which the companies' outcome alone tells."""
    over = Meeting.objects.filter(state=Meeting.State.CONFIRMED, by_telephone=False, slot__ends_at__lte=now)
    over = over.select_related("slot")
    _each(lambda pk: closing.mark_missed(pk, now=now), [meeting.pk for meeting in over if meeting.ends_at <= now])


def send_reminders(now: datetime) -> None:
    soon = Meeting.objects.filter(
        state=Meeting.State.CONFIRMED,
        reminded_at=None,
        slot__starts_at__gt=now,
        slot__starts_at__lte=now + REMIND_BEFORE,
    )
    _each(lambda pk: closing.remind(pk, now=now), soon.values_list("pk", flat=True))


class Hourly:
    """A step that is taken once an hour: also when the process begins, and at the next tick after a failure."""

    def __init__(self, step: Step) -> None:
        self.step, self.__name__ = step, step.__name__
        self.taken_at: datetime | None = None

    def __call__(self, now: datetime) -> None:
        if self.taken_at is None or abs(now - self.taken_at) >= HOUR:
            self.step(now)
            self.taken_at = now


STEPS: tuple[Step, ...] = (
    *(expire_requests, close_lost_attendances, mark_held, mark_missed, send_reminders),
    Hourly(remove_leftovers),
)


class WallClock:
    """Detects, by the monotonic clock, that the wall clock was set."""

    STEP = 5.0  # seconds by which the two may drift apart within one tick

    def __init__(self, now: datetime, monotonic_now: float) -> None:
        self._offset = now.timestamp() - monotonic_now
        self._set_at = float("-inf")

    def is_steady(self, now: datetime, monotonic_now: float) -> bool:
        """Whether the wall clock was not set within the last two minutes, so that ages by it are true."""
        offset = now.timestamp() - monotonic_now
        if abs(offset - self._offset) > self.STEP:
            self._set_at = monotonic_now
            logger.warning("the wall clock was set by %d s", offset - self._offset)
        self._offset = offset
        return monotonic_now - self._set_at > 2 * LOST_AFTER.total_seconds()


class FigureUpdates:
    """Publishes the figures of fairs in which something has changed, once a tick.

    They change with the time, when a slot begins or ends, and with what the clock's steps do. What fails is published
    at the next tick.
    """

    def __init__(self, since: datetime) -> None:
        self.since = since
        self.changed: set[Fair] = set()

    def publish_figures(self, now: datetime) -> None:
        edge = Q(slots__starts_at__gt=self.since, slots__starts_at__lte=now) | Q(
            slots__ends_at__gt=self.since, slots__ends_at__lte=now
        )
        for fair in {*Fair.objects.filter(edge), *self.changed}:
            with transaction.atomic():
                publish_figures(fair, now)
        self.since = now
        self.changed.clear()


def tick(
    now: datetime,
    *,
    extra_steps: Iterable[Step] = (),
    figures: FigureUpdates | None = None,
    is_steady: bool = True,
) -> None:
    """Does everything that is due at `now`; the figures come last, when everything that changes them is done.

    After the wall clock was set (not `is_steady`) no connection is ended as lost: all seem to have been silent for as
    long as it was set by. A step that fails does not stop the others, and is repeated at the next tick.
    """
    updates = figures or FigureUpdates(now)
    with collect_changed_fairs(updates.changed):
        for step in (*extra_steps, *STEPS):
            if step is not close_lost_attendances or is_steady:
                _attempt(step, now)
    _attempt(updates.publish_figures, now)


def _attempt(step: Step, now: datetime) -> None:
    with attempt(f"clock.{step.__name__}"):
        step(now)


def run_clock(stop: threading.Event, *, extra_steps: Iterable[Step] = ()) -> None:
    """Ticks every second while this process holds the lease, until `stop` is set."""
    clock = Clock(extra_steps, timezone.now(), monotonic())
    while not stop.wait(SECOND):
        with attempt("clock"):
            close_old_connections()
            clock.run_once(timezone.now(), monotonic())
    with suppress(OperationalError, InterfaceError):
        ClockLease.release(clock.holder)


class Clock:
    """The clock in one process: it ticks while it holds the lease, and otherwise waits to acquire it."""

    def __init__(self, extra_steps: Iterable[Step], now: datetime, monotonic_now: float) -> None:
        self.holder, self.holds_lease = secrets.token_hex(8), False
        self.wall, self.figures = WallClock(now, monotonic_now), FigureUpdates(now)
        self.extra_steps = tuple(extra_steps)

    def run_once(self, now: datetime, monotonic_now: float) -> None:
        is_steady = self.wall.is_steady(now, monotonic_now)
        holds_lease = ClockLease.acquire(self.holder, now)
        if holds_lease != self.holds_lease:
            logger.info("this process is the clock" if holds_lease else "another process is the clock")
        self.holds_lease = holds_lease
        if holds_lease:
            tick(now, extra_steps=self.extra_steps, figures=self.figures, is_steady=is_steady)
        else:
            # The holder may have died up to a lease ago, and published nothing since.
            self.figures.since = now - ClockLease.DURATION
