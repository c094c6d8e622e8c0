"""The hand-written SQL of chat: what joining a conversation, storing messages and every page's unread count read.

The ORM takes 150–1,200 µs to compile each of these queries, running one takes 20–60 µs (decision 0008). SQLite and
PostgreSQL both read the statements, and the tests run on both. Everything else in chat goes through the ORM.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import connection

from fairplatform.db.sql import GREATEST_KEY, execute, placeholders, to_database, value_rows

if TYPE_CHECKING:
    from .models import Message

# A member of a conversation is active while the role lasts that brought them in: they are an active person, and work
# for the company they came for, or have the role of the fair they came in. The condition reads those roles themselves,
# so whoever leaves a company, or whose company leaves the fair, has left its conversations, and whoever comes back is
# a member again. For a row of chat_member called `member`.
ACTIVE_MEMBER_SQL = """
    EXISTS (SELECT 1 FROM accounts_user AS person WHERE person.id = member.user_id AND person.is_active)
    AND (member.participation_id IS NULL OR EXISTS (
        SELECT 1 FROM fairs_participation AS participation
        JOIN accounts_staff AS staff ON staff.company_id = participation.company_id
        WHERE participation.id = member.participation_id AND participation.state = 'approved'
            AND staff.user_id = member.user_id
    ))
    AND (member.role = '' OR EXISTS (
        SELECT 1 FROM fairs_roleassignment AS assigned
        JOIN chat_conversation AS conversation ON conversation.fair_id = assigned.fair_id
        WHERE conversation.id = member.conversation_id AND assigned.user_id = member.user_id
            AND assigned.role = member.role
    ))
