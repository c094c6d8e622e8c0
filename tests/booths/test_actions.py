"""Visits and inquiries at a booth, and the notices that its staff get of them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser

from booths.actions import open_inquiry, record_visit
from booths.booth_state import booth_state
from booths.models import Inquiry, Visit
from booths.queries import inquiries
from chat.actions import post_message
from fairplatform.accounts.actor import Actor
from fairplatform.errors import Refused
from fairplatform.notices.models import Notice
from fairplatform.realtime.models import TopicVersion
from tests.factories import (
    NOW,
    actor,
    make_buyer,
    make_exhibitor,
    make_fair,
    make_person,
    make_staff,
    make_visitor_of_several_companies,
)


@pytest.fixture
def scene(db: Any) -> tuple[Any, Any, Any]:
    """A booth, one of its people, and a buyer."""
    fair = make_fair()
    exhibitor = make_exhibitor(fair)
    return exhibitor.booth, make_staff(exhibitor), make_staff(make_buyer(fair))


def events_received(person: Any) -> int:
    """The number of events on the person's own topic."""
    return TopicVersion.current([f"me:{person.pk}"])[f"me:{person.pk}"]


def test_the_staff_get_one_notice_for_visits_within_ten_minutes(scene: Any) -> None:
    booth, seller, buyer = scene
    for minutes in (0, 3, 9):
        record_visit(actor(buyer), booth=booth.pk, now=NOW + timedelta(minutes=minutes))
    assert (Visit.objects.count(), events_received(seller)) == (1, 1)
    record_visit(actor(buyer), booth=booth.pk, now=NOW + timedelta(minutes=25))
    assert (Visit.objects.count(), events_received(seller)) == (1, 2)


def test_visits_are_counted_by_days_of_the_fairs_time_zone(scene: Any) -> None:
    booth, _, buyer = scene
    visit = record_visit(actor(buyer), booth=booth.pk, now=NOW.replace(hour=18, minute=59))
    assert str(visit.date) == "2020-05-14"
    visit = record_visit(actor(buyer), booth=booth.pk, now=NOW.replace(hour=19, minute=1))
    assert str(visit.date) == "2020-05-15"


def test_the_booths_own_people_and_anonymous_visitors_are_not_recorded(scene: Any) -> None:
    booth, seller, _ = scene
    for person in (actor(seller), Actor(AnonymousUser())):
        assert record_visit(person, booth=booth.pk, now=NOW) is None
    assert Visit.objects.count() == 0


def test_an_inquiry_is_opened_once_with_all_staff(scene: Any) -> None:
    booth, seller, buyer = scene
    first = open_inquiry(actor(buyer), booth=booth.pk, now=NOW)
    newcomer = make_staff(booth.participation)
    assert open_inquiry(actor(buyer), booth=booth.pk, now=NOW) == first
    members = set(first.conversation.members.values_list("user_id", flat=True))
    assert members == {seller.pk, buyer.pk, newcomer.pk}
    assert list(Notice.objects.values_list("recipient_id", "code")) == [(seller.pk, "inquiry_opened")]


@pytest.mark.parametrize(("role", "code"), [("seller", "own_booth"), ("stranger", "not_permitted")])
def test_an_inquiry_is_refused_to_the_booths_own_and_to_people_outside_the_fair(
    scene: Any, role: str, code: str
) -> None:
    booth, seller, _ = scene
    person = seller if role == "seller" else make_person()
    with pytest.raises(Refused, match=code):
        open_inquiry(actor(person), booth=booth.pk, now=NOW)


def test_a_visitor_of_several_companies_inquires_for_the_one_that_buys(scene: Any) -> None:
    booth, _, _ = scene
    person, bought_for = make_visitor_of_several_companies(booth.fair)
    conversation = open_inquiry(actor(person), booth=booth.pk, now=NOW).conversation
    assert conversation.members.get(user=person).participation == bought_for


def test_waiting_counts_from_the_first_unanswered_message(scene: Any) -> None:
    booth, seller, buyer = scene
    inquiry = open_inquiry(actor(buyer), booth=booth.pk, now=NOW)
    assert waiting(booth, seller) == [(inquiry.pk, None, 0)]
    for author, minutes in ((buyer, 1), (buyer, 4), (seller, 6), (buyer, 9), (buyer, 11)):
        post_message(
            actor(author),
            conversation=inquiry.conversation_id,
            client_id=uuid4(),
            body="?",
            now=NOW + timedelta(minutes=minutes),
        )
    assert waiting(booth, seller) == [(inquiry.pk, NOW + timedelta(minutes=9), 2)]


def waiting(booth: Any, person: Any) -> list[tuple[int, Any, int]]:
    return [(row.pk, row.waiting_since, row.unread) for row in inquiries(booth, person)]


def test_inquiries_that_wait_longest_come_first(scene: Any) -> None:
    booth, seller, _ = scene
    asked = []
    for minutes in (5, 1, 3):
        visitor = make_staff(make_buyer(booth.fair))
        inquiry = open_inquiry(actor(visitor), booth=booth.pk, now=NOW)
        at = NOW + timedelta(minutes=minutes)
        post_message(actor(visitor), conversation=inquiry.conversation_id, client_id=uuid4(), body="?", now=at)
        asked.append(inquiry)
    assert list(inquiries(booth, seller)) == [asked[1], asked[2], asked[0]]


def test_the_booth_state_of_a_visitor_a_stranger_and_the_staff(scene: Any) -> None:
    booth, seller, buyer = scene
    inquiry = open_inquiry(actor(buyer), booth=booth.pk, now=NOW)
    seen = booth_state(booth, actor(buyer))
    assert (seen.inquiry, seen.may_write, seen.is_own) == (inquiry, True, False)
    seen = booth_state(booth, Actor(AnonymousUser()))
    assert (seen.inquiry, seen.may_write, seen.is_own, [presence.staff.user for presence in seen.staff]) == (
        None,
        False,
        False,
        [seller],
    )
    assert booth_state(booth, actor(seller)).is_own
    assert Inquiry.objects.count() == 1
