"""Entering and leaving a room, reports of connections, and which signals are accepted."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from chat.models import Conversation
from fairplatform.accounts.models import AuditEntry, User
from fairplatform.errors import Refused
from fairplatform.realtime.models import TopicVersion
from meetings.call import actions
from meetings.call.protocol import Quality
from meetings.call.snapshot import present, room_snapshot
from meetings.models import Attendance, Meeting, Participant
from tests.factories import (
    NOW,
    actor,
    make_buyer,
    make_exhibitor,
    make_fair,
    make_person,
    make_role,
    make_slots,
    make_staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> SimpleNamespace:
    """A running meeting of two companies with an interpreter, and another meeting in the same fair."""
    fair = make_fair()
    slots = make_slots(fair)
    one = _meeting(fair, slots[0])
    other = _meeting(fair, slots[0])
    return SimpleNamespace(
        fair=fair, **one, organiser=make_role(fair, "organiser"), other=other["meeting"], stranger=other["buyer"]
    )


def _meeting(fair, slot) -> dict[str, object]:  # type: ignore[no-untyped-def]
    sells, buys = make_exhibitor(fair), make_buyer(fair)
    people = {"exhibitor": make_staff(sells), "buyer": make_staff(buys), "interpreter": make_role(fair, "interpreter")}
    meeting = Meeting.objects.create(
        fair=fair, exhibitor=sells, buyer=buys, slot=slot, conversation=Conversation.objects.create(fair=fair)
    )
    for name, person in people.items():
        side = "" if name == "interpreter" else name
        Participant.objects.create(
            meeting=meeting, user=person, role="interpreter" if name == "interpreter" else "party", side=side
        )
    return {"meeting": meeting, **people}


def enter(case: SimpleNamespace, person: User, *, now: datetime = NOW, **more: str) -> Attendance:
    return actions.enter(actor(person), meeting=case.meeting.pk, connection_id=uuid4().hex, now=now, **more)


def refusal(act: Callable[[], object]) -> str:
    with transaction.atomic(), pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def colleague(case: SimpleNamespace, side: str = "buyer") -> User:
    person = make_staff(getattr(case.meeting, side), is_manager=False)
    Participant.objects.create(meeting=case.meeting, user=person, role="colleague", side=side)
    return person


def test_enter_takes_a_seat_with_role_and_side(case: SimpleNamespace) -> None:
    for person in (case.exhibitor, case.buyer, case.interpreter, case.organiser):
        enter(case, person)
    assert [(c.person.id, c.part, c.side) for c in present(case.meeting)] == [
        (case.exhibitor.pk, "party", "exhibitor"),
        (case.buyer.pk, "party", "buyer"),
        (case.interpreter.pk, "interpreter", ""),
        (case.organiser.pk, "organiser", ""),
    ]


@pytest.mark.parametrize(("minutes", "extended"), [(-13, 0), (21.9, 0), (26, 5)])
def test_enter_is_possible_from_ten_minutes_before_until_the_end(
    case: SimpleNamespace, minutes: float, extended: int
) -> None:
    Meeting.objects.filter(pk=case.meeting.pk).update(extended_minutes=extended)
    now = NOW + timedelta(minutes=minutes)
    assert enter(case, case.buyer, now=now).entered_at == now


@pytest.mark.parametrize(
    ("minutes", "extended", "code"), [(-13.1, 0, "too_early"), (22, 0, "meeting_over"), (27, 5, "meeting_over")]
)
def test_enter_is_refused_earlier_than_ten_minutes_before_and_after_the_end(
    case: SimpleNamespace, minutes: float, extended: int, code: str
) -> None:
    Meeting.objects.filter(pk=case.meeting.pk).update(extended_minutes=extended)
    assert refusal(lambda: enter(case, case.buyer, now=NOW + timedelta(minutes=minutes))) == code


def test_entering_is_limited_for_each_person(case: SimpleNamespace) -> None:
    for second in range(10):
        enter(case, case.buyer, now=NOW + timedelta(seconds=second))
    before = TopicVersion.current([case.meeting.topic])
    assert refusal(lambda: enter(case, case.buyer, now=NOW + timedelta(seconds=59))) == "too_fast"
    assert case.meeting.attendances.count() == 10
    assert TopicVersion.current([case.meeting.topic]) == before
    enter(case, case.exhibitor, now=NOW + timedelta(seconds=59))
    assert enter(case, case.buyer, now=NOW + timedelta(seconds=61)).left_at is None


def test_ten_visitors_enter_as_one_person_of_the_demonstration(case: SimpleNamespace) -> None:
    User.objects.filter(pk=case.buyer.pk).update(is_demo=True)
    for number in range(100):
        enter(case, case.buyer, now=NOW + timedelta(milliseconds=number))
    assert refusal(lambda: enter(case, case.buyer, now=NOW + timedelta(seconds=59))) == "too_fast"


@pytest.mark.parametrize("state", ["cancelled", "missed"])
def test_enter_is_refused_for_a_cancelled_or_missed_meeting(case: SimpleNamespace, state: str) -> None:
    Meeting.objects.filter(pk=case.meeting.pk).update(state=state)
    assert refusal(lambda: enter(case, case.buyer)) == "not_now"


def test_enter_is_not_found_for_a_stranger_and_for_another_fairs_organiser(case: SimpleNamespace) -> None:
    outsiders = (case.stranger, make_role(make_fair(), "organiser"), make_person())
    assert [refusal(lambda p=p: enter(case, p)) for p in outsiders] == ["not_found"] * 3


def test_enter_is_refused_for_a_manager_who_is_not_named(case: SimpleNamespace) -> None:
    manager = make_staff(case.meeting.buyer)
    assert refusal(lambda: enter(case, manager)) == "not_permitted"


def test_enter_again_replaces_the_earlier_connection(case: SimpleNamespace) -> None:
    first = enter(case, case.buyer)
    second = enter(case, case.buyer, now=NOW + timedelta(seconds=9))
    first.refresh_from_db()
    assert (first.left_at, second.left_at) == (NOW + timedelta(seconds=9), None)
    assert [c.connection_id for c in present(case.meeting)] == [second.connection_id]


def test_enter_resuming_continues_the_media_time(case: SimpleNamespace) -> None:
    first, there = enter(case, case.buyer), enter(case, case.exhibitor)
    _report(case, case.buyer, first.connection_id, there.connection_id)
    later = NOW + timedelta(seconds=5)
    assert enter(case, case.buyer, now=later, resumes=first.connection_id).connected_at == later


def test_enter_cannot_resume_somebody_elses_connection(case: SimpleNamespace) -> None:
    theirs, there = enter(case, case.exhibitor), enter(case, case.interpreter)
    _report(case, case.exhibitor, theirs.connection_id, there.connection_id)
    assert enter(case, case.buyer, resumes=theirs.connection_id).connected_at is None
    theirs.refresh_from_db()
    assert theirs.left_at is None


def test_enter_is_refused_to_the_fifth_person(case: SimpleNamespace) -> None:
    for person in (case.exhibitor, case.buyer, case.interpreter, colleague(case)):
        enter(case, person)
    assert refusal(lambda: enter(case, case.organiser)) == "room_full"


def test_enter_keeps_a_seat_free_for_each_company(case: SimpleNamespace) -> None:
    for person in (case.buyer, case.interpreter, colleague(case)):
        enter(case, person)
    assert refusal(lambda: enter(case, case.organiser)) == "room_full"
    assert enter(case, case.exhibitor).side == "exhibitor"


def test_enter_of_an_organiser_is_audited_and_of_nobody_else(case: SimpleNamespace) -> None:
    for person in (case.exhibitor, case.buyer, case.organiser):
        row = enter(case, person)
    assert list(AuditEntry.objects.values_list("actor", "permission", "object", "after")) == [
        (
            case.organiser.pk,
            "meeting.enter",
            f"meetings.meeting:{case.meeting.pk}",
            {"role": "organiser", "connection": row.connection_id},
        )
    ]


def test_leave_closes_the_row_once(case: SimpleNamespace) -> None:
    row = enter(case, case.buyer)
    for seconds in (4, 8):
        actions.leave(row.connection_id, now=NOW + timedelta(seconds=seconds))
    row.refresh_from_db()
    assert row.left_at == NOW + timedelta(seconds=4)


def _report(case: SimpleNamespace, person: User, own: str, peer: str, *, now: datetime = NOW) -> None:
    actions.report_connected(actor(person), meeting=case.meeting.pk, connection_id=own, peer=peer, now=now)


def test_report_connected_keeps_the_first_time(case: SimpleNamespace) -> None:
    row, there = enter(case, case.buyer), enter(case, case.exhibitor)
    topics = [case.meeting.topic, f"monitor:{case.fair.slug}"]
    before = TopicVersion.current(topics)
    for seconds in (4, 8):
        _report(case, case.buyer, row.connection_id, there.connection_id, now=NOW + timedelta(seconds=seconds))
    row.refresh_from_db()
    assert row.connected_at == NOW + timedelta(seconds=4)
    # The control room is sent the new tile once, the room's pages nothing.
    assert [number - before[topic] for topic, number in TopicVersion.current(topics).items()] == [0, 1]


def test_report_connected_counts_for_a_peer_connection_to_somebody_who_was_admitted(case: SimpleNamespace) -> None:
    row, there = enter(case, case.buyer), enter(case, case.exhibitor)
    elsewhere = actions.enter(actor(case.stranger), meeting=case.other.pk, connection_id=uuid4().hex, now=NOW)
    for peer in ("nobody-here", row.connection_id, elsewhere.connection_id):
        assert refusal(lambda peer=peer: _report(case, case.buyer, row.connection_id, peer)) == "peer_gone"
    row.refresh_from_db()
    assert row.connected_at is None
    # Who enters again has another connection; the peer connection between the two has lived on.
    actions.leave(there.connection_id, now=NOW)
    _report(case, case.buyer, row.connection_id, there.connection_id)
    row.refresh_from_db()
    assert row.connected_at == NOW


def test_report_quality_stores_the_digest_and_refreshes_open_rows(case: SimpleNamespace) -> None:
    here, gone = enter(case, case.buyer), enter(case, case.exhibitor)
    actions.leave(gone.connection_id, now=NOW)
    later = NOW + timedelta(seconds=25)
    for row in (here, gone):
        actions.report_quality(row.connection_id, quality=Quality(rtt_ms=80), now=later)
        row.refresh_from_db()
    assert [(row.seen_at, row.quality.get("rtt_ms")) for row in (here, gone)] == [(later, 80), (NOW, None)]


def test_check_signal_passes_between_two_people_in_the_room(case: SimpleNamespace) -> None:
    a, b = enter(case, case.buyer), enter(case, case.exhibitor)
    _signal(case, case.buyer, a.connection_id, b.connection_id)


def _signal(case: SimpleNamespace, person: User, sender: str, to: str, *, now: datetime = NOW) -> None:
    actions.check_signal(actor(person), meeting=case.meeting.pk, connection_id=sender, to=to, now=now)


def test_check_signal_is_refused_before_entering(case: SimpleNamespace) -> None:
    here = enter(case, case.exhibitor)
    assert refusal(lambda: _signal(case, case.buyer, "", here.connection_id)) == "not_entered"


def test_check_signal_is_refused_for_replaced_and_left_connections(case: SimpleNamespace) -> None:
    old, new, here = enter(case, case.buyer), enter(case, case.buyer), enter(case, case.exhibitor)
    assert refusal(lambda: _signal(case, case.buyer, old.connection_id, here.connection_id)) == "not_entered"
    assert refusal(lambda: _signal(case, case.exhibitor, here.connection_id, old.connection_id)) == "peer_gone"
    assert refusal(lambda: _signal(case, case.exhibitor, here.connection_id, here.connection_id)) == "peer_gone"
    actions.leave(new.connection_id, now=NOW)
    assert refusal(lambda: _signal(case, case.exhibitor, here.connection_id, new.connection_id)) == "peer_gone"


def test_check_signal_is_refused_across_meetings(case: SimpleNamespace) -> None:
    here = enter(case, case.buyer)
    there = actions.enter(actor(case.stranger), meeting=case.other.pk, connection_id=uuid4().hex, now=NOW)
    assert refusal(lambda: _signal(case, case.buyer, here.connection_id, there.connection_id)) == "peer_gone"
    assert refusal(lambda: _signal(case, case.stranger, there.connection_id, here.connection_id)) == "not_entered"


def test_check_signal_is_refused_with_somebody_elses_connection_and_without_the_role(case: SimpleNamespace) -> None:
    a, b = enter(case, case.buyer), enter(case, case.exhibitor)
    assert refusal(lambda: _signal(case, case.stranger, a.connection_id, b.connection_id)) == "not_entered"
    case.meeting.participants.filter(user=case.buyer).delete()
    assert refusal(lambda: _signal(case, case.buyer, a.connection_id, b.connection_id)) == "not_permitted"


def test_check_signal_takes_two_queries_on_an_open_socket(
    case: SimpleNamespace, django_assert_num_queries: Callable[[int], Any]
) -> None:
    a, b, me = enter(case, case.buyer), enter(case, case.exhibitor), actor(case.buyer)
    fields = {"meeting": case.meeting.pk, "connection_id": a.connection_id, "to": b.connection_id, "now": NOW}
    actions.check_signal(me, **fields)
    with django_assert_num_queries(2):
        actions.check_signal(me, **fields)


def test_check_signal_is_refused_when_the_meeting_is_over(case: SimpleNamespace) -> None:
    a, b = enter(case, case.buyer), enter(case, case.exhibitor)
    end = case.meeting.ends_at
    assert refusal(lambda: _signal(case, case.buyer, a.connection_id, b.connection_id, now=end)) == "meeting_over"


def test_room_snapshot_has_the_connections_and_the_window(case: SimpleNamespace) -> None:
    row = enter(case, case.buyer)
    state = room_snapshot(case.meeting, NOW)
    assert [c.connection_id for c in state.present] == [row.connection_id]
    assert (state.opens_at, state.ends_at, state.server_time) == (
        NOW - timedelta(minutes=13),
        NOW + timedelta(minutes=22),
        NOW,
    )
    assert state.present[0].person.company == case.meeting.buyer.company.name
