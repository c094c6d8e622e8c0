"""The clock: does what is due by the fair's time. Every step may run again at any moment without doing harm."""

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
from fairplatform.observability.duties import attempt

from .call.actions import leave
from .figures.tiles import publish_totals
from .models import Attendance, ClockLease, Meeting, MeetingRequest
from .requests.actions import expire
from .schedule.actions import closing
from .schedule.actions.closing import HELD_AFTER, REMIND_BEFORE, seconds_both_connected

logger = logging.getLogger(__name__)
Step = Callable[[datetime], None]
T = TypeVar("T")
LOST_AFTER = timedelta(seconds=60)
SECOND = 1.0


def _each(act: Callable[[T], object], rows: Iterable[T]) -> None:
    """What fails for one is done for all the others; then the step has failed."""
    first: Exception | None = None
    for row in rows:
        try:
            act(row)
        except (OperationalError, InterfaceError):
            raise  # of all the others too
        except Exception as failure:  # noqa: BLE001 — raised below
            first = first or failure
    if first is not None:
        raise first


def expire_requests(now: datetime) -> None:
    due = MeetingRequest.objects.filter(state=MeetingRequest.State.PENDING, expires_at__lte=now)
    _each(lambda pk: expire(pk, now=now), due.values_list("pk", flat=True))


def close_lost_attendances(now: datetime) -> None:
    """Connections nobody has heard of for a minute ended when they were last heard of."""
    silent = Attendance.objects.filter(left_at=None, seen_at__lt=now - LOST_AFTER)
    _each(lambda row: leave(row[0], now=row[1], lost=True), silent.values_list("connection_id", "seen_at"))


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
    over = Meeting.objects.filter(state=Meeting.State.CONFIRMED, slot__ends_at__lte=now).select_related("slot")
    _each(lambda pk: closing.mark_missed(pk, now=now), [meeting.pk for meeting in over if meeting.ends_at <= now])


def send_reminders(now: datetime) -> None:
    soon = Meeting.objects.filter(
        state=Meeting.State.CONFIRMED,
        reminded_at=None,
        slot__starts_at__gt=now,
        slot__starts_at__lte=now + REMIND_BEFORE,
    )
    _each(lambda pk: closing.remind(pk, now=now), soon.values_list("pk", flat=True))


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
    now: datetime, *, extra_steps: Iterable[Step] = (), hour: "Hour | None" = None, is_steady: bool = True
) -> None:
    """Does everything that is due at `now`; `hour` comes last, when all that changes its figures is done.

    Unless the clock `is_steady`, nobody is taken for lost: all seem to have been silent for as long as it was set by.
    A step that fails leaves the others alone; it comes again with the next tick.
    """
    for step in (*extra_steps, *STEPS, *([hour.tell_of_the_hour] if hour else [])):
        if step is close_lost_attendances and not is_steady:
            continue
        with attempt(f"clock.{step.__name__}"):
            step(now)


class Hour:
    """New figures for the fairs in which a slot has begun or ended: running and to come follow from the time."""

    def __init__(self, since: datetime) -> None:
        self.since = since

    def tell_of_the_hour(self, now: datetime) -> None:
        """Of what began or ended since they were told last, so what failed then is told now."""
        between = Q(slots__starts_at__gt=self.since, slots__starts_at__lte=now) | Q(
            slots__ends_at__gt=self.since, slots__ends_at__lte=now
        )
        for fair in Fair.objects.filter(between).distinct():
            with transaction.atomic():
                publish_totals(fair, now)
        self.since = now


def run_clock(stop: threading.Event, *, extra_steps: Iterable[Step] = ()) -> None:
    """Ticks every second while this process holds the lease, until told to stop."""
    turning = Turning(extra_steps, timezone.now(), monotonic())
    while not stop.wait(SECOND):
        with attempt("clock"):
            close_old_connections()
            turning.turn(timezone.now(), monotonic())
    with suppress(OperationalError, InterfaceError):
        ClockLease.give_back(turning.holder)


class Turning:
    """What one process knows as it turns the clock, or waits for its turn."""

    def __init__(self, extra_steps: Iterable[Step], now: datetime, steady: float) -> None:
        """`steady`: monotonic seconds, as for `turn`."""
        self.holder, self.is_ours = secrets.token_hex(8), False
        self.wall, self.hour = WallClock(now, steady), Hour(now)
        self.extra_steps = tuple(extra_steps)

    def turn(self, now: datetime, steady: float) -> None:
        is_steady = self.wall.is_steady(now, steady)
        is_ours = ClockLease.take(self.holder, now)
        if is_ours != self.is_ours:
            logger.info("this process is the clock" if is_ours else "another process is the clock")
        self.is_ours = is_ours
        if is_ours:
            tick(now, extra_steps=self.extra_steps, hour=self.hour, is_steady=is_steady)
        else:
            # Whoever was the clock may have ended up to a lease ago, and told nothing since.
            self.hour.since = now - ClockLease.LENGTH
