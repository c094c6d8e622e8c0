"""The clock's steps simulate the people of the demonstration at their meetings."""

from collections import Counter
from datetime import timedelta

import pytest

from fairplatform.accounts.actor import Actor
from fairplatform.demo.clock_steps import clock_steps
from fairplatform.demo.personas import persona_user
from meetings.call.actions import enter
from meetings.clock import tick
from meetings.models import Attendance, Meeting

from .conftest import OPENING

MINUTE = timedelta(minutes=1)
BEGUN = OPENING - 4 * MINUTE


@pytest.fixture
def turn(fair, settings):
    """Ticks the clock every ten seconds, from `since` to the given number of minutes after the opening."""
    settings.DEMO = True
    steps = clock_steps()

    def until(minutes, *, since=0):
        for second in range(since * 60, minutes * 60 + 1, 10):
            tick(OPENING + timedelta(seconds=second), extra_steps=steps)

    return until


def test_without_demo_the_clock_has_no_extra_steps(settings):
    settings.DEMO = False
    assert clock_steps() == []


def test_simulated_people_stay_connected_while_their_meetings_run(fair, turn):
    connected = set(Attendance.objects.filter(left_at=None).values_list("connection_id", flat=True))
    turn(5)
    assert set(Attendance.objects.filter(left_at=None).values_list("connection_id", flat=True)) == connected


def test_simulated_meetings_end_and_the_next_ones_begin(fair, turn):
    turn(26)
    ended = fair.meetings.filter(slot__starts_at=BEGUN)
    assert Counter(ended.values_list("state", "missed_because")) == {
        ("held", ""): 6,
        ("missed", "exhibitor"): 1,
        ("missed", "both"): 1,
    }
    assert Attendance.objects.filter(meeting__in=ended, left_at=None).count() == 0
    turn(31, since=26)
    running = fair.meetings.filter(slot__starts_at=BEGUN + 30 * MINUTE)
    personas = [persona_user(key)[0] for key in ("exhibitor", "buyer", "interpreter")]
    others = running.exclude(pk__in=Meeting.objects.filter(participants__user__in=personas))
    assert others.exclude(state="held").count() == 0
    assert running.filter(pk__in=others).count() >= 6


def test_simulated_people_leave_a_meeting_that_a_visitor_enters(fair, turn):
    visited = fair.meetings.filter(slot__starts_at=BEGUN, state="confirmed", attendances__side="buyer").first()
    visitor = visited.participants.get(side="buyer", role="party").user
    turn(1)
    enter(Actor(visitor), meeting=visited.pk, connection_id="visitors-tab", now=OPENING + MINUTE)
    tick(OPENING + MINUTE, extra_steps=clock_steps())
    connected = Attendance.objects.filter(meeting=visited, left_at=None)
    assert list(connected.values_list("connection_id", flat=True)) == ["visitors-tab"]


def test_simulated_people_stay_when_an_organiser_enters(fair, turn):
    visited = fair.meetings.filter(slot__starts_at=BEGUN, attendances__side="exhibitor").order_by("pk").last()
    simulated = visited.attendances.filter(connection_id__startswith="demo-", left_at=None)
    before = simulated.count()
    enter(Actor(persona_user("organiser")[0]), meeting=visited.pk, connection_id="organisers-tab", now=OPENING)
    turn(1)
    assert simulated.count() == before
