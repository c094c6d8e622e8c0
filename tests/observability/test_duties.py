"""What is done again and again: whether it goes well, by a clock that is fed, and how much is said of it."""

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


def test_what_fails_goes_no_further_and_is_failing_when_it_fails_repeatedly(work: Duty) -> None:
    seen = []
    for _ in range(FAILURES_IN_A_ROW):
        fail(work)
        seen.append((work.failures, work.is_failing))
    assert seen == [(1, False), (2, False), (3, True)]
    assert work.kind == "LookupError"
    with work.attempt():
        pass
    assert (work.failures, work.kind, work.is_failing) == (0, "", False)


def test_what_nobody_asks_for_again_does_not_fail_for_ever(work: Duty, clock: Clock) -> None:
    for _ in range(FAILURES_IN_A_ROW):
        fail(work)
    clock.now += FAILING_FOR
    assert not work.is_failing


def test_what_hangs_is_failing_until_it_goes_on(work: Duty, clock: Clock) -> None:
    with work.attempt():
        clock.now += HANGING_AFTER
        assert not work.is_failing
        clock.now += 1
        assert (work.is_hanging, work.is_failing) == (True, True)
        work.succeeded()
        assert not work.is_failing
    assert work.age == 0


def test_the_same_failure_is_told_in_full_once_and_then_in_a_line_now_and_then(
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


def test_failures_and_ages_are_told_to_prometheus() -> None:
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
