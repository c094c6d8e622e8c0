"""The slots made from a fair's days: which fit, how they are numbered, and that none in use disappears."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, FairDay, Slot
from fairplatform.fairs.slots import planned_slots, replace_slots
from meetings.models import Booking, Meeting, MeetingRequest
from tests.factories import make_buyer, make_conversation, make_exhibitor, make_fair, make_slots, make_staff

pytestmark = pytest.mark.either


@pytest.fixture
def fair(db: None) -> Fair:
    return make_fair(slot_minutes=25, change_minutes=5)


def add_day(fair: Fair, number: int, on: date, starts: str = "10:00", ends: str = "12:00", **fields: Any) -> FairDay:
    times = {"starts": time.fromisoformat(starts), "ends": time.fromisoformat(ends)}
    return FairDay.objects.create(fair=fair, number=number, date=on, **{**times, **fields})


def stored(fair: Fair) -> list[tuple[int, int, str]]:
    """Number, number of the day, and start in UTC of each slot."""
    rows = fair.slots.select_related("day").order_by("number")
    return [(slot.number, slot.day.number, f"{slot.starts_at:%m-%d %H:%M}") for slot in rows]


@pytest.mark.parametrize(
    ("ends", "starts_at"),
    [
        ("11:24", ["10:00", "10:30"]),
        ("11:25", ["10:00", "10:30", "11:00"]),
        ("11:54", ["10:00", "10:30", "11:00"]),
        ("10:24", []),
        ("10:00", []),
        ("09:00", []),
    ],
)
def test_no_slot_ends_after_the_day_and_a_remainder_is_left(fair: Fair, ends: str, starts_at: list[str]) -> None:
    day = FairDay(date=date(2026, 5, 14), starts=time(10), ends=time.fromisoformat(ends), zone="UTC")
    planned = planned_slots(fair, day)
    assert [f"{begins:%H:%M}" for begins, _ends in planned] == starts_at
    assert {ends_at - begins for begins, ends_at in planned} <= {timedelta(minutes=25)}


def test_times_are_in_the_days_zone_else_in_the_stations(fair: Fair) -> None:
    day = FairDay(date=date(2026, 5, 14), starts=time(10), ends=time(10, 30))
    assert planned_slots(fair, day)[0][0] == datetime(2026, 5, 14, 5, tzinfo=UTC)
    day.zone = "Asia/Dubai"
    assert planned_slots(fair, day)[0][0] == datetime(2026, 5, 14, 6, tzinfo=UTC)


def test_a_day_may_last_into_the_night(fair: Fair) -> None:
    for ends, last in ((time(1), "00:30"), (time(0), "23:30")):
        day = FairDay(date=date(2026, 5, 14), starts=time(22), ends=ends, zone="UTC")
        planned = planned_slots(fair, day)
        assert (f"{planned[0][0]:%d %H:%M}", f"{planned[-1][0]:%H:%M}") == ("14 22:00", last)


def test_days_are_in_the_order_of_time_whatever_their_zones(fair: Fair) -> None:
    """A Monday morning in China comes before Sunday evening in America."""
    add_day(fair, 1, date(2026, 5, 17), "18:00", "19:00", zone="America/Los_Angeles")
    add_day(fair, 2, date(2026, 5, 18), "07:00", "08:00", zone="Asia/Shanghai")
    replace_slots(fair)
    assert stored(fair) == [(1, 1, "05-17 23:00"), (2, 1, "05-17 23:30"), (3, 2, "05-18 01:00"), (4, 2, "05-18 01:30")]
    assert list(fair.days.order_by("number").values_list("zone", flat=True)) == ["Asia/Shanghai", "America/Los_Angeles"]


def test_a_day_may_not_start_before_the_one_before_it_has_ended(fair: Fair) -> None:
    add_day(fair, 1, date(2026, 5, 14), "22:00", "01:00")
    second = add_day(fair, 2, date(2026, 5, 15), "00:30", "02:00")
    with pytest.raises(Refused) as refused:
        replace_slots(fair)
    assert (refused.value.code, fair.slots.count()) == ("days_overlap", 0)
    second.starts = time(1)
    second.save()
    replace_slots(fair)
    assert fair.slots.count() == 8


@pytest.mark.parametrize(("on", "hour"), [(date(2026, 3, 28), 8), (date(2026, 3, 30), 7), (date(2026, 10, 26), 8)])
def test_a_day_starts_by_the_clock_on_the_wall_across_the_change_of_the_clocks(fair: Fair, on: date, hour: int) -> None:
    day = FairDay(date=on, starts=time(9), ends=time(10), zone="Europe/Berlin")
    assert planned_slots(fair, day)[0][0] == datetime(on.year, on.month, on.day, hour, tzinfo=UTC)


def test_the_hour_that_a_change_of_the_clocks_leaves_out_has_no_slots(fair: Fair) -> None:
    day = FairDay(date=date(2026, 3, 29), starts=time(1), ends=time(4), zone="Europe/Berlin")
    assert len(planned_slots(fair, day)) == 4
    day.date = date(2026, 10, 25)
    assert len(planned_slots(fair, day)) == 8


def test_a_day_without_times_has_no_planned_slots(fair: Fair) -> None:
    assert planned_slots(fair, FairDay(date=date(2026, 5, 14))) == []


def test_days_are_numbered_by_date_and_slots_through_the_fair(fair: Fair) -> None:
    add_day(fair, 1, date(2026, 5, 15), ends="11:00")
    add_day(fair, 2, date(2026, 5, 14), ends="11:00")
    add_day(fair, 7, date(2026, 5, 16), ends="10:30")
    replace_slots(fair)
    assert stored(fair) == [
        (1, 1, "05-14 05:00"), (2, 1, "05-14 05:30"), (3, 2, "05-15 05:00"), (4, 2, "05-15 05:30"),
        (5, 3, "05-16 05:00"),
    ]  # fmt: skip
    assert [day.date.day for day in fair.days.order_by("number")] == [14, 15, 16]


def test_a_slot_that_stays_is_the_same_row_and_the_second_time_nothing_changes(fair: Fair) -> None:
    day = add_day(fair, 1, date(2026, 5, 14), ends="11:00")
    replace_slots(fair)
    first = dict(fair.slots.values_list("starts_at", "pk"))
    replace_slots(fair)
    assert dict(fair.slots.values_list("starts_at", "pk")) == first
    day.starts, day.ends = time(9, 30), time(11, 30)
    day.save()
    replace_slots(fair)
    assert [number for number, *_ in stored(fair)] == [1, 2, 3, 4]
    assert first.items() <= dict(fair.slots.values_list("starts_at", "pk")).items()


def use_by_booking(fair: Fair, slot: Slot) -> None:
    Booking.objects.create(fair=fair, resource="person:1", slot=slot)


def use_by_meeting(fair: Fair, slot: Slot) -> None:
    Meeting.objects.create(
        fair=fair, exhibitor=make_exhibitor(fair), buyer=make_buyer(fair), slot=slot, state="cancelled",
        conversation=make_conversation(fair, []),
    )  # fmt: skip


def use_by_request(fair: Fair, slot: Slot) -> None:
    exhibitor, buyer = make_exhibitor(fair), make_buyer(fair)
    MeetingRequest.objects.create(
        fair=fair, sender=buyer, receiver=exhibitor, slot=slot, made_by=make_staff(buyer),
        expires_at=slot.starts_at,
    )  # fmt: skip


@pytest.mark.parametrize("use", [use_by_booking, use_by_meeting, use_by_request])
def test_a_slot_in_use_is_never_deleted(fair: Fair, use: Any) -> None:
    day = add_day(fair, 1, date(2026, 5, 14))
    replace_slots(fair)
    use(fair, fair.slots.get(number=2))
    before = stored(fair)
    day.starts = time(10, 10)
    day.save()
    with pytest.raises(Refused) as refused:
        replace_slots(fair)
    assert (refused.value.code, refused.value.parameters) == ("slots_in_use", {"count": 1})
    assert stored(fair) == before
    # A plan that still has its time is fine, and gives it another number.
    day.starts = time(9, 30)
    day.save()
    replace_slots(fair)
    assert stored(fair)[2] == (3, 1, "05-14 05:30")


def test_days_without_times_keep_their_slots(fair: Fair) -> None:
    make_slots(fair, number=2)  # 14 May 2020, day 1
    add_day(fair, 2, date(2020, 5, 13), ends="10:30")
    replace_slots(fair)
    assert stored(fair) == [(1, 1, "05-13 05:00"), (2, 2, "05-14 07:00"), (3, 2, "05-14 07:30")]
