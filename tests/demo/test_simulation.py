"""The demonstration's people come to their meetings and leave them, by the clock."""

from collections import Counter
from datetime import timedelta

import pytest

from fairplatform.accounts.actor import Actor
from fairplatform.demo.people import user_of
from fairplatform.demo.steps import clock_steps
from meetings.call.actions import enter
from meetings.clock import tick
from meetings.models import Attendance, Meeting

from .conftest import OPENING

MINUTE = timedelta(minutes=1)
BEGUN = OPENING - 4 * MINUTE


@pytest.fixture
def turn(fair, settings):
    """Turns the clock from the opening until so many minutes after it, every ten seconds."""
    settings.DEMO = True
    steps = clock_steps()

    def until(minutes, *, since=0):
        for second in range(since * 60, minutes * 60 + 1, 10):
            tick(OPENING + timedelta(seconds=second), extra_steps=steps)

    return until


def test_without_a_demonstration_the_clock_does_no_more_than_usual(settings):
    settings.DEMO = False
    assert clock_steps() == []


def test_running_meetings_stay_alive(fair, turn):
    here = set(Attendance.objects.filter(left_at=None).values_list("connection_id", flat=True))
    turn(5)
    assert set(Attendance.objects.filter(left_at=None).values_list("connection_id", flat=True)) == here


def test_running_meetings_end_by_themselves_and_the_next_begin(fair, turn):
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
    doors = [user_of(key)[0] for key in ("exhibitor", "buyer", "interpreter")]
    others = running.exclude(pk__in=Meeting.objects.filter(participants__user__in=doors))
    assert others.exclude(state="held").count() == 0
    assert running.filter(pk__in=others).count() >= 6


def test_where_a_visitor_sits_down_the_others_go(fair, turn):
    visited = fair.meetings.filter(slot__starts_at=BEGUN, state="confirmed", attendances__side="buyer").first()
    visitor = visited.participants.get(side="buyer", role="party").user
    turn(1)
    enter(Actor(visitor), meeting=visited.pk, connection_id="visitors-tab", now=OPENING + MINUTE)
    tick(OPENING + MINUTE, extra_steps=clock_steps())
    here = Attendance.objects.filter(meeting=visited, left_at=None)
    assert list(here.values_list("connection_id", flat=True)) == ["visitors-tab"]


def test_an_organiser_who_looks_in_finds_them_there(fair, turn):
    visited = fair.meetings.filter(slot__starts_at=BEGUN, attendances__side="exhibitor").order_by("pk").last()
    here = visited.attendances.filter(connection_id__startswith="demo-", left_at=None)
    before = here.count()
    enter(Actor(user_of("organiser")[0]), meeting=visited.pk, connection_id="organisers-tab", now=OPENING)
    turn(1)
    assert here.count() == before
