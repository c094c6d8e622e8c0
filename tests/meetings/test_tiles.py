"""What the control room sees of a meeting, and what it says is wrong."""

from datetime import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from fairplatform.realtime.models import TopicVersion
from meetings.call.actions import enter, leave
from meetings.figures.protocol import Need, Tile
from meetings.figures.tiles import Presence, needs, publish_tile, publish_totals, tiles
from meetings.models import Meeting
from tests.factories import NOW, actor, make_fair, make_slots
from tests.meetings.tables import Table, lay, minutes

START = NOW - minutes(3)
NEVER = Presence()


def here(since: datetime = START, **fields: object) -> Presence:
    return Presence(**{"since": since, "connected": True, **fields})  # type: ignore[arg-type]


def test_needs_none_when_both_are_in_and_hear_each_other() -> None:
    assert needs(START, here(), here()) == []


def test_needs_of_an_empty_room_count_from_its_start() -> None:
    assert needs(START, NEVER, NEVER) == [Need(code="nobody", since=START, due=START + minutes(1))]


def test_needs_of_a_room_all_have_left_count_from_the_last_leaving() -> None:
    left = START + minutes(5)
    found = needs(START, Presence(gone=left), Presence(gone=START + minutes(4)))
    assert found == [Need(code="nobody", since=left, due=left + minutes(1))]


@pytest.mark.django_db
@pytest.mark.parametrize(("is_demo", "before", "after"), [(False, ["nobody"], ["nobody"]), (True, [], ["nobody"])])
def test_a_room_kept_for_the_visitor_of_a_demonstration_needs_nobody_until_they_were_in(
    is_demo: bool, before: list[str], after: list[str]
) -> None:
    fair = make_fair(is_demo=is_demo)
    table = lay(fair, make_slots(fair)[0])

    def needed() -> list[str]:
        [shown] = tiles(Meeting.objects.filter(pk=table.meeting.pk))
        return [need.code for need in shown.needs]

    found = [needed()]
    table.sit(table.buyer, "buyer", since=NOW, left_at=NOW)
    found.append(needed())
    assert found == [before, after]


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
    assert needs(START, Presence(gone=gone), here(entered)) == [
        Need(code="alone", side="buyer", since=since, due=since + minutes(1))
    ]


def test_needs_of_a_missing_interpreter_begin_when_both_sides_are_in() -> None:
    both = START + minutes(2)
    waiting = Need(code="interpreter", since=both, due=both + minutes(0.5))
    assert needs(START, here(), here(both), NEVER) == [waiting]
    assert needs(START, here(), here(both), Presence(gone=both + minutes(3))) == [
        Need(code="interpreter", since=both + minutes(3), due=both + minutes(3.5))
    ]
    assert needs(START, here(), here(both), here(both)) == []


def test_needs_of_an_interpreter_wait_while_a_side_is_alone() -> None:
    assert [need.code for need in needs(START, here(), NEVER, NEVER)] == ["alone"]


def test_needs_of_lines_say_whose() -> None:
    at = START + minutes(6)
    found = needs(START, here(line="lost", line_since=at), here(line="weak", line_since=at))
    assert found == [
        Need(code="lost", side="exhibitor", since=at, due=at),
        Need(code="weak", side="buyer", since=at, due=at),
    ]


def test_needs_of_two_who_never_connected() -> None:
    found = needs(START, here(connected=False), here(START + minutes(1), connected=False))
    assert found == [Need(code="lost", since=START + minutes(1), due=START + minutes(1.5))]


def tile_of(table: Table) -> Tile:
    (tile,) = tiles(Meeting.objects.filter(pk=table.meeting.pk))
    return tile


def test_tile_shows_who_is_in_and_how_good_the_lines_are(db: None) -> None:
    fair = make_fair()
    table = lay(fair, make_slots(fair)[0], interpreting="required", with_interpreter=True)
    assert table.interpreter is not None
    table.sit(table.seller, "exhibitor", since=START, connected_at=START, quality={"rtt_ms": 90.0, "kbit_in": 300})
    table.sit(table.buyer, "buyer", since=START, connected_at=START, quality={"loss_percent": 14.0, "kbit_in": 40})
    tile = tile_of(table)
    assert (tile.exhibitor.since, tile.exhibitor.line) == (START, "good")
    assert (tile.buyer.since, tile.buyer.line) == (START, "weak")
    assert tile.interpreter == "missing"
    assert [need.code for need in tile.needs] == ["interpreter", "weak"]
    table.sit(table.interpreter, "", since=START + minutes(1))
    assert tile_of(table).interpreter == "in"


def test_tile_without_an_interpreter_expects_none(db: None) -> None:
    fair = make_fair()
    table = lay(fair, make_slots(fair)[0], interpreting="welcome")
    assert tile_of(table).interpreter == "none"


def test_tiles_take_the_same_queries_for_two_and_for_six(db: None) -> None:
    fair = make_fair()
    slots = make_slots(fair)
    counts = []
    for number in (2, 4):
        for _ in range(number):
            table = lay(fair, slots[0])
            table.sit(table.seller, "exhibitor", since=START)
        with CaptureQueriesContext(connection) as queries:
            shown = tiles(fair.meetings.all())
        assert len(shown) == fair.meetings.count()
        counts.append(len(queries))
    assert counts == [3, 3]


def test_entering_and_leaving_are_shown(transactional_db: None) -> None:
    fair = make_fair()
    table = lay(fair, make_slots(fair)[0])
    seen = []
    enter(actor(table.seller), meeting=table.meeting.pk, connection_id="first-connection", now=NOW)
    seen.append((TopicVersion.current([f"monitor:{fair.slug}"]), tile_of(table).exhibitor.since))
    leave("first-connection", now=NOW + minutes(1))
    seen.append((TopicVersion.current([f"monitor:{fair.slug}"]), tile_of(table).exhibitor.since))
    assert seen == [({f"monitor:{fair.slug}": 1}, NOW), ({f"monitor:{fair.slug}": 2}, None)]


def test_publishing_moves_the_topics_of_the_room_and_of_the_fair(transactional_db: None) -> None:
    fair = make_fair()
    table = lay(fair, make_slots(fair)[0])
    names = [f"monitor:{fair.slug}", f"fair:{fair.slug}"]
    before = TopicVersion.current(names)
    with transaction.atomic():
        publish_tile(table.meeting, NOW)
        publish_totals(fair, NOW)
    after = TopicVersion.current(names)
    assert {name: after[name] - before[name] for name in names} == {names[0]: 2, names[1]: 1}
