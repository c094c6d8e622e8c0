"""What the page of the control room starts from."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairplatform.control_room.protocol import ControlRoomSnapshot
from fairplatform.control_room.snapshot import snapshot
from fairplatform.fairs.models import Fair
from meetings.figures.protocol import Tile
from meetings.models import Meeting
from tests.factories import NOW, make_fair, make_slots
from tests.meetings.cases import agree, make_case, minutes, order


@pytest.fixture
def fair(db: None) -> Fair:
    return make_fair()


def keys(tiles: list[Tile]) -> set[int]:
    return {tile.meeting for tile in tiles}


def test_snapshot_holds_this_slot_and_the_next(fair: Fair) -> None:
    slots = make_slots(fair, first=NOW - minutes(33), number=4)
    over, running, coming, later = (make_case(fair, slot).meeting for slot in slots)
    missed, cancelled = make_case(fair, slots[1]).meeting, make_case(fair, slots[1]).meeting
    Meeting.objects.filter(pk=missed.pk).update(state="missed", missed_because="both")
    Meeting.objects.filter(pk=cancelled.pk).update(state="cancelled")
    Meeting.objects.filter(pk=over.pk).update(state="held")
    found = snapshot(fair, NOW)
    assert keys(found.tiles) == {running.pk, coming.pk}
    assert found.next is not None
    assert found.next.starts_at == slots[2].starts_at
    assert later.pk not in keys(found.tiles)


def test_snapshot_keeps_an_extended_meeting(fair: Fair) -> None:
    slot = make_slots(fair, first=NOW - minutes(27), number=1)[0]
    meeting = make_case(fair, slot).meeting
    Meeting.objects.filter(pk=meeting.pk).update(extended_minutes=5)
    assert keys(snapshot(fair, NOW).tiles) == {meeting.pk}
    assert snapshot(fair, NOW).next is None


def test_snapshot_has_nothing_that_the_page_fetches_as_html() -> None:
    assert set(ControlRoomSnapshot.model_fields) == {"now", "tiles", "lobby", "next"}


def test_snapshot_takes_the_same_queries_for_one_meeting_and_for_five(fair: Fair) -> None:
    slots = make_slots(fair)
    counts = []
    for number in (1, 4):
        for _ in range(number):
            agree(make_case(fair, slots[0]), order(), NOW)
        with CaptureQueriesContext(connection) as queries:
            snapshot(fair, NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1]
