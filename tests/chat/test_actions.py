"""Conversations: stored once, numbered without a gap, closed to strangers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from chat.actions import add_members, mark_read, post_message
from chat.models import Conversation, Message
from chat.queries import messages_after, newest, unread, unread_by_conversation
from fairplatform.errors import Refused
from fairplatform.realtime.models import TopicVersion
from tests.factories import (
    NOW,
    actor,
    make_buyer,
    make_conversation,
    make_exhibitor,
    make_fair,
    make_person,
    make_staff,
)

pytestmark = pytest.mark.either


@pytest.fixture
def people(db: Any) -> tuple[Any, Any, Any]:
    fair = make_fair()
    return fair, make_staff(make_exhibitor(fair)), make_staff(make_buyer(fair))


def say(person: Any, place: Conversation, body: str, client_id: UUID | None = None) -> Message:
    return post_message(actor(person), conversation=place.pk, client_id=client_id or uuid4(), body=body, now=NOW)


def test_messages_are_numbered_from_one(people: Any) -> None:
    fair, seller, buyer = people
    place = make_conversation(fair, [seller, buyer])
    assert [say(p, place, "x").seq for p in (buyer, seller, buyer)] == [1, 2, 3]
    assert TopicVersion.current([place.topic]) == {place.topic: 3}


def test_a_message_sent_twice_is_stored_once(people: Any) -> None:
    fair, seller, buyer = people
    place = make_conversation(fair, [seller, buyer])
    key = uuid4()
    assert say(buyer, place, "Price of the vice?", key) == say(buyer, place, "Price of the vice?", key)
    assert place.messages.count() == 1


def test_the_same_key_with_other_words_is_refused(people: Any) -> None:
    fair, seller, buyer = people
    place, other = (make_conversation(fair, [seller, buyer]) for _ in range(2))
    key = uuid4()
    say(buyer, place, "5,000 pieces", key)
    for again, body in ((place, "50,000 pieces"), (other, "5,000 pieces")):
        with pytest.raises(Refused, match="message_differs"):
            say(buyer, again, body, key)
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [("", "message_empty"), (" \n\t", "message_empty"), ("\0", "message_empty"), ("价" * 4001, "message_long")],
)
def test_unreadable_messages_are_refused(people: Any, body: str, code: str) -> None:
    fair, seller, buyer = people
    place = make_conversation(fair, [seller, buyer])
    with pytest.raises(Refused, match=code):
        say(buyer, place, body)
    assert TopicVersion.current([place.topic]) == {place.topic: 0}


def test_the_longest_message_is_kept_whole(people: Any) -> None:
    fair, seller, buyer = people
    place = make_conversation(fair, [seller, buyer])
    assert say(buyer, place, "ق" * 4000).body == "ق" * 4000


def test_a_stranger_finds_nothing(people: Any) -> None:
    fair, seller, buyer = people
    place = make_conversation(fair, [seller])
    for stranger in (buyer, make_person()):
        with pytest.raises(Refused, match="not_found"):
            say(stranger, place, "hello")
        with pytest.raises(Refused, match="not_found"):
            mark_read(actor(stranger), conversation=place.pk, up_to=1)


def test_a_closed_conversation_takes_nothing_more(people: Any) -> None:
    fair, seller, buyer = people
    place = make_conversation(fair, [seller, buyer])
    Conversation.objects.filter(pk=place.pk).update(state="closed")
    with pytest.raises(Refused, match="not_now"):
        say(buyer, place, "hello")


def test_unread_counts_what_others_wrote_since(people: Any) -> None:
    fair, seller, buyer = people
    place = make_conversation(fair, [seller, buyer])
    for body in ("one", "two", "three"):
        say(buyer, place, body)
    assert (unread(seller, fair), unread(buyer, fair)) == (3, 0)
    mark_read(actor(seller), conversation=place.pk, up_to=2)
    assert unread_by_conversation(seller) == {place.pk: 1}
    mark_read(actor(seller), conversation=place.pk, up_to=1)
    assert unread(seller, fair) == 1
    say(seller, place, "an answer")
    assert (unread(seller, fair), unread(buyer, fair)) == (0, 1)


def test_a_mark_never_runs_ahead_of_the_messages(people: Any) -> None:
    fair, seller, buyer = people
    place = make_conversation(fair, [seller, buyer])
    mark_read(actor(seller), conversation=place.pk, up_to=500)
    say(buyer, place, "one")
    assert unread(seller, fair) == 1


def test_members_are_let_in_once(people: Any) -> None:
    fair, seller, buyer = people
    place = make_conversation(fair, [seller, buyer])
    add_members(place, [buyer, make_person()])
    assert place.members.count() == 3


def test_each_other_member_is_told_once(people: Any, django_capture_on_commit_callbacks: Any) -> None:
    fair, seller, buyer = people
    place = make_conversation(fair, [seller, buyer])
    topics = [place.topic, f"me:{seller.pk}", f"me:{buyer.pk}"]
    say(buyer, place, "hello")
    assert TopicVersion.current(topics) == dict(zip(topics, (1, 1, 0), strict=True))


def test_a_page_of_messages_costs_the_same_however_many_wrote(people: Any, django_assert_num_queries: Any) -> None:
    fair, seller, buyer = people
    place = make_conversation(fair, [seller, buyer])
    for turn in range(60):
        say((seller, buyer)[turn % 2], place, str(turn))
    with django_assert_num_queries(2):
        page, earlier = newest(place)
    assert ([m.seq for m in page], earlier) == (list(range(11, 61)), True)
    assert [m.body for m in newest(place, before=11)[0]] == [str(n) for n in range(10)]
    assert [m.seq for m in messages_after(place, 55, 3)] == [56, 57, 58]


@pytest.mark.django_db(transaction=True)
def test_eight_writers_leave_no_gap() -> None:
    fair = make_fair()
    exhibitor = make_exhibitor(fair)
    writers = [make_staff(exhibitor) for _ in range(8)]
    place = make_conversation(fair, writers)

    def write(person: Any) -> list[int]:
        try:
            return [say(person, place, f"{n}").seq for n in range(5)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = sorted(n for own in pool.map(write, writers) for n in own)
    assert numbers == list(range(1, 41))
    assert list(place.messages.values_list("seq", flat=True)) == numbers


@pytest.mark.django_db(transaction=True)
def test_the_same_message_from_eight_threads_is_one() -> None:
    fair = make_fair()
    writer = make_staff(make_exhibitor(fair))
    place = make_conversation(fair, [writer])
    key = uuid4()

    def write(_: int) -> int:
        try:
            return say(writer, place, "once", key).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(write, range(8)))
    assert (len(keys), place.messages.count()) == (1, 1)


def test_messages_keep_the_time_they_were_sent(people: Any) -> None:
    fair, seller, buyer = people
    place = make_conversation(fair, [seller, buyer])
    later = NOW + timedelta(minutes=5)
    post_message(actor(buyer), conversation=place.pk, client_id=uuid4(), body="x", now=later)
    place.refresh_from_db()
    assert place.last_message_at == later
