"""Opening conversations, adding members, writing messages, and marking them as read."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair
from fairplatform.policy import load
from fairplatform.realtime import topic_names
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.publish import publish

from .models import Conversation, Member, Message
from .protocol import ConversationRead
from .write_batch import NewMessage, write_batch
from .write_queue import WRITE_QUEUE


def open_conversation(*, fair: Fair) -> Conversation:
    """A new conversation without members. Called by the app it belongs to, inside its transaction."""
    return Conversation.objects.create(fair=fair)


def add_members(
    conversation: Conversation, people: Iterable[User], *, participation: int | None = None, role: str = ""
) -> None:
    """Adds people as members, for a company or in a role of the fair; members already there stay as they are."""
    members = [
        Member(conversation=conversation, user=person, participation_id=participation, role=role) for person in people
    ]
    Member.objects.bulk_create(members, ignore_conflicts=True)


def post_message(actor: Actor, *, conversation: int, client_id: UUID, body: str, now: datetime) -> Message:
    """Stores a message in a transaction of its own, once however often it is sent with this `client_id`.

    Raises Refused when the actor may not write there, when the text is empty or too long, and when the same
    `client_id` was sent before with another text or to another conversation.
    """
    [result] = write_batch([NewMessage(actor, conversation, client_id, body)], now=now)
    if isinstance(result, Exception):
        raise result
    return result


async def apost_message(actor: Actor, *, conversation: int, client_id: UUID, body: str) -> Message:
    """`post_message` for sockets: stored together with the other messages that wait, returned once it is committed.

    Also raises Refused("too_fast") when too many wait already.
    """
    return await WRITE_QUEUE.write(NewMessage(actor, conversation, client_id, body))


def mark_read(actor: Actor, *, conversation: int, up_to: int) -> None:
    """Moves the person's read mark forwards, never back and never beyond the newest message."""
    with transaction.atomic():
        loaded = load(Conversation, actor, "conversation.read", pk=conversation)
        newest = TopicVersion.current([loaded.topic])[loaded.topic]
        up_to = min(up_to, newest)
        own = loaded.members.filter(user=actor.person, read_up_to__lt=up_to)
        if own.update(read_up_to=up_to):
            event = ConversationRead(conversation=loaded.pk, up_to=up_to, unread=newest - up_to)
            publish(topic_names.me(actor.person.pk), event)
