"""Messages are stored once, numbered without a gap, and closed to strangers."""

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


def post(person: Any, conversation: Conversation, body: str, client_id: UUID | None = None) -> Message:
    return post_message(actor(person), conversation=conversation.pk, client_id=client_id or uuid4(), body=body, now=NOW)


def test_messages_are_numbered_from_one(people: Any) -> None:
    fair, seller, buyer = people
    conversation = make_conversation(fair, [seller, buyer])
    assert [post(p, conversation, "x").seq for p in (buyer, seller, buyer)] == [1, 2, 3]
    assert TopicVersion.current([conversation.topic]) == {conversation.topic: 3}


def test_a_message_sent_twice_is_stored_once(people: Any) -> None:
    fair, seller, buyer = people
    conversation = make_conversation(fair, [seller, buyer])
    client_id = uuid4()
    assert post(buyer, conversation, "Price of the vice?", client_id) == post(
        buyer, conversation, "Price of the vice?", client_id
    )
    assert conversation.messages.count() == 1


def test_the_same_client_id_with_another_text_is_refused(people: Any) -> None:
    fair, seller, buyer = people
    conversation, other = (make_conversation(fair, [seller, buyer]) for _ in range(2))
    client_id = uuid4()
    post(buyer, conversation, "5,000 pieces", client_id)
    for target, body in ((conversation, "50,000 pieces"), (other, "5,000 pieces")):
        with pytest.raises(Refused, match="message_differs"):
            post(buyer, target, body, client_id)
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [("", "message_empty"), (" \n\t", "message_empty"), ("\0", "message_empty"), ("价" * 4001, "message_long")],
)
def test_empty_and_long_messages_are_refused(people: Any, body: str, code: str) -> None:
    fair, seller, buyer = people
    conversation = make_conversation(fair, [seller, buyer])
    with pytest.raises(Refused, match=code):
        post(buyer, conversation, body)
    assert TopicVersion.current([conversation.topic]) == {conversation.topic: 0}


def test_the_longest_message_is_stored_whole(people: Any) -> None:
    fair, seller, buyer = people
    conversation = make_conversation(fair, [seller, buyer])
    assert post(buyer, conversation, "ق" * 4000).body == "ق" * 4000


def test_strangers_get_not_found(people: Any) -> None:
    fair, seller, buyer = people
    conversation = make_conversation(fair, [seller])
    for stranger in (buyer, make_person()):
        with pytest.raises(Refused, match="not_found"):
            post(stranger, conversation, "hello")
        with pytest.raises(Refused, match="not_found"):
            mark_read(actor(stranger), conversation=conversation.pk, up_to=1)


def test_nobody_writes_in_a_closed_conversation(people: Any) -> None:
    fair, seller, buyer = people
    conversation = make_conversation(fair, [seller, buyer])
    Conversation.objects.filter(pk=conversation.pk).update(state="closed")
    with pytest.raises(Refused, match="not_now"):
        post(buyer, conversation, "hello")


def test_unread_counts_what_others_wrote_since(people: Any) -> None:
    fair, seller, buyer = people
    conversation = make_conversation(fair, [seller, buyer])
    for body in ("one", "two", "three"):
        post(buyer, conversation, body)
    assert (unread(seller, fair), unread(buyer, fair)) == (3, 0)
    mark_read(actor(seller), conversation=conversation.pk, up_to=2)
    assert unread_by_conversation(seller) == {conversation.pk: 1}
    mark_read(actor(seller), conversation=conversation.pk, up_to=1)
    assert unread(seller, fair) == 1
    post(seller, conversation, "an answer")
    assert (unread(seller, fair), unread(buyer, fair)) == (0, 1)


def test_the_read_mark_never_passes_the_newest_message(people: Any) -> None:
    fair, seller, buyer = people
    conversation = make_conversation(fair, [seller, buyer])
    mark_read(actor(seller), conversation=conversation.pk, up_to=500)
    post(buyer, conversation, "one")
    assert unread(seller, fair) == 1


def test_members_are_added_once(people: Any) -> None:
    fair, seller, buyer = people
    conversation = make_conversation(fair, [seller, buyer])
    add_members(conversation, [buyer, make_person()])
    assert conversation.members.count() == 3


def test_each_other_member_is_notified_once(people: Any, django_capture_on_commit_callbacks: Any) -> None:
    fair, seller, buyer = people
    conversation = make_conversation(fair, [seller, buyer])
    topics = [conversation.topic, f"me:{seller.pk}", f"me:{buyer.pk}"]
    post(buyer, conversation, "hello")
    assert TopicVersion.current(topics) == dict(zip(topics, (1, 1, 0), strict=True))


def test_a_page_of_messages_takes_two_queries_however_many_wrote(people: Any, django_assert_num_queries: Any) -> None:
    fair, seller, buyer = people
    conversation = make_conversation(fair, [seller, buyer])
    for turn in range(60):
        post((seller, buyer)[turn % 2], conversation, str(turn))
    with django_assert_num_queries(2):
        page, has_earlier = newest(conversation)
    assert ([m.seq for m in page], has_earlier) == (list(range(11, 61)), True)
    assert [m.body for m in newest(conversation, before=11)[0]] == [str(n) for n in range(10)]
    assert [m.seq for m in messages_after(conversation, 55, 3)] == [56, 57, 58]


@pytest.mark.django_db(transaction=True)
def test_eight_concurrent_writers_leave_no_gap() -> None:
    fair = make_fair()
    exhibitor = make_exhibitor(fair)
    writers = [make_staff(exhibitor) for _ in range(8)]
    conversation = make_conversation(fair, writers)

    def write(person: Any) -> list[int]:
        try:
            return [post(person, conversation, f"{n}").seq for n in range(5)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = sorted(n for written in pool.map(write, writers) for n in written)
    assert numbers == list(range(1, 41))
    assert list(conversation.messages.values_list("seq", flat=True)) == numbers


@pytest.mark.django_db(transaction=True)
def test_the_same_message_from_eight_threads_is_stored_once() -> None:
    fair = make_fair()
    writer = make_staff(make_exhibitor(fair))
    conversation = make_conversation(fair, [writer])
    client_id = uuid4()

    def write(_: int) -> int:
        try:
            return post(writer, conversation, "once", client_id).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(write, range(8)))
    assert (len(keys), conversation.messages.count()) == (1, 1)


def test_a_message_sets_the_time_of_its_conversation(people: Any) -> None:
    fair, seller, buyer = people
    conversation = make_conversation(fair, [seller, buyer])
    later = NOW + timedelta(minutes=5)
    post_message(actor(buyer), conversation=conversation.pk, client_id=uuid4(), body="x", now=later)
    conversation.refresh_from_db()
    assert conversation.last_message_at == later
