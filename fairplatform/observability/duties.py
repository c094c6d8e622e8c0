"""Duties: recurring background work whose failures are counted, logged and reported, and stop nothing else.

A loop, a step of the clock, a kind of stored task is a duty. Its code runs in a block,

    with attempt("clock.expire_requests"): ...

which lets no exception out, so the next duty is done and this one is tried again. /metrics, /readyz and the doctor
report the duties that keep failing (docs/decisions/0012-duties.md).
"""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Lock, Thread
from time import monotonic

from prometheus_client import Counter, Gauge

from fairplatform.observability.failures import log_failure

logger = logging.getLogger(__name__)
FAILURES_IN_A_ROW = 3  # this many, and a duty counts as failing
# Seconds after its last failure for which a duty counts as failing: one that is done on demand may not come again.
FAILING_FOR = 60.0
HANGING_AFTER = 60.0  # seconds an attempt may take
# Seconds between two log records about the same failure: with its traceback, and in one line.
TRACEBACK_INTERVAL, REMINDER_INTERVAL = 600.0, 60.0
RESTART_DELAY = 1.0  # seconds until a loop that failed is started again
MAX_LOCATIONS = 20  # of failures remembered for these intervals, of one duty
Loop = Callable[[Event], None]  # runs in a thread of its own until the event is set

failures_counted = Counter("fair_duty_failures", "Loops, steps and tasks of this process that failed", ["duty"])
age = Gauge("fair_duty_age_seconds", "Since it was last done well, or since this process has it to do", ["duty"])
fails = Gauge("fair_duty_fails", "Whether it fails again and again, or hangs", ["duty"])


class Duty:
    """One piece of recurring work in this process. `is_vital`: while it fails, the process cannot serve people."""

    def __init__(self, name: str, *, is_vital: bool = True, clock: Callable[[], float] = monotonic) -> None:
        self.name, self.is_vital, self._clock = name, is_vital, clock
        self.failures = 0  # in a row
        self.kind = ""  # the class of the last exception
        self._succeeded_at = clock()
        self._failed_at = float("-inf")
        self._lock = Lock()
        self._attempts: dict[object, float] = {}  # those running, and when they began
        # Where it failed → when that was last logged with a traceback, and when at all.
        self._logged: dict[str, tuple[float, float]] = {}
        failures_counted.labels(name)
        age.labels(name).set_function(lambda: self.age)
        fails.labels(name).set_function(lambda: float(self.is_failing))

    @property
    def age(self) -> float:
        """Seconds since it last succeeded, or since the process has had it."""
        return self._clock() - self._succeeded_at

    @property
    def is_failing(self) -> bool:
        """Whether it fails repeatedly or hangs."""
        is_recent = self._clock() - self._failed_at < FAILING_FOR
        return self.is_hanging or (self.failures >= FAILURES_IN_A_ROW and is_recent)

    @property
    def is_hanging(self) -> bool:
        now = self._clock()
        return any(now - max(began, self._succeeded_at) > HANGING_AFTER for began in tuple(self._attempts.values()))

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Counts how the block ends, and lets no Exception out of it."""
        key = object()
        self._attempts[key] = self._clock()
        try:
            yield
        except Exception as failure:  # noqa: BLE001 — reported
            self.failed(failure)
        else:
            self.succeeded()
        finally:
            del self._attempts[key]

    def succeeded(self) -> None:
        """It was done, or is making progress."""
        self._succeeded_at = self._clock()
        if self.failures:
            with self._lock:
                if self.failures >= FAILURES_IN_A_ROW:
                    logger.info("%s is done again after %d failures", self.name, self.failures)
                self.failures, self.kind = 0, ""

    def failed(self, failure: BaseException) -> None:
        failures_counted.labels(self.name).inc()
        with self._lock:
            self.failures, self.kind = self.failures + 1, type(failure).__name__
            self._failed_at = self._clock()
            self._log(failure)

    def _log(self, failure: BaseException) -> None:
        """Limits what is logged: a loop may fail every second for days."""
        now, location = self._failed_at, _location(failure)
        traceback_at, logged_at = self._logged.get(location, (float("-inf"), float("-inf")))
        if now - traceback_at >= TRACEBACK_INTERVAL:
            log_failure(logger, failure, "%s failed, and is tried again", self.name)
            earlier = self._logged if len(self._logged) < MAX_LOCATIONS else {}
            self._logged = {**earlier, location: (now, now)}
        elif now - logged_at >= REMINDER_INTERVAL:
            logger.warning("%s still fails, %d times in a row: %s", self.name, self.failures, self.kind)
            self._logged[location] = (traceback_at, now)


def _location(failure: BaseException) -> str:
    """The same string for exceptions of one class raised at one line of code."""
    frames = traceback.extract_tb(failure.__traceback__)
    return f"{type(failure).__qualname__} {frames[-1].filename}:{frames[-1].lineno}" if frames else repr(type(failure))


DUTIES: dict[str, Duty] = {}


def duty(name: str, *, is_vital: bool = True) -> Duty:
    """The duty of this name, created if this process has none. Names become labels: only our own code chooses them."""
    return DUTIES.get(name) or DUTIES.setdefault(name, Duty(name, is_vital=is_vital))


@contextmanager
def attempt(name: str, *, is_vital: bool = True) -> Iterator[None]:
    """Does the block as the duty of this name."""
    with duty(name, is_vital=is_vital).attempt():
        yield


def failing_duties() -> list[Duty]:
    """The duties of this process that are failing now, by name."""
    return [duty for _, duty in sorted(DUTIES.items()) if duty.is_failing]


async def keep_running(name: str, loop: Callable[[], Awaitable[None]]) -> None:
    """Runs a loop until it returns; when it raises, starts it again after RESTART_DELAY."""
    while True:
        try:
            return await loop()
        except Exception as failure:  # noqa: BLE001 — reported
            duty(name).failed(failure)
        await asyncio.sleep(RESTART_DELAY)


class EndedUnexpectedly(Exception):
    """A loop returned although the process is not stopping."""


def start_threads(loops: Mapping[str, Loop], stop: Event) -> list[Thread]:
    """Starts each loop, a duty of this name, in a daemon thread and keeps it running until `stop` is set."""
    threads = [Thread(target=_run, args=(name, loop, stop), name=name, daemon=True) for name, loop in loops.items()]
    for thread in threads:
        thread.start()
    return threads


def _run(name: str, loop: Loop, stop: Event) -> None:
    """A loop that raises, or returns before `stop` is set, has failed and is started again after RESTART_DELAY."""
    while True:
        try:
            loop(stop)
            if stop.is_set():
                return
            raise EndedUnexpectedly
        except BaseException as failure:  # noqa: BLE001 — reported; SystemExit too, which ends a thread silently
            duty(name).failed(failure)
        if stop.wait(RESTART_DELAY):
            return
