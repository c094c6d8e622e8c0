"""Meetings as tiles of the control room."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairplatform.realtime.models import TopicVersion
from meetings.call.actions import enter, leave
from meetings.figures.protocol import Tile
from meetings.figures.tiles import tiles
from tests.factories import NOW, actor, make_fair, make_slots
from tests.meetings.cases import MeetingCase, make_case, minutes

START = NOW - minutes(3)


@pytest.mark.django_db
@pytest.mark.parametrize(("is_demo", "before", "after"), [(False, ["nobody"], ["nobody"]), (True, [], ["nobody"])])
def test_a_demonstrations_empty_room_needs_nobody_until_a_visitor_has_entered(
    is_demo: bool, before: list[str], after: list[str]
) -> None:
    fair = make_fair(is_demo=is_demo)
    case = make_case(fair, make_slots(fair)[0])

    def needed() -> list[str]:
        [shown] = tiles([case.meeting.pk])
        return [need.code for need in shown.needs]

    found = [needed()]
    case.attend(case.buyer, "buyer", since=NOW, left_at=NOW)
    found.append(needed())
    assert found == [before, after]


def tile_of(case: MeetingCase) -> Tile:
    (tile,) = tiles([case.meeting.pk])
    return tile


def test_tile_links_its_pages_and_shows_who_is_in_the_room_and_the_quality_of_connections(db: None) -> None:
    fair = make_fair()
    case = make_case(fair, make_slots(fair)[0], interpreting="required", with_interpreter=True)
    assert case.interpreter is not None
    case.attend(case.seller, "exhibitor", since=START, connected_at=START, quality={"rtt_ms": 90.0, "kbit_in": 300})
    case.attend(case.buyer, "buyer", since=START, connected_at=START, quality={"loss_percent": 14.0, "kbit_in": 40})
    tile = tile_of(case)
    page = f"/fairs/{fair.slug}/meetings/{case.meeting.pk}/"
    assert (tile.path, tile.room_path) == (page, f"{page}room/")
    assert (tile.exhibitor.since, tile.exhibitor.line) == (START, "good")
    assert (tile.buyer.since, tile.buyer.line) == (START, "weak")
    assert tile.interpreter == "missing"
    assert [need.code for need in tile.needs] == ["interpreter", "weak"]
    case.attend(case.interpreter, "", since=START + minutes(1))
    assert tile_of(case).interpreter == "in"


def test_tile_without_an_interpreter_expects_none(db: None) -> None:
    fair = make_fair()
    case = make_case(fair, make_slots(fair)[0], interpreting="welcome")
    assert tile_of(case).interpreter == "none"


def test_tiles_take_the_same_queries_for_two_and_for_six(db: None) -> None:
    fair = make_fair()
    slots = make_slots(fair)
    counts = []
    for number in (2, 4):
        for _ in range(number):
            case = make_case(fair, slots[0])
            case.attend(case.seller, "exhibitor", since=START)
        with CaptureQueriesContext(connection) as queries:
            shown = tiles(fair.meetings.values_list("pk", flat=True))
        assert len(shown) == fair.meetings.count()
        counts.append(len(queries))
    assert counts == [3, 3]


def test_entering_and_leaving_publish_a_tile(transactional_db: None) -> None:
    fair = make_fair()
    case = make_case(fair, make_slots(fair)[0])
    seen = []
    enter(actor(case.seller), meeting=case.meeting.pk, connection_id="first-connection", now=NOW)
    seen.append((TopicVersion.current([f"monitor:{fair.slug}"]), tile_of(case).exhibitor.since))
    leave("first-connection", now=NOW + minutes(1))
    seen.append((TopicVersion.current([f"monitor:{fair.slug}"]), tile_of(case).exhibitor.since))
    assert seen == [({f"monitor:{fair.slug}": 1}, NOW), ({f"monitor:{fair.slug}": 2}, None)]
