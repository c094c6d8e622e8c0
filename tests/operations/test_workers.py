"""The threads of a process: one that dies, or ends unasked, is told to everybody who asks, and begins anew."""

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

PATIENCE = 30.0  # of the test alone, on a machine that has much else to do


class Lives:
    """A loop that ends so many times, as it is told to, before it goes on; `goes_on` is set in its last life."""

    def __init__(self, name: str, end: BaseException | None, times: int = 3) -> None:
        self.__name__, self.end, self.times = name, end, times
        self.goes_on, self.does_well, self.did = threading.Event(), threading.Event(), threading.Event()

    def __call__(self, stop: threading.Event) -> None:
        self.times -= 1
        if self.times >= 0:
            if self.end is not None:
                raise self.end
            return
        self.goes_on.set()
        self.does_well.wait(PATIENCE)
        with attempt(self.__name__):
            pass
        self.did.set()
        stop.wait(PATIENCE)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
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
    ("end", "kind"), [(LookupError(), "LookupError"), (SystemExit(), "SystemExit"), (None, "EndedUnexpectedly")]
)
def test_a_worker_that_dies_is_told_to_everybody_who_asks(
    stop: threading.Event, end: BaseException | None, kind: str
) -> None:
    worker, ground, readiness = Lives("sweeping", end), Dependency("ground", lambda: None), Readiness()
    ground.check()
    readiness.dependencies = [ground]
    before = sample("fair_duty_failures_total", "sweeping")
    [thread] = start_threads([worker], stop)
    assert worker.goes_on.wait(PATIENCE)
    assert readiness.missing() == ["sweeping"]
    assert sample("fair_duty_failures_total", "sweeping") - before == 3
    assert sample("fair_duty_fails", "sweeping") == 1
    publish_failing_duties(timezone.now())
    assert {one.name: one.says for one in check_running() if one.state == "broken"} == {
        "sweeping": f"It has failed 3 times in a row, last with {kind}, in {PROCESS}."
    }
    worker.does_well.set()
    assert worker.did.wait(PATIENCE)
    assert (readiness.missing(), sample("fair_duty_fails", "sweeping")) == ([], 0)
    stop.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    # Who ends because they were told to has not failed.
    assert sample("fair_duty_failures_total", "sweeping") - before == 3


def test_a_process_without_the_web_keeps_its_workers_too() -> None:
    """It ends when it is told to: as the worker has come back, or at last because it has not."""
    worker = Lives("sweeping", SystemExit())
    worker.does_well.set()

    def telling(stop: threading.Event) -> None:
        worker.did.wait(PATIENCE)
        os.kill(os.getpid(), signal.SIGTERM)
        stop.wait(PATIENCE)

    loops: list[Loop] = [worker, telling]
    run_without_web(loops)
    assert (worker.did.is_set(), worker.times) == (True, -1)
