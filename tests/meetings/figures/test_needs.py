"""What is wrong in a running meeting's room, and when it needs an organiser."""

from datetime import datetime

import pytest

from meetings.figures.needs import RoomPresence, needs
from meetings.figures.protocol import Need
from tests.factories import NOW
from tests.meetings.cases import minutes

START = NOW - minutes(3)
NEVER = RoomPresence()


def here(since: datetime = START, **fields: object) -> RoomPresence:
    return RoomPresence(**{"since": since, "connected": True, **fields})  # type: ignore[arg-type]


def test_no_needs_when_both_sides_are_connected() -> None:
    assert needs(START, here(), here()) == []


def test_needs_of_an_empty_room_count_from_its_start() -> None:
    assert needs(START, NEVER, NEVER) == [Need(code="nobody", since=START, due=START + minutes(1))]


def test_needs_of_a_room_all_have_left_count_from_the_last_leaving() -> None:
    left = START + minutes(5)
    found = needs(START, RoomPresence(left_at=left), RoomPresence(left_at=START + minutes(4)))
    assert found == [Need(code="nobody", since=left, due=left + minutes(1))]


@pytest.mark.parametrize(
    ("entered", "gone", "since"),
    [
        (START - minutes(8), None, START),  # early people do not wait before the meeting begins
        (START + minutes(2), None, START + minutes(2)),
        (START, START + minutes(4), START + minutes(4)),  # the other side left again
    ],
)
def test_needs_of_a_side_alone_want_somebody_after_a_minute(
    entered: datetime, gone: datetime | None, since: datetime
) -> None:
    assert needs(START, RoomPresence(left_at=gone), here(entered)) == [
        Need(code="alone", side="buyer", since=since, due=since + minutes(1))
    ]


def test_needs_of_a_missing_interpreter_begin_when_both_sides_are_in() -> None:
    both = START + minutes(2)
    waiting = Need(code="interpreter", since=both, due=both + minutes(0.5))
    assert needs(START, here(), here(both), NEVER) == [waiting]
    assert needs(START, here(), here(both), RoomPresence(left_at=both + minutes(3))) == [
        Need(code="interpreter", since=both + minutes(3), due=both + minutes(3.5))
    ]
    assert needs(START, here(), here(both), here(both)) == []


def test_needs_of_an_interpreter_wait_while_a_side_is_alone() -> None:
    assert [need.code for need in needs(START, here(), NEVER, NEVER)] == ["alone"]


def test_needs_of_weak_connections_name_the_side() -> None:
    at = START + minutes(6)
    found = needs(START, here(quality="lost", quality_since=at), here(quality="weak", quality_since=at))
    assert found == [
        Need(code="lost", side="exhibitor", since=at, due=at),
        Need(code="weak", side="buyer", since=at, due=at),
    ]


def test_needs_of_a_meeting_whose_sides_never_connected() -> None:
    found = needs(START, here(connected=False), here(START + minutes(1), connected=False))
    assert found == [Need(code="lost", since=START + minutes(1), due=START + minutes(1.5))]
