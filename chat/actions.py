"""Opening conversations, writing in them, and marking what was read."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from fairplatform.accounts.actor import Actor
from fairplatform.policy import load
from fairplatform.realtime import topic_names
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.publish import publish

from .models import Conversation, Member, Message
from .posting import Post, write
from .protocol import ConversationRead


def open_conversation(*, fair: Any, people: Iterable[Any] = ()) -> Conversation:
    """A new conversation of these people. Called by the room it belongs to, inside its transaction."""
    conversation = Conversation.objects.create(fair=fair)
    add_members(conversation, people)
    return conversation


def add_members(
    conversation: Conversation, people: Iterable[Any], *, participation: int | None = None, role: str = ""
) -> None:
    """Lets people in for a company, or in a role of the fair; those who are members already stay as they are."""
    members = [
        Member(conversation=conversation, user=person, participation_id=participation, role=role) for person in people
    ]
    Member.objects.bulk_create(members, ignore_conflicts=True)


def post_message(actor: Actor, *, conversation: int, client_id: UUID, body: str, now: datetime) -> Message:
    """Stores a message once, however often it is sent. Raises Refused when it is empty, too long or differs."""
    [answer] = write([Post(actor, conversation, client_id, body)], now=now)
    if isinstance(answer, Exception):
        raise answer
    return answer


def mark_read(actor: Actor, *, conversation: int, up_to: int) -> None:
    """Moves the person's mark forwards, never back and never beyond the newest message."""
    with transaction.atomic():
        place = load(Conversation, actor, "conversation.read", pk=conversation)
        current = TopicVersion.current([place.topic])[place.topic]
        up_to = min(up_to, current)
        mine = place.members.filter(user=actor.person, read_up_to__lt=up_to)
        if mine.update(read_up_to=up_to):
            event = ConversationRead(conversation=place.pk, up_to=up_to, unread=current - up_to)
            publish(topic_names.me(actor.person.pk), event)
