"""The clock as its thread runs it, outside of any transaction: at the edge of a slot, and with a step that fails."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from django.db import connections
from django.utils import timezone
from prometheus_client import REGISTRY

from fairplatform.fairs.models import Fair
from fairplatform.health.failing_duties import PROCESS, publish_failing_duties
from fairplatform.health.readiness import Dependency, Readiness
from fairplatform.observability.duties import DUTIES, attempt
from fairplatform.operations.doctor.running import check_running
from fairplatform.realtime.models import TopicVersion
from meetings.clock import STEPS, Clock, FigureUpdates, Hourly, run_clock, tick
from meetings.models import ClockLease, Meeting, MeetingRequest
from meetings.requests.actions import make_request
from tests.factories import NOW, actor, make_buyer, make_exhibitor, make_fair, make_slots, make_staff
from tests.meetings.cases import make_case
from tests.servers.programs import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = timedelta(seconds=1)


def published(fair: Fair) -> list[int]:
    """How often the figures of this fair were published to the control room and to everybody."""
    topics = [f"monitor:{fair.slug}", f"fair:{fair.slug}"]
    numbers = TopicVersion.current(topics)
    return [numbers[topic] for topic in topics]


def failures() -> dict[str, int]:
    return {one.name: one.failures for one in DUTIES.values() if one.failures}


@pytest.fixture
def clock() -> Iterator[None]:
    """The clock in a thread of its own."""

    def run() -> None:
        run_clock(stop)
        connections.close_all()

    stop = threading.Event()
    thread = threading.Thread(target=run)
    thread.start()
    yield
    stop.set()
    thread.join()


def test_the_thread_publishes_the_figures_when_a_slot_begins_and_no_step_fails(clock: None) -> None:
    fair = make_fair()
    make_slots(fair, first=timezone.now() + 2 * SECOND, number=1)
    assert published(fair) == [0, 0]
    wait_until(lambda: published(fair) == [1, 1], seconds=20, what="the figures of the hour")
    names = {"clock", "clock.publish_figures", *(f"clock.{step.__name__}" for step in STEPS)}
    assert (set(DUTIES), failures()) == (names, {})


def test_figures_that_could_not_be_counted_are_published_at_the_next_tick() -> None:
    fair = make_fair()
    [slot] = make_slots(fair, first=NOW, number=1)
    # An unknown reason cannot be counted.
    missed = Meeting.objects.filter(pk=make_case(fair, slot).meeting.pk)
    missed.update(state="missed", missed_because="weather")
    updates = FigureUpdates(NOW - SECOND)
    tick(NOW, figures=updates)
    assert (published(fair), failures()) == ([0, 0], {"clock.publish_figures": 1})
    missed.update(missed_because="both")
    tick(NOW + SECOND, figures=updates)
    assert (published(fair), failures()) == ([1, 1], {})


def test_the_next_holder_of_the_lease_publishes_what_the_last_one_did_not() -> None:
    fair = make_fair()
    ClockLease.acquire("killed", NOW)
    make_slots(fair, first=NOW + SECOND, number=1)
    successor = Clock((), NOW, 0.0)
    for second in range(1, 12):
        successor.run_once(NOW + second * SECOND, float(second))
    assert (successor.holds_lease, published(fair)) == (True, [1, 1])


def test_a_tick_that_closes_many_meetings_publishes_the_figures_once() -> None:
    fair = make_fair()
    [slot] = make_slots(fair, first=NOW, number=1)
    for _ in range(3):
        make_case(fair, slot)
    tick(slot.ends_at, figures=FigureUpdates(slot.ends_at - SECOND))
    assert list(fair.meetings.values_list("state", flat=True)) == ["missed"] * 3
    # The control room also gets a tile of each meeting.
    assert published(fair) == [3 + 1, 1]


def test_a_request_that_cannot_be_closed_does_not_stop_the_others() -> None:
    fair = make_fair()
    slots = make_slots(fair, number=5)
    seller = make_exhibitor(fair)
    make_staff(seller)
    pending = [
        make_request(actor(make_staff(make_buyer(fair))), receiver=seller.pk, slot=slots[4].pk, now=NOW)
        for _ in range(3)
    ]
    # The notice needs the first company's name, which is not a translated text.
    type(pending[0].sender.company).objects.filter(pk=pending[0].sender.company_id).update(name=7)
    tick(max(one.expires_at for one in pending))
    states = MeetingRequest.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["pending", "expired", "expired"]
    assert failures() == {"clock.expire_requests": 1}


def test_a_failing_step_is_reported_and_does_not_stop_the_others() -> None:
    works, done = False, []

    def broken(now: datetime) -> None:
        if not works:
            raise LookupError

    def counted() -> float:
        return REGISTRY.get_sample_value("fair_duty_failures_total", {"duty": "clock.broken"}) or 0

    before = counted()
    ground = Dependency("ground", lambda: None)
    ground.check()
    readiness = Readiness()
    readiness.dependencies = [ground]
    clock = Clock([broken, done.append], NOW, 0.0)
    for second in range(3):
        assert readiness.missing() == []
        with attempt("clock"):
            clock.run_once(NOW + second * SECOND, float(second))
    assert (failures(), done) == ({"clock.broken": 3}, [NOW + n * SECOND for n in range(3)])
    assert set(DUTIES) >= {f"clock.{step.__name__}" for step in STEPS}
    assert (counted() - before, readiness.missing()) == (3, ["clock.broken"])
    publish_failing_duties(timezone.now())
    assert {one.name: one.says for one in check_running() if one.state == "broken" and one.name != "clock"} == {
        "clock.broken": f"It has failed 3 times in a row, last with LookupError, in {PROCESS}."
    }
    works = True
    clock.run_once(NOW + 3 * SECOND, 3.0)
    publish_failing_duties(timezone.now())
    assert (failures(), readiness.missing()) == ({}, [])
    assert {one.name: str(one.state) for one in check_running()}["duties"] == "well"


def test_an_hourly_step_is_taken_once_an_hour_and_again_after_a_failure() -> None:
    taken: list[datetime] = []

    def step(now: datetime) -> None:
        taken.append(now)
        if len(taken) == 2:
            raise LookupError

    hourly = Hourly(step)
    for minutes in (0, 1, 59, 60, 61, 62):
        with suppress(LookupError):
            hourly(NOW + timedelta(minutes=minutes))
    assert [(at - NOW).seconds // 60 for at in taken] == [0, 60, 61]