"""


class ConversationRow(NamedTuple):
    """What joining needs of a conversation, and the number of the newest message this member has read."""

    id: int
    fair_id: int
    state: str
    read_up_to: int


class LockedConversation(NamedTuple):
    """A conversation that is locked until the transaction ends."""

    id: int
    fair_id: int
    state: str
    fair_slug: str
    is_large: bool


class MessageRow(NamedTuple):
    """A message as the driver returns it: SQLite gives text for `client_id` and `sent_at`, which pydantic parses."""

    seq: int
    client_id: UUID | str
    author_id: int
    on_behalf_of_id: int | None
    body: str
    sent_at: datetime | str


class MemberRow(NamedTuple):
    conversation_id: int
    user_id: int
    id: int


# Joining --------------------------------------------------------------------------------------------------------------
def conversation_of_member(conversation: int, user: int) -> ConversationRow | None:
    """The conversation, if this user is an active member of it."""
    rows = execute(
        f"""
        SELECT chat_conversation.id, chat_conversation.fair_id, chat_conversation.state, member.read_up_to
        FROM chat_conversation JOIN chat_member AS member ON member.conversation_id = chat_conversation.id
        WHERE chat_conversation.id = %s AND member.user_id = %s AND {ACTIVE_MEMBER_SQL}
        """,  # noqa: S608 — our own condition
        [conversation, user],
    )
    return ConversationRow._make(rows[0]) if rows else None


def messages_before(conversation: int, seq: int | None, limit: int) -> list[MessageRow]:
    """The newest messages, or the newest of those before number `seq`, newest first."""
    upper = GREATEST_KEY if seq is None else min(seq, GREATEST_KEY)
    return _messages("seq < %s ORDER BY seq DESC LIMIT %s", [conversation, upper, limit])


def messages_after(conversation: int, seq: int, limit: int) -> list[MessageRow]:
    """The messages that follow number `seq`, oldest first."""
    return _messages("seq > %s ORDER BY seq LIMIT %s", [conversation, seq, limit])


def _messages(condition: str, parameters: list[int]) -> list[MessageRow]:
    # SQLite stores UTC without saying so.
    sent_at = "sent_at || 'Z'" if connection.vendor == "sqlite" else "sent_at"
    columns = f"seq, client_id, author_id, on_behalf_of_id, body, {sent_at}"
    rows = execute(f"SELECT {columns} FROM chat_message WHERE conversation_id = %s AND {condition}", parameters)  # noqa: S608
    return list(map(MessageRow._make, rows))


def other_members(conversation: int, user: int, limit: int) -> list[int]:
    """The active members without this user: those with the lowest keys, in ascending order."""
    rows = execute(
        f"""
        SELECT user_id FROM chat_member AS member
        WHERE conversation_id = %s AND user_id <> %s AND {ACTIVE_MEMBER_SQL} ORDER BY user_id LIMIT %s
        """,  # noqa: S608
        [conversation, user, limit],
    )
    return [user_id for (user_id,) in rows]


# Unread counts: on every page, and as it joins its person's own topic -------------------------------------------------
def unread_counts(user: int) -> list[tuple[int, int, int]]:
    """Conversation, fair and number of unread messages of each conversation with any, the newest conversation first.

    Numbers have no gaps and writing marks everything as read, so the count is the difference of two numbers.
    """
    rows = execute(
        f"""
        SELECT id, fair_id, newest - read_up_to FROM (
            SELECT chat_conversation.id, fair_id, last_message_at, member.read_up_to,
                (SELECT MAX(seq) FROM chat_message WHERE conversation_id = chat_conversation.id) AS newest
            FROM chat_member AS member JOIN chat_conversation ON chat_conversation.id = member.conversation_id
            WHERE member.user_id = %s AND {ACTIVE_MEMBER_SQL}
        ) AS counted WHERE newest > read_up_to ORDER BY last_message_at DESC
        """,  # noqa: S608
        [user],
    )
    return [(conversation, fair, count) for conversation, fair, count in rows]


# Storing messages -----------------------------------------------------------------------------------------------------
def check_constraints_immediately() -> None:
    """Lets PostgreSQL check foreign keys at each row: at the commit, one bad row would void all messages."""
    if connection.vendor == "postgresql":
        execute("SET CONSTRAINTS ALL IMMEDIATE")


def lock_conversations(conversations: Collection[int], large: int) -> list[LockedConversation]:
    """Locks conversations in the order of their keys, so that two writers never deadlock.

    `is_large`: it has more than `large` members, active or not.
    """
    possible = [pk for pk in conversations if 0 < pk <= GREATEST_KEY]
    if not possible:
        return []
    lock = "FOR NO KEY UPDATE OF chat_conversation" if connection.features.has_select_for_update else ""
    rows = execute(
        f"""
        SELECT chat_conversation.id, chat_conversation.fair_id, chat_conversation.state, fair.slug,
            EXISTS (SELECT 1 FROM chat_member WHERE conversation_id = chat_conversation.id LIMIT 1 OFFSET {large})
        FROM chat_conversation JOIN fairs_fair AS fair ON fair.id = chat_conversation.fair_id
        WHERE chat_conversation.id IN ({placeholders(possible)}) ORDER BY chat_conversation.id {lock}
        """,  # noqa: S608
        possible,
    )
    return list(map(LockedConversation._make, rows))


def active_members(conversations: Collection[int], users: Collection[int] | None = None) -> list[MemberRow]:
    """The active members of these conversations; with `users` only those among these users."""
    if not conversations or (users is not None and not users):
        return []
    parameters, among = [*conversations], ""
    if users is not None:
        parameters += users
        among = f"AND user_id IN ({placeholders(users)})"
    rows = execute(
        f"""
        SELECT conversation_id, user_id, id FROM chat_member AS member
        WHERE conversation_id IN ({placeholders(conversations)}) {among} AND {ACTIVE_MEMBER_SQL}
        """,  # noqa: S608
        parameters,
    )
    return list(map(MemberRow._make, rows))


def message_ids(authors: Sequence[int], client_ids: Sequence[UUID]) -> list[int]:
    """The keys of stored messages by any of these authors with any of these client ids."""
    rows = execute(
        f"""
        SELECT id FROM chat_message
        WHERE author_id IN ({placeholders(authors)}) AND client_id IN ({placeholders(client_ids)})
        """,  # noqa: S608
        [*authors, *map(to_database, client_ids)],
    )
    return [pk for (pk,) in rows]


def insert_messages(messages: Sequence["Message"]) -> None:
    """Stores new messages and gives them their keys. Raises IntegrityError if one of them exists."""
    new = [
        (
            message.conversation_id,
            message.seq,
            message.author_id,
            message.on_behalf_of_id,
            to_database(message.client_id),
            message.body,
            to_database(message.sent_at),
        )
        for message in messages
    ]
    inserted = execute(
        f"""
        INSERT INTO chat_message (conversation_id, seq, author_id, on_behalf_of_id, client_id, body, sent_at)
        VALUES {value_rows(new)} RETURNING conversation_id, seq, id
        """,  # noqa: S608
        [value for row in new for value in row],
    )
    keys = {(conversation, seq): pk for conversation, seq, pk in inserted}
    for message in messages:
        message.pk = keys[message.conversation_id, message.seq]
        message._state.adding = False


def set_last_message_at(conversations: Collection[int], now: datetime) -> None:
    execute(
        f"UPDATE chat_conversation SET last_message_at = %s WHERE id IN ({placeholders(conversations)})",  # noqa: S608
        [to_database(now), *conversations],
    )


def set_read_up_to(newest: Mapping[int, int]) -> None:
    """Key of a member → number of the newest message they have read."""
    marks = list(newest.items())
    execute(
        f"""
        UPDATE chat_member SET read_up_to = mark.column2
        FROM (VALUES {value_rows(marks)}) AS mark WHERE id = mark.column1
        """,  # noqa: S608
        [value for mark in marks for value in mark],
    )
