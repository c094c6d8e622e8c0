"""What hand-written SQL reads equals what the ORM reads."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import models

from chat import queries
from chat.actions import mark_read, post_message
from chat.models import Conversation, Message
from chat.queries import messages_after, newest, unread, unread_by_conversation
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.db.sql import GREATEST_KEY
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

pytestmark = [pytest.mark.django_db, pytest.mark.either("chat.sql", "fairplatform.db.sql")]


@pytest.fixture
def people() -> tuple[Any, Any, Any]:
    fair = make_fair()
    return fair, make_staff(make_exhibitor(fair)), make_staff(make_buyer(fair))


def fields(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def as_read(conversation: Conversation | None) -> tuple[dict[str, Any], int | None, int | None] | None:
    """Its fields, and what is read with it of the person it is read for."""
    return conversation and (fields(conversation), conversation.viewer_id, conversation.read_up_to)


def test_load_for_finds_what_visible_to_finds(people: Any) -> None:
    fair, seller, buyer = people
    own, other_peoples = (make_conversation(fair, those) for those in ([seller, buyer], [seller]))
    post_message(actor(seller), conversation=own.pk, client_id=uuid4(), body="x", now=NOW)
    mark_read(actor(buyer), conversation=own.pk, up_to=1)
    viewers = [seller, buyer, make_person(), make_role(fair, "organiser"), AnonymousUser()]
    for pk in (own.pk, other_peoples.pk, 0, GREATEST_KEY, GREATEST_KEY + 1, 10**80):
        for person in viewers:
            expected = Conversation.objects.visible_to(person).filter(pk=pk).first() if pk <= GREATEST_KEY else None
            found = Conversation.load_for(person, pk=pk)
            assert found == expected
            assert as_read(found) == as_read(expected)
    found_by = [bool(Conversation.load_for(person, pk=own.pk)) for person in viewers]
    assert found_by == [True, True, False, False, False]


def test_messages_are_read_as_the_orm_reads_them(people: Any) -> None:
    fair, seller, buyer = people
    conversation, other = (make_conversation(fair, [seller, buyer]) for _ in range(2))
    proxy = Actor(make_role(fair, "organiser"), on_behalf_of=buyer)
    for who, body in ((actor(seller), 'a "b" \\ 你好\n🙂 سلام'), (proxy, "[]"), (actor(buyer), "3")):
        post_message(who, conversation=conversation.pk, client_id=uuid4(), body=body, now=NOW)
    post_message(actor(seller), conversation=other.pk, client_id=uuid4(), body="elsewhere", now=NOW)
    names = "seq", "client_id", "author_id", "on_behalf_of_id", "body", "sent_at"
    expected = list(Message.objects.filter(conversation=conversation).values_list(*names))

    def values(messages: Any) -> list[Any]:
        on_behalf_of = [message.on_behalf_of and message.on_behalf_of.id for message in messages]
        return [
            (m.seq, m.client_id, m.author.id, who, m.body, m.sent_at)
            for m, who in zip(messages, on_behalf_of, strict=True)
        ]

    all_messages, has_earlier = newest(conversation)
    assert (values(all_messages), has_earlier) == (expected, False)
    assert values(newest(conversation, before=3)[0]) == expected[:2]
    assert values(newest(conversation, before=10**30)[0]) == expected
    assert values(messages_after(conversation, 1, 100)) == expected[1:]
    assert values(messages_after(conversation, 1, 1)) == expected[1:2]
    assert messages_after(conversation, 3, 100) == []


def test_unread_counts_come_with_the_newest_conversation_first(people: Any, monkeypatch: Any) -> None:
    fair, seller, buyer = people
    elsewhere = make_fair(slug="elsewhere")
    conversations = [make_conversation(where, [seller, buyer]) for where in (fair, fair, elsewhere, fair)]
    for hour, (conversation, messages) in enumerate(zip(conversations, (3, 1, 2, 0), strict=True)):
        for minute in range(messages):
            now = NOW + timedelta(hours=-hour, minutes=minute)
            post_message(actor(seller), conversation=conversation.pk, client_id=uuid4(), body="x", now=now)
    mark_read(actor(buyer), conversation=conversations[0].pk, up_to=1)
    assert list(unread_by_conversation(buyer).items()) == [
        (conversations[0].pk, 2),
        (conversations[1].pk, 1),
        (conversations[2].pk, 2),
    ]
    assert [unread(buyer, fair), unread(buyer, elsewhere), unread(seller, fair)] == [3, 2, 0]
    assert unread_by_conversation(seller) == {}
    monkeypatch.setattr(queries, "MAX_UNREAD_CONVERSATIONS", 2)
    assert list(unread_by_conversation(buyer)) == [conversations[0].pk, conversations[1].pk]


def test_a_person_sees_only_themselves(people: Any) -> None:
    _, seller, buyer = people
    assert User.objects.visible_to(seller).get() == seller
    for person, pk in ((seller, buyer.pk), (AnonymousUser(), buyer.pk), (seller, 10**80)):
        assert User.objects.visible_to(person).filter(pk=pk).first() is None
