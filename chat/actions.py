"""Opening conversations, writing in them, and marking what was read."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from fairplatform.accounts.actor import Actor
from fairplatform.fairs.people import persons
from fairplatform.language.refusals import Refused
from fairplatform.policy import load
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.publish import publish, publish_each, publish_numbered

from .models import Conversation, Member, Message
from .protocol import ConversationRead, MessageArrived, MessagePosted

LONGEST_BODY = 4000
LONGEST_OPENING = 120


def open_conversation(*, fair: Any, people: Iterable[Any]) -> Conversation:
    """A new conversation of these people. Called by the room it belongs to, inside its transaction."""
    conversation = Conversation.objects.create(fair=fair)
    add_members(conversation, people)
    return conversation


def add_members(conversation: Conversation, people: Iterable[Any]) -> None:
    """Lets people in; those who are members already stay as they are."""
    members = [Member(conversation=conversation, user=person) for person in people]
    Member.objects.bulk_create(members, ignore_conflicts=True)


def post_message(actor: Actor, *, conversation: int, client_id: UUID, body: str, now: datetime) -> Message:
    """Stores a message once, however often it is sent. Raises Refused when it is empty, too long or differs."""
    body = _readable(body)
    with transaction.atomic():
        place = load(Conversation, actor, "conversation.write", lock=True, pk=conversation)
        if earlier := Message.objects.filter(author=actor.user, client_id=client_id).first():
            return _same(earlier, place, body)
        message = Message.objects.create(
            conversation=place,
            seq=TopicVersion.advance(place.topic),
            author=actor.user,
            on_behalf_of=actor.on_behalf_of,
            client_id=client_id,
            body=body,
            sent_at=now,
        )
        Conversation.objects.filter(pk=place.pk).update(last_message_at=now)
        place.members.filter(user=actor.person).update(read_up_to=message.seq)
        _tell(place, message)
    return message


def mark_read(actor: Actor, *, conversation: int, up_to: int) -> None:
    """Moves the person's mark forwards, never back and never beyond the newest message."""
    with transaction.atomic():
        place = load(Conversation, actor, "conversation.read", pk=conversation)
        current = TopicVersion.current([place.topic])[place.topic]
        up_to = min(up_to, current)
        mine = place.members.filter(user=actor.person, read_up_to__lt=up_to)
        if mine.update(read_up_to=up_to):
            event = ConversationRead(conversation=place.pk, up_to=up_to, unread=current - up_to)
            publish(f"me:{actor.person.pk}", event)


def _readable(body: str) -> str:
    # A form sends two characters for a line break. PostgreSQL keeps no NUL, and nobody can see one.
    body = body.replace("\r\n", "\n").replace("\0", "").strip()
    if not body:
        raise Refused("message_empty")
    if len(body) > LONGEST_BODY:
        raise Refused("message_long", limit=LONGEST_BODY)
    return body


def _same(earlier: Message, place: Conversation, body: str) -> Message:
    if earlier.conversation_id != place.pk or earlier.body != body:
        raise Refused("message_differs")
    return earlier


def _tell(place: Conversation, message: Message) -> None:
    """The conversation hears the message; each other member hears that something waits for him."""
    behind = message.on_behalf_of_id
    people = persons({message.author_id, behind or message.author_id}, place.fair_id)
    author = people[message.author_id]
    posted = MessagePosted(
        client_id=message.client_id,
        author=author,
        on_behalf_of=people[behind] if behind else None,
        body=message.body,
        sent_at=message.sent_at,
    )
    publish_numbered({place.topic: message.seq}, posted)
    arrived = MessageArrived(
        conversation=place.pk,
        fair=place.fair.slug,
        number=message.seq,
        author=author,
        opening=message.body[:LONGEST_OPENING],
    )
    others = place.members.exclude(user__in=[message.author_id, behind or message.author_id])
    publish_each([f"me:{user}" for user in others.values_list("user_id", flat=True)], arrived)
