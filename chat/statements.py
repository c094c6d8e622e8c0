"""What is asked of the database most often: by each who joins a conversation, and by the writer.

The writer asks once for all messages of a transaction.
"""

from collections.abc import Collection, Mapping, Sequence, Set
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from fairplatform.db.sql import GREATEST_KEY, found, rows, stored

from .memberships import STANDS
from .models import Conversation, Message

Key = tuple[int, UUID]  # a message by its author and their own name for it
_SENT = {"postgresql": "sent_at", "sqlite": "sent_at || 'Z'"}
_BEFORE = """
    FROM (SELECT * FROM chat_message WHERE conversation_id = [] AND seq < [] ORDER BY seq DESC LIMIT []) AS these
"""
_AFTER = """
    FROM (SELECT * FROM chat_message WHERE conversation_id = [] AND seq > [] ORDER BY seq LIMIT []) AS these
"""
_OTHERS = f"""
    SELECT user_id FROM chat_member AS member
    WHERE conversation_id = [] AND user_id <> [] AND {STANDS} ORDER BY user_id LIMIT []
"""  # noqa: S608 — our own condition
_LOCKED = """
    FROM chat_conversation AS place JOIN fairs_fair AS fair ON fair.id = place.fair_id
    WHERE place.id IN ([]) ORDER BY place.id
"""
# Whether there is one more than so many: they need not be counted.
_MORE = "EXISTS (SELECT 1 FROM chat_member WHERE conversation_id = place.id LIMIT 1 OFFSET {})"
_MEMBERS = f"FROM chat_member AS member WHERE {STANDS} AND conversation_id IN ([])"
_THESE_MEMBERS = f"{_MEMBERS} AND user_id IN ([])"
_EARLIER = "SELECT id FROM chat_message WHERE author_id IN ([]) AND client_id IN ([])"
_RENEW = "UPDATE chat_conversation SET last_message_at = [] WHERE id IN ([])"
_MARK_READ = "UPDATE chat_member SET read_up_to = mark.column2 FROM (VALUES []) AS mark WHERE id = mark.column1"
_INSERT = """
    INSERT INTO chat_message (conversation_id, seq, author_id, on_behalf_of_id, client_id, body, sent_at)
    VALUES [] RETURNING conversation_id, seq, id
"""


class Line(NamedTuple):
    """A message as this database gives it: its values are made ours as it becomes a `NumberedMessage`."""

    seq: int
    client_id: Any
    author_id: int
    on_behalf_of_id: int | None
    body: str
    sent_at: Any


def lines_before(conversation: int, number: int | None, most: int) -> list[Line]:
    """The newest messages, or those before a number, newest first."""
    below = GREATEST_KEY if number is None else min(number, GREATEST_KEY)
    return _lines(_BEFORE, [conversation], [below], [most])[::-1]


def lines_after(conversation: int, number: int, most: int) -> list[Line]:
    """The messages that follow a number, oldest first."""
    return _lines(_AFTER, [conversation], [number], [most])


def _lines(which: str, *parameters: list[int]) -> list[Line]:
    these = found(f"seq, client_id, author_id, on_behalf_of_id, body, {_SENT[connection.vendor]}", which, *parameters)
    return sorted(map(Line._make, these))


def others(conversation: int, person: int, most: int) -> list[int]:
    """The members but for this one, those with the lowest keys first."""
    return [pk for (pk,) in rows(_OTHERS, [conversation], [person], [most])]


def check_at_once() -> None:
    """Lets PostgreSQL look for what a row refers to at the row: at the commit, one fault would void all messages."""
    if connection.vendor == "postgresql":
        rows("SET CONSTRAINTS ALL IMMEDIATE")


def locked(keys: Collection[int], crowd: int) -> tuple[dict[int, Conversation], dict[int, str], set[int]]:
    """The conversations, the slugs of their fairs, and which of them have more than `crowd` members.

    They are locked in the order of their keys, so that two writers never wait for each other in a circle.
    """
    lock = " FOR NO KEY UPDATE OF place" if connection.features.has_select_for_update else ""
    possible = [key for key in keys if 0 < key <= GREATEST_KEY]
    columns = f"place.id, place.fair_id, place.state, fair.slug, {_MORE.format(crowd)}"
    these = found(columns, _LOCKED + lock, possible) if possible else []
    places = {pk: Conversation(pk=pk, fair_id=fair, state=state) for pk, fair, state, _, _ in these}
    slugs = {pk: slug for pk, _, _, slug, _ in these}
    return places, slugs, {pk for pk, _, _, _, is_crowd in these if is_crowd}


def members(
    places: Mapping[int, Conversation], crowds: Set[int], writers: Collection[int]
) -> dict[int, dict[int, int]]:
    """Conversation → person → row of `Member`; the conversations know them as everybody from now on.

    Of a crowd only these writers, of the others everybody.
    """
    people: dict[int, dict[int, int]] = {key: {} for key in places}
    circles, columns, these = list(places.keys() - crowds), "conversation_id, user_id, id", list[Any]()
    if circles:
        these += found(columns, _MEMBERS, circles)
    if crowds and writers:
        these += found(columns, _THESE_MEMBERS, list(crowds), list(writers))
    for conversation, person, row in these:
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
