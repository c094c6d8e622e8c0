"""What a process does again and again, and how that goes: no loop, step or task fails without being seen.

Whoever does such a thing says so (`with doing("clock.expire_requests"):`). What fails inside is told and comes again,
and keeps nothing else from being done. Metrics, /readyz and the doctor read here who fails.
"""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Lock, Thread
from time import monotonic

from prometheus_client import Counter, Gauge

from fairplatform.observability.failures import report

logger = logging.getLogger(__name__)
REPEATEDLY = 3  # failures in a row
RECENT = 60.0  # seconds after which a failure is history: what is done only when somebody asks may not be asked again
STUCK = 60.0  # seconds after which what is under way hangs
# Between two words about the same failure: in full, and in one line.
IN_FULL, IN_A_LINE = 600.0, 60.0
AGAIN = 1.0  # seconds after which a loop that failed begins anew
Loop = Callable[[Event], None]  # with a thread of its own; it ends when the event is set

failures_counted = Counter("fair_duty_failures", "Loops, steps and tasks of this process that failed", ["duty"])
age = Gauge("fair_duty_age_seconds", "Since it was last done well, or since this process has it to do", ["duty"])
fails = Gauge("fair_duty_fails", "Whether it fails again and again, or hangs", ["duty"])


class Duty:
    """One thing that is done again and again. `is_vital`: a process in which it fails cannot serve people."""

    def __init__(self, name: str, *, is_vital: bool = True, clock: Callable[[], float] = monotonic) -> None:
        self.name, self.is_vital, self._clock = name, is_vital, clock
        self.failures = 0  # in a row
        self.kind = ""  # of the newest failure
        self._well_at = clock()
        self._failed_at = float("-inf")
        self._lock = Lock()
        self._under_way: dict[object, float] = {}
        self._said: dict[str, tuple[float, float]] = {}  # where it failed → when that was said in full, and at all
        failures_counted.labels(name)
        age.labels(name).set_function(lambda: self.age)
        fails.labels(name).set_function(lambda: float(self.is_failing))

    @property
    def age(self) -> float:
        return self._clock() - self._well_at

    @property
    def is_failing(self) -> bool:
        return self.is_stuck or (self.failures >= REPEATEDLY and self._clock() - self._failed_at < RECENT)

    @property
    def is_stuck(self) -> bool:
        now = self._clock()
        return any(now - max(since, self._well_at) > STUCK for since in tuple(self._under_way.values()))

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Counts what comes of it; what fails goes no further."""
        mark = object()
        self._under_way[mark] = self._clock()
        try:
            yield
        except Exception as failure:  # noqa: BLE001 — reported
            self.failed(failure)
        else:
            self.succeeded()
        finally:
            del self._under_way[mark]

    def succeeded(self) -> None:
        """It was done, or a part of it was."""
        self._well_at = self._clock()
        if self.failures:
            with self._lock:
                if self.failures >= REPEATEDLY:
                    logger.info("%s is done again after %d failures", self.name, self.failures)
                self.failures, self.kind = 0, ""

    def failed(self, failure: BaseException) -> None:
        failures_counted.labels(self.name).inc()
        with self._lock:
            self.failures, self.kind = self.failures + 1, type(failure).__name__
            self._failed_at = self._clock()
            self._say(failure)

    def _say(self, failure: BaseException) -> None:
        """In full at first, then in a line now and then: a loop may fail each second for days."""
        now, place = self._failed_at, _place(failure)
        in_full, at_all = self._said.get(place, (float("-inf"), float("-inf")))
        if now - in_full >= IN_FULL:
            report(logger, failure, "%s failed, and is tried again", self.name)
            self._said = {**self._said, place: (now, now)} if len(self._said) < 20 else {place: (now, now)}
        elif now - at_all >= IN_A_LINE:
            logger.warning("%s still fails, %d times in a row: %s", self.name, self.failures, self.kind)
            self._said[place] = (in_full, now)


def _place(failure: BaseException) -> str:
    """The same for failures of one kind at one line of code."""
    frames = traceback.extract_tb(failure.__traceback__)
    return f"{type(failure).__qualname__} {frames[-1].filename}:{frames[-1].lineno}" if frames else repr(type(failure))


DUTIES: dict[str, Duty] = {}


def duty(name: str, *, is_vital: bool = True) -> Duty:
    """The one of this name in this process. Names come from our own code: they are labels."""
    return DUTIES.get(name) or DUTIES.setdefault(name, Duty(name, is_vital=is_vital))


@contextmanager
def attempt(name: str, *, is_vital: bool = True) -> Iterator[None]:
    with duty(name, is_vital=is_vital).attempt():
        yield


def failing() -> list[Duty]:
    """The duties that fail repeatedly now."""
    return [one for _, one in sorted(DUTIES.items()) if one.is_failing]


async def keep_running(name: str, loop: Callable[[], Awaitable[None]]) -> None:
    """Runs a loop until it ends by itself: when it fails it begins anew, a second later."""
    while True:
        try:
            return await loop()
        except Exception as failure:  # noqa: BLE001 — reported
            duty(name).failed(failure)
        await asyncio.sleep(AGAIN)


class EndedUnasked(Exception):
    """A loop has come to its end, and nobody had told it to."""


def start_threads(loops: Sequence[Loop], stop: Event) -> list[Thread]:
    """Starts each loop in a thread of its own, which lives until `stop` is set."""
    threads = [Thread(target=_keep_up, args=(loop, stop), name=loop.__name__, daemon=True) for loop in loops]
    for thread in threads:
        thread.start()
    return threads


def _keep_up(loop: Loop, stop: Event) -> None:
    """When a loop fails, or ends before it was told to, it begins anew, a second later."""
    while True:
        try:
            loop(stop)
            if stop.is_set():
                return
            raise EndedUnasked
        except BaseException as failure:  # noqa: BLE001 — reported: also SystemExit, which ends a thread without a word
            duty(loop.__name__).failed(failure)
        if stop.wait(AGAIN):
            return
