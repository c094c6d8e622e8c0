"""Duties, by a clock that the test sets: when they are failing or hanging, and how much is logged."""

import pytest
from prometheus_client import REGISTRY

from fairplatform.observability.duties import (
    FAILING_FOR,
    FAILURES_IN_A_ROW,
    HANGING_AFTER,
    REMINDER_INTERVAL,
    TRACEBACK_INTERVAL,
    Duty,
    attempt,
    duty,
    failing_duties,
)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def work(clock: Clock) -> Duty:
    return Duty("work", clock=clock)


def fail(work: Duty, kind: type[Exception] = LookupError) -> None:
    with work.attempt():
        raise kind


def test_exception_is_contained_and_three_in_a_row_are_failing(work: Duty) -> None:
    states = []
    for _ in range(FAILURES_IN_A_ROW):
        fail(work)
        states.append((work.failures, work.is_failing))
    assert states == [(1, False), (2, False), (3, True)]
    assert work.kind == "LookupError"
    with work.attempt():
        pass
    assert (work.failures, work.kind, work.is_failing) == (0, "", False)


def test_duty_that_is_not_attempted_again_stops_failing(work: Duty, clock: Clock) -> None:
    for _ in range(FAILURES_IN_A_ROW):
        fail(work)
    clock.now += FAILING_FOR
    assert not work.is_failing


def test_hanging_duty_is_failing_until_it_makes_progress(work: Duty, clock: Clock) -> None:
    with work.attempt():
        clock.now += HANGING_AFTER
        assert not work.is_failing
        clock.now += 1
        assert (work.is_hanging, work.is_failing) == (True, True)
        work.succeeded()
        assert not work.is_failing
    assert work.age == 0


def test_repeated_failure_is_logged_with_its_traceback_once_and_then_in_one_line(
    work: Duty, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    for _ in range(int(TRACEBACK_INTERVAL)):
        fail(work)
        clock.now += 1
    assert [record.exc_info is not None for record in caplog.records] == [True] + [False] * int(
        TRACEBACK_INTERVAL / REMINDER_INTERVAL - 1
    )
    fail(work, ValueError)
    assert caplog.records[-1].exc_info[0] is ValueError
    work.succeeded()
    assert caplog.messages[-1] == "work is done again after 601 failures"


def sample(name: str) -> float | None:
    return REGISTRY.get_sample_value(name, {"duty": "sweeping"})


def test_failures_and_ages_are_exported_as_metrics() -> None:
    with attempt("sweeping"):
        pass
    before = sample("fair_duty_failures_total") or 0
    assert sample("fair_duty_fails") == 0
    for _ in range(FAILURES_IN_A_ROW):
        with attempt("sweeping"):
            raise LookupError
    assert (sample("fair_duty_failures_total"), sample("fair_duty_fails")) == (before + FAILURES_IN_A_ROW, 1)
    assert sample("fair_duty_age_seconds") > 0
    assert failing_duties() == [duty("sweeping")]
