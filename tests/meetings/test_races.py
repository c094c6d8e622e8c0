"""Concurrent actions: one of them succeeds, the others are refused, and the database has the result once."""

from uuid import uuid4

import pytest

from booths.actions import open_inquiry
from booths.models import Inquiry
from chat.models import Conversation
from fairplatform.accounts.models import User
from meetings.call.actions import enter
from meetings.models import Attendance, Booking, Meeting, MeetingRequest
from meetings.requests.actions import accept, decline, make_request, withdraw
from meetings.schedule.actions.planning import cancel
from tests.factories import NOW, actor, make_buyer, make_exhibitor, make_fair, make_slots, make_staff
from tests.meetings.cases import make_case, minutes
from tests.racing import DONE, at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.either("meetings.schedule.actions.closing", "meetings.call.actions"),
]


def parties() -> tuple[User, User, MeetingRequest]:
    fair = make_fair()
    slots = make_slots(fair, first=NOW + minutes(117), number=4)
    exhibitor = make_exhibitor(fair)
    seller, buyer = make_staff(exhibitor), make_staff(make_buyer(fair))
    return seller, buyer, make_request(actor(buyer), receiver=exhibitor.pk, slot=slots[0].pk, now=NOW)


def test_a_request_is_accepted_once() -> None:
    seller, _, pending = parties()
    pressed = [lambda: accept(actor(seller), request=pending.pk, now=NOW)] * 4
    assert at_once(*pressed) == {DONE: 1, "request_closed": 3}
    assert (Meeting.objects.count(), Conversation.objects.count(), Booking.objects.count()) == (1, 1, 4)


def test_of_accepting_declining_and_withdrawing_one_succeeds() -> None:
    seller, buyer, pending = parties()
    ends = at_once(
        lambda: accept(actor(seller), request=pending.pk, now=NOW),
        lambda: decline(actor(seller), request=pending.pk, now=NOW),
        lambda: withdraw(actor(buyer), request=pending.pk, now=NOW),
    )
    assert ends == {DONE: 1, "request_closed": 2}
    pending.refresh_from_db()
    assert Meeting.objects.count() == (pending.state == "accepted")


def test_two_companies_that_ask_each_other_at_once_have_one_request() -> None:
    seller, buyer, pending = parties()
    withdraw(actor(buyer), request=pending.pk, now=NOW)
    slot = pending.slot_id
    ends = at_once(
        lambda: make_request(actor(buyer), receiver=pending.receiver_id, slot=slot, now=NOW),
        lambda: make_request(actor(seller), receiver=pending.sender_id, slot=slot, now=NOW),
        lambda: make_request(actor(buyer), receiver=pending.receiver_id, slot=slot, now=NOW),
    )
    assert ends == {DONE: 1, "request_exists": 2}
    assert MeetingRequest.objects.filter(state="pending").count() == 1


def test_a_person_in_many_tabs_has_one_seat() -> None:
    fair = make_fair()
    case = make_case(fair, make_slots(fair)[0])
    people = [case.seller, case.buyer] * 3
    acts = [lambda p=p: enter(actor(p), meeting=case.meeting.pk, connection_id=uuid4().hex, now=NOW) for p in people]
    assert at_once(*acts) == {DONE: 6}
    seated = Attendance.objects.filter(left_at=None).values_list("user", flat=True)
    assert sorted(seated) == sorted([case.seller.pk, case.buyer.pk])


def test_a_meeting_is_cancelled_once() -> None:
    fair = make_fair()
    case = make_case(fair, make_slots(fair, first=NOW + minutes(60))[0])
    acts = [lambda p=p: cancel(actor(p), meeting=case.meeting.pk, now=NOW) for p in (case.seller, case.buyer) * 2]
    assert at_once(*acts) == {DONE: 1, "not_now": 3}
    assert Booking.objects.count() == 0


def test_a_visitor_has_one_conversation_with_a_booth() -> None:
    fair = make_fair()
    booth = make_exhibitor(fair).booth
    visitor = make_staff(make_buyer(fair))
    assert at_once(*[lambda: open_inquiry(actor(visitor), booth=booth.pk, now=NOW)] * 4) == {DONE: 4}
    assert (Inquiry.objects.count(), Conversation.objects.count()) == (1, 1)
