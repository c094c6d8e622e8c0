"""The wall clock set by ten minutes: forwards, what is due is done once; backwards, nothing is repeated or undone."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from fairplatform.notices.models import Notice
from meetings.clock import LOST_AFTER, FigureUpdates, WallClock, tick
from meetings.models import Attendance, ClockLease, Meeting, MeetingRequest
from meetings.models.meeting import Side
from meetings.requests.actions import make_request
from tests.factories import NOW, actor, make_buyer, make_fair, make_slots, make_staff
from tests.meetings.cases import MeetingCase, make_case, minutes

STEP = minutes(10)


class Evening:
    """A meeting that ends five minutes from now, one that begins in a quarter of an hour, and a request to answer."""

    def __init__(self) -> None:
        fair = make_fair()
        self.slots = make_slots(fair, first=NOW - minutes(20), number=1)
        self.slots += make_slots(fair, first=NOW + minutes(15), number=4)
        self.ending, self.coming = make_case(fair, self.slots[0]), make_case(fair, self.slots[1])
        asker = make_staff(make_buyer(fair))
        exhibitor = self.coming.meeting.exhibitor
        # To be answered half an hour before its slot: eight minutes from now.
        Evening.push(self.slots[4], NOW + minutes(38))
        self.request = make_request(actor(asker), receiver=exhibitor.pk, slot=self.slots[4].pk, now=NOW - minutes(60))

    @staticmethod
    def push(slot: Any, starts_at: datetime) -> None:
        slot.starts_at, slot.ends_at = starts_at, starts_at + minutes(15)
        slot.save()

    @property
    def states(self) -> list[str]:
        meetings = [Meeting.objects.get(pk=case.meeting.pk).state for case in (self.ending, self.coming)]
        return [*meetings, MeetingRequest.objects.get().state]

    @property
    def notices(self) -> list[str]:
        """The codes of all notices to the people of the meetings, sorted."""
        return sorted(Notice.objects.exclude(code="request_received").values_list("code", flat=True))


@pytest.fixture
def evening(db: None) -> Evening:
    return Evening()


def test_a_step_forwards_does_everything_due_once(evening: Evening) -> None:
    tick(NOW)
    assert (evening.states, evening.notices) == (["confirmed", "confirmed", "pending"], [])
    after = NOW + STEP
    tick(after, figures=FigureUpdates(NOW), is_steady=False)
    done, notices = evening.states, evening.notices
    assert done == ["missed", "confirmed", "expired"]
    assert notices == ["meeting_missed"] * 2 + ["meeting_soon"] * 2 + ["request_expired"] * 2
    for second in range(3):
        tick(after + timedelta(seconds=second), figures=FigureUpdates(after), is_steady=False)
    assert (evening.states, evening.notices) == (done, notices)


def test_a_step_backwards_repeats_and_undoes_nothing(evening: Evening) -> None:
    after = NOW + STEP
    tick(after)
    done, notices = evening.states, evening.notices
    assert done == ["missed", "confirmed", "expired"]
    tick(NOW, figures=FigureUpdates(after), is_steady=False)
    for minute in range(1, 13):
        tick(NOW + minutes(minute), figures=FigureUpdates(NOW + minutes(minute - 1)))
    assert (evening.states, evening.notices) == (done, notices)


def seated(case: MeetingCase, *, seen_at: datetime) -> Attendance:
    return case.attend(case.seller, Side.EXHIBITOR, since=seen_at)


@pytest.mark.parametrize("step", [STEP, -STEP])
def test_no_connection_counts_as_lost_because_the_clock_was_set(evening: Evening, step: timedelta) -> None:
    row = seated(evening.coming, seen_at=NOW)
    tick(NOW + step, figures=FigureUpdates(NOW), is_steady=False)
    row.refresh_from_db()
    assert row.left_at is None
    # A connection that lives is seen again, by the new time.
    Attendance.objects.update(seen_at=NOW + step + timedelta(seconds=25))
    tick(NOW + step + LOST_AFTER, figures=FigureUpdates(NOW + step))
    row.refresh_from_db()
    assert row.left_at is None


def test_a_connection_that_is_not_seen_again_is_lost(evening: Evening) -> None:
    row = seated(evening.coming, seen_at=NOW)
    tick(NOW + STEP, is_steady=False)
    tick(NOW + STEP + minutes(2))
    row.refresh_from_db()
    assert row.left_at == NOW


@pytest.mark.parametrize("step", [600.0, -600.0])
def test_the_wall_clock_is_steady_again_two_minutes_after_it_was_set(step: float) -> None:
    wall = WallClock(NOW, 1000.0)

    def at(steady: float, ahead: float) -> bool:
        return wall.is_steady(NOW + timedelta(seconds=steady - 1000.0 + ahead), steady)

    assert at(1001.0, 0.0)
    assert at(1002.0, 0.4)
    assert not at(1003.0, step)
    assert not at(1123.0, step)
    assert at(1124.0, step)


@pytest.mark.django_db
def test_a_lease_from_the_future_blocks_nobody() -> None:
    assert ClockLease.acquire("gone", NOW)
    # Its holder died; the clock is set back by ten minutes.
    back = NOW - STEP
    assert ClockLease.acquire("next", back)
    assert not ClockLease.acquire("third", back + timedelta(seconds=1))
    assert ClockLease.acquire("next", back + timedelta(seconds=1))


@pytest.mark.django_db
@pytest.mark.parametrize("step", [STEP, -STEP])
def test_the_holder_of_the_lease_keeps_it_when_the_clock_is_set(step: timedelta) -> None:
    assert ClockLease.acquire("one", NOW)
    assert ClockLease.acquire("one", NOW + step)
    assert not ClockLease.acquire("two", NOW + step + timedelta(seconds=5))
    assert ClockLease.objects.get().until == NOW + step + ClockLease.DURATION
