"""Many messages in one transaction: each has a result of its own, and none affects the others."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat import queries
from chat.actions import add_members
from chat.models import Conversation, Message
from chat.write_batch import LARGE, NewMessage, write_batch
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Token, User
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
    make_role,
    make_staff,
)

pytestmark = [pytest.mark.django_db, pytest.mark.either("chat.sql")]


@pytest.fixture
def people() -> tuple[Any, Any, Any]:
    fair = make_fair()
    return fair, make_staff(make_exhibitor(fair)), make_staff(make_buyer(fair))


def new(person: Any, conversation: Conversation, body: str, client_id: UUID | None = None) -> NewMessage:
    acting = person if isinstance(person, Actor) else actor(person)
    return NewMessage(acting, conversation.pk, client_id or uuid4(), body)


def results(written: list[Message | Exception]) -> list[Any]:
    """The number of each stored message, or the code of its refusal."""
    return [answer.seq if isinstance(answer, Message) else getattr(answer, "code", answer) for answer in written]


def test_each_message_of_a_batch_has_its_own_result(people: Any) -> None:
    fair, seller, buyer = people
    first, second, closed, other_peoples = (make_conversation(fair, [seller, buyer]) for _ in range(4))
    Conversation.objects.filter(pk=closed.pk).update(state="closed")
    other_peoples.members.filter(user=buyer).delete()
    [earlier] = write_batch([new(buyer, first, "1", key := uuid4())], now=NOW - timedelta(hours=1))
    batch = [
        new(buyer, first, "2", again := uuid4()),
        new(seller, second, "a"),
        new(buyer, first, " 2\n", again),
        new(buyer, first, "1", key),
        new(buyer, first, "another 1", key),
        new(buyer, second, "2", again),
        new(buyer, other_peoples, "let me in"),
        new(buyer, closed, "one more thing"),
        new(buyer, Conversation(pk=2**63), "nowhere"),
        new(buyer, first, " \0 "),
        new(buyer, first, "x" * 4001),
        new(seller, first, "3"),
        new(buyer, second, "b"),
    ]
    written = write_batch(batch, now=NOW)
    assert results(written) == [
        2, 1, 2, 1, "message_differs", "message_differs", "not_found", "not_now", "not_found", "message_empty",
        "message_long", 3, 2,
    ]  # fmt: skip
    assert (written[2], written[3]) == (written[0], earlier)
    rows = Message.objects.order_by("conversation", "seq").values_list("conversation", "seq", "body", "sent_at")
    assert list(rows) == [
        (first.pk, 1, "1", NOW - timedelta(hours=1)),
        (first.pk, 2, "2", NOW),
        (first.pk, 3, "3", NOW),
        (second.pk, 1, "a", NOW),
        (second.pk, 2, "b", NOW),
    ]


def test_a_message_twice_in_one_batch_keeps_its_first_number(people: Any) -> None:
    fair, seller, buyer = people
    conversation = make_conversation(fair, [seller, buyer])
    one, two = new(buyer, conversation, "1"), new(seller, conversation, "2")
    assert results(write_batch([one, two, one, two, one], now=NOW)) == [1, 2, 1, 2, 1]


def test_a_batch_has_the_effects_of_its_messages_one_by_one(people: Any) -> None:
    fair, seller, buyer = people
    conversation, quiet = (make_conversation(fair, [seller, buyer]) for _ in range(2))
    third = make_person()
    add_members(conversation, [third])
    write_batch([new(buyer, conversation, "1"), new(seller, conversation, "2"), new(buyer, conversation, "3")], now=NOW)
    topics = [conversation.topic, *(f"me:{person.pk}" for person in (seller, buyer, third)), quiet.topic]
    assert TopicVersion.current(topics) == dict(zip(topics, (3, 2, 1, 3, 0), strict=True))
    read = dict(conversation.members.values_list("user", "read_up_to"))
    assert read == {seller.pk: 2, buyer.pk: 3, third.pk: 0}
    assert set(quiet.members.values_list("read_up_to", flat=True)) == {0}
    newest = dict(Conversation.objects.values_list("pk", "last_message_at"))
    assert newest == {conversation.pk: NOW, quiet.pk: None}


def test_messages_that_the_database_rejects_do_not_affect_the_others(people: Any) -> None:
    fair, seller, buyer = people
    conversation, damaged = (make_conversation(fair, [seller, buyer]) for _ in range(2))
    write_batch([new(seller, damaged, "its number will be lost")], now=NOW)
    TopicVersion.objects.filter(topic=damaged.topic).delete()
    batch = [
        new(buyer, conversation, "1"),
        new(buyer, damaged, "1"),
        new(buyer, conversation, "\ud800"),
        new(buyer, conversation, "2"),
    ]
    first, taken_number, surrogate, second = write_batch(batch, now=NOW)
    assert results([first, second]) == [1, 2]
    assert (type(taken_number).__name__, type(surrogate).__name__) == ("IntegrityError", "UnicodeEncodeError")
    assert list(conversation.messages.values_list("body", flat=True)) == ["1", "2"]
    assert list(damaged.messages.values_list("body", flat=True)) == ["its number will be lost"]
    assert damaged.members.get(user=buyer).read_up_to == 0


def test_a_token_writes_in_its_fair_with_its_permission(people: Any) -> None:
    fair, seller, buyer = people
    other = make_fair()
    conversation, elsewhere = (make_conversation(each, [seller, buyer]) for each in (fair, other))

    def program(*rows: str) -> Actor:
        token, _ = Token.issue(buyer, fair=fair, permissions=list(rows), expires_at=NOW + timedelta(days=9999))
        return Actor(buyer, token=token)

    batch = [
        new(program("conversation.write"), conversation, "1"),
        new(program("conversation.write"), elsewhere, "2"),
        new(program("conversation.read"), conversation, "3"),
    ]
    assert results(write_batch(batch, now=NOW)) == [1, "not_permitted", "not_permitted"]
    assert list(Message.objects.values_list("body", flat=True)) == ["1"]


def test_a_proxy_is_stored_as_author_on_behalf_of_the_member(people: Any) -> None:
    fair, seller, buyer = people
    organiser = make_role(fair, "organiser")
    conversation, other_peoples = (make_conversation(fair, those) for those in ([seller, buyer], [seller]))
    proxy = Actor(organiser, on_behalf_of=buyer)
    written = write_batch(
        [new(proxy, conversation, "for them"), new(proxy, other_peoples, "?"), new(organiser, conversation, "!")],
        now=NOW,
    )
    assert results(written) == [1, "not_found", "not_found"]
    message = conversation.messages.get()
    assert (message.author, message.on_behalf_of) == (organiser, buyer)
    topics = [f"me:{person.pk}" for person in (seller, buyer, organiser)]
    assert TopicVersion.current(topics) == dict(zip(topics, (1, 0, 0), strict=True))
    assert dict(conversation.members.values_list("user", "read_up_to")) == {seller.pk: 0, buyer.pk: 1}


def test_a_deleted_author_does_not_fail_the_batch(people: Any) -> None:
    fair, seller, buyer = people
    conversation = make_conversation(fair, [seller, buyer])
    deleted, member = actor(make_role(fair, "organiser")), actor(make_person())
    add_members(conversation, [member.user])
    proxy = Actor(deleted.user, on_behalf_of=buyer)
    User.objects.filter(pk__in=[deleted.user.pk, member.user.pk]).delete()
    batch = [
        new(proxy, conversation, "a ghost"),
        new(member, conversation, "another"),
        new(buyer, conversation, "alive"),
    ]
    assert results(write_batch(batch, now=NOW)) == ["sign_in", "not_found", 1]


def test_the_number_of_statements_does_not_grow_with_messages_or_members(people: Any) -> None:
    fair, seller, buyer = people
    small, large = (make_conversation(fair, [seller, buyer]) for _ in range(2))
    others = User.objects.bulk_create(User(email=f"{n}@members.example") for n in range(LARGE - 2))
    add_members(large, others)
    counted = []
    for conversations in ([small], [large], [small, large], [small, large] * 5):
        batch = [new(buyer, conversation, "x") for conversation in conversations]
        with CaptureQueriesContext(connection) as queries:
            written = write_batch(batch, now=NOW)
        assert [type(answer) for answer in written] == [Message] * len(batch)
        counted.append(len(queries))
    assert counted == [13 if connection.vendor == "sqlite" else 14] * 4
    assert set(TopicVersion.current(f"me:{user.pk}" for user in others).values()) == {7}


def test_a_message_in_a_large_conversation_is_published_there_alone(
    people: Any, django_capture_on_commit_callbacks: Any
) -> None:
    fair, seller, buyer = people
    small, large = (make_conversation(fair, [seller, buyer]) for _ in range(2))
    others = User.objects.bulk_create(User(email=f"{n}@members.example") for n in range(LARGE - 1))
    add_members(large, others)
    stranger = make_person()
    batch = [new(buyer, large, "1"), new(seller, large, "2"), new(buyer, small, "a"), new(stranger, large, "?")]
    with django_capture_on_commit_callbacks() as published:
        assert results(write_batch(batch, now=NOW)) == [1, 2, 1, "not_found"]
    assert [next(iter(call.args[0])) for call in published] == [
        large.topic,
        large.topic,
        small.topic,
        f"me:{seller.pk}",
    ]
    topics = [f"me:{user.pk}" for user in (seller, buyer, *others)]
    assert list(TopicVersion.current(topics).values()) == [1, 0] + [0] * (LARGE - 1)
    # Each member counts it as unread all the same.
    assert [queries.unread_by_conversation(user) for user in (seller, buyer, others[0])] == [
        {small.pk: 1}, {large.pk: 1}, {large.pk: 2},
    ]  # fmt: skip


def test_an_anonymous_visitor_cannot_write_in_a_large_conversation(people: Any) -> None:
    fair, seller, buyer = people
    large = make_conversation(fair, [seller, buyer])
    add_members(large, User.objects.bulk_create(User(email=f"{n}@members.example") for n in range(LARGE)))
    assert results(write_batch([new(Actor(AnonymousUser()), large, "?")], now=NOW)) == ["not_found"]


def test_refused_and_repeated_messages_publish_nothing(people: Any, django_capture_on_commit_callbacks: Any) -> None:
    fair, seller, buyer = people
    conversation = make_conversation(fair, [seller, buyer])
    with django_capture_on_commit_callbacks() as published:
        written = write_batch([new(make_person(), conversation, "?"), new(buyer, conversation, "")], now=NOW)
    assert ([type(answer) for answer in written], published) == ([Refused, Refused], [])
    with django_capture_on_commit_callbacks() as published:
        write_batch([new(buyer, conversation, "1", key := uuid4()), new(buyer, conversation, "1", key)], now=NOW)
    assert len(published) == 2
