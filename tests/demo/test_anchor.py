"""Today is day 3, and one of its slots began four minutes ago, whatever the time."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from fairplatform.demo.anchor import anchor_at
from fairplatform.demo.plan.slots import slots

SLOTS = {slot.key: slot for slot in slots()}


def karachi(hour, minute, second=0):
    """A moment of 14 May 2020 in Pakistan, as UTC."""
    return datetime(2020, 5, 14, hour, minute, second, tzinfo=UTC) - timedelta(hours=5)


def test_today_is_day_three():
    assert anchor_at(karachi(9, 0)).days == tuple(date(2020, 5, day) for day in (12, 13, 14, 15, 16))


def test_today_is_pakistans_today():
    late_in_utc = datetime(2020, 5, 13, 19, 30, tzinfo=UTC)
    assert anchor_at(late_in_utc).days[2] == date(2020, 5, 14)


@pytest.mark.parametrize(("minute", "second"), [(4, 0), (10, 0), (19, 59), (20, 0)])
def test_in_the_slots_own_time_nothing_moves(minute, second):
    anchor = anchor_at(karachi(12, minute, second))
    assert (anchor.moved, anchor.start(SLOTS["3-1200"])) == (False, karachi(12, 0))


@pytest.mark.parametrize(
    ("hour", "minute", "second"),
    [(0, 0, 0), (3, 17, 42), (9, 0, 30), (12, 3, 59), (12, 20, 1), (15, 44, 0), (23, 59, 59)],
)
def test_otherwise_the_running_slot_began_four_whole_minutes_ago(hour, minute, second):
    now = karachi(hour, minute, second)
    anchor = anchor_at(now)
    assert anchor.moved
    assert anchor.start(SLOTS["3-1200"]) == now - timedelta(minutes=4, seconds=second)
    assert anchor.end(SLOTS["3-1200"]) == anchor.start(SLOTS["3-1200"]) + timedelta(minutes=30)


def test_four_minutes_past_noon_the_grid_is_true_already():
    assert anchor_at(karachi(12, 4)).shift == timedelta(0)


@pytest.mark.parametrize("hour", [0, 9, 18, 23])
def test_the_other_days_keep_their_hours(hour):
    anchor = anchor_at(karachi(hour, 5))
    assert anchor.start(SLOTS["4-1500"]) == datetime(2020, 5, 15, 10, 0, tzinfo=UTC)
    assert anchor.start(SLOTS["1-1130"]) == datetime(2020, 5, 12, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("hour", range(24))
def test_slots_stay_in_order_and_never_overlap(hour):
    anchor = anchor_at(karachi(hour, 47))
    times = [(anchor.start(slot), anchor.end(slot)) for slot in slots()]
    assert all(end <= start for (_, end), (start, _) in pairwise(times))


def test_day_three_keeps_its_distances():
    anchor = anchor_at(karachi(21, 30))
    assert anchor.start(SLOTS["3-1330"]) - anchor.start(SLOTS["3-1200"]) == timedelta(minutes=90)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        anchor_at(datetime(2020, 5, 14, 12, 10))
