"""The loops of a process: one that raises or returns is restarted, and reported to probes, metrics and the doctor."""

import os
import signal
import threading
from collections.abc import Iterator

import pytest
from django.utils import timezone
from prometheus_client import REGISTRY

from fairplatform.health.failing_duties import PROCESS, publish_failing_duties
from fairplatform.health.readiness import Dependency, Readiness
from fairplatform.observability import duties
from fairplatform.observability.duties import Loop, attempt, start_threads
from fairplatform.operations.doctor.running import check_running
from fairplatform.operations.workers import run_without_web

TIMEOUT = 30.0  # seconds; generous, for the machine may be busy


class FailingLoop:
    """A loop that raises `error` (None: returns) so many times, and then runs until it is stopped.

    `runs` is set once it runs; then it waits for `may_succeed`, succeeds as a duty, and sets `succeeded`.
    """

    def __init__(self, name: str, error: BaseException | None, times: int = 3) -> None:
        self.__name__, self.error, self.times = name, error, times
        self.runs, self.may_succeed, self.succeeded = threading.Event(), threading.Event(), threading.Event()

    def __call__(self, stop: threading.Event) -> None:
        self.times -= 1
        if self.times >= 0:
            if self.error is not None:
                raise self.error
            return
        self.runs.set()
        self.may_succeed.wait(TIMEOUT)
        with attempt(self.__name__):
            pass
        self.succeeded.set()
        stop.wait(TIMEOUT)


@pytest.fixture(autouse=True)
def without_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duties, "RESTART_DELAY", 0.0)


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def sample(name: str, duty: str) -> float:
    return REGISTRY.get_sample_value(name, {"duty": duty}) or 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "kind"), [(LookupError(), "LookupError"), (SystemExit(), "SystemExit"), (None, "EndedUnexpectedly")]
)
def test_failing_loop_is_restarted_and_reported(stop: threading.Event, error: BaseException | None, kind: str) -> None:
    worker, database, readiness = FailingLoop("sweeping", error), Dependency("database", lambda: None), Readiness()
    database.check()
    readiness.dependencies = [database]
    before = sample("fair_duty_failures_total", "sweeping")
    [thread] = start_threads({"sweeping": worker}, stop)
    assert worker.runs.wait(TIMEOUT)
    assert readiness.missing() == ["sweeping"]
    assert sample("fair_duty_failures_total", "sweeping") - before == 3
    assert sample("fair_duty_fails", "sweeping") == 1
    publish_failing_duties(timezone.now())
    assert {one.name: one.says for one in check_running() if one.state == "broken"} == {
        "sweeping": f"It has failed 3 times in a row, last with {kind}, in {PROCESS}."
    }
    worker.may_succeed.set()
    assert worker.succeeded.wait(TIMEOUT)
    assert (readiness.missing(), sample("fair_duty_fails", "sweeping")) == ([], 0)
    stop.set()
    thread.join(TIMEOUT)
    assert not thread.is_alive()
    # Ending when it is stopped is no failure.
    assert sample("fair_duty_failures_total", "sweeping") - before == 3


def test_process_without_web_restarts_its_loops() -> None:
    """It is sent SIGTERM once the loop has succeeded, or after TIMEOUT."""
    worker = FailingLoop("sweeping", SystemExit())
    worker.may_succeed.set()

    def terminate(stop: threading.Event) -> None:
        worker.succeeded.wait(TIMEOUT)
        os.kill(os.getpid(), signal.SIGTERM)
        stop.wait(TIMEOUT)

    loops: dict[str, Loop] = {"sweeping": worker, "terminate": terminate}
    run_without_web(loops)
    assert (worker.succeeded.is_set(), worker.times) == (True, -1)
