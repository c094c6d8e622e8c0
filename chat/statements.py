"""What the writer asks of the database, once for all messages of a transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from fairplatform.statements import found, rows, stored

from .models import Conversation, Message

Key = tuple[int, UUID]  # a message by its author and his own name for it
GREATEST_KEY = 2**63 - 1
_LOCKED = """
    FROM chat_conversation AS place JOIN fairs_fair AS fair ON fair.id = place.fair_id
    WHERE place.id IN ([]) ORDER BY place.id
"""
_MEMBERS = "FROM chat_member WHERE conversation_id IN ([])"
_EARLIER = "SELECT id FROM chat_message WHERE author_id IN ([]) AND client_id IN ([])"
_RENEW = "UPDATE chat_conversation SET last_message_at = [] WHERE id IN ([])"
_MARK_READ = "UPDATE chat_member SET read_up_to = mark.column2 FROM (VALUES []) AS mark WHERE id = mark.column1"
_INSERT = """
    INSERT INTO chat_message (conversation_id, seq, author_id, on_behalf_of_id, client_id, body, sent_at)
    VALUES [] RETURNING conversation_id, seq, id
"""


def check_at_once() -> None:
    """Lets PostgreSQL look for what a row refers to at the row: at the commit, one fault would void all messages."""
    if connection.vendor == "postgresql":
        rows("SET CONSTRAINTS ALL IMMEDIATE")


def locked(keys: Collection[int]) -> tuple[dict[int, Conversation], dict[int, str]]:
    """The conversations, and the slugs of their fairs.

    They are locked in the order of their keys, so that two writers never wait for each other in a circle.
    """
    lock = " FOR NO KEY UPDATE OF place" if connection.features.has_select_for_update else ""
    possible = [key for key in keys if 0 < key <= GREATEST_KEY]
    columns = "place.id, place.fair_id, place.state, fair.slug"
    these = found(columns, _LOCKED + lock, possible) if possible else []
    places = {pk: Conversation(pk=pk, fair_id=fair, state=state) for pk, fair, state, _ in these}
    return places, {pk: slug for pk, _, _, slug in these}


def members(places: Mapping[int, Conversation]) -> dict[int, dict[int, int]]:
    """Conversation → person → row of `Member`, of everybody in them; the conversations know them from now on."""
    people: dict[int, dict[int, int]] = {key: {} for key in places}
    for conversation, person, row in found("conversation_id, user_id, id", _MEMBERS, list(places)) if places else []:
        people[conversation][person] = row
    for key, place in places.items():
        place.everybody = frozenset(people[key])
    return people


def earlier(keys: Collection[Key]) -> dict[Key, Message]:
    """Which of these have been stored before."""
    client_ids = [stored(Message, "client_id", client_id) for _, client_id in keys]
    kept = rows(_EARLIER, [author for author, _ in keys], client_ids)
    messages = Message.objects.filter(pk__in=[pk for (pk,) in kept]) if kept else []
    return {key: message for message in messages if (key := (message.author_id, message.client_id)) in keys}


def insert(messages: Sequence[Message]) -> None:
    """Stores new messages and gives them their keys. Raises IntegrityError when one of them exists."""
    new = [
        (
            message.conversation_id,
            message.seq,
            message.author_id,
            message.on_behalf_of_id,
            stored(Message, "client_id", message.client_id),
            message.body,
            stored(Message, "sent_at", message.sent_at),
        )
        for message in messages
    ]
    keys = {(place, seq): pk for place, seq, pk in rows(_INSERT, new)}
    for message in messages:
        message.pk = keys[message.conversation_id, message.seq]
        message._state.adding = False


def renew(conversations: Collection[int], now: datetime) -> None:
    """Puts conversations at the top of everybody's list."""
    rows(_RENEW, [stored(Conversation, "last_message_at", now)], list(conversations))


def mark_read(marks: Mapping[int, int]) -> None:
    """Row of `Member` → the number of the newest message the member has read."""
    rows(_MARK_READ, list(marks.items()))
