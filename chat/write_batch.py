"""Storing messages: any number in one transaction, each with a result of its own."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from fairplatform.accounts.actor import Actor
from fairplatform.errors import Refused
from fairplatform.fairs.people import people_by_key
from fairplatform.policy import check_loaded
from fairplatform.realtime import topic_names
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.protocol import Person
from fairplatform.realtime.publish import publish_numbered

from . import sql
from .models import Conversation, Message
from .protocol import MessageArrived, MessagePosted

MAX_BODY = 4000  # characters
OPENING = 120  # characters of a message that `message.arrived` carries
# Members of a conversation; beyond it a message is published in the conversation alone, not to each member (0009).
LARGE = 100
# What is wrong with one message alone. Every other error is the database's, and then no message is stored.
ERRORS_OF_ONE_MESSAGE = (Refused, IntegrityError, DataError, ValueError)
Key = tuple[int, UUID]  # author and client id: unique among all messages


@dataclass(frozen=True)
class NewMessage:
    """A message to store. Its author's page chose `client_id`; sent again with the same one, it is stored once."""

    actor: Actor
    conversation: int
    client_id: UUID
    body: str


def write_batch(new: Sequence[NewMessage], *, now: datetime) -> list[Message | Exception]:
    """Stores these messages in their order, in one transaction. For each the stored message, or why it was refused.

    Raises what the database raises when it stores none of them.
    """
    with transaction.atomic():
        sql.check_constraints_immediately()
        return _Batch(new, now).write()


class _Batch:
    """Reads what all messages need in a few queries, under the locks of their conversations; then stores them."""

    def __init__(self, new: Sequence[NewMessage], now: datetime) -> None:
        self.new, self.now = new, now
        locked = sql.lock_conversations({message.conversation for message in new}, LARGE)
        self.conversations = {row.id: Conversation.of_row(row.id, row.fair_id, row.state) for row in locked}
        self.fair_slugs = {row.id: row.fair_slug for row in locked}
        self.large = {row.id for row in locked if row.is_large}
        self.members = self._read_members()
        self.stored = _stored({(message.actor.user.pk, message.client_id) for message in new})
        newest = TopicVersion.current(conversation.topic for conversation in self.conversations.values())
        self.numbers = {pk: newest[conversation.topic] for pk, conversation in self.conversations.items()}
        self.people = self._read_people()
        self.inserted: list[Message] = []
        self.errors: dict[Key, Exception] = {}

    def _read_members(self) -> dict[int, dict[int, int]]:
        """Conversation → user → key of their `Member`: all active members, of a large conversation the writers."""
        writers = {message.actor.person.pk for message in self.new} - {None}
        rows = sql.active_members(self.conversations.keys() - self.large)
        rows += sql.active_members(self.large, writers)
        members: dict[int, dict[int, int]] = {pk: {} for pk in self.conversations}
        for row in rows:
            members[row.conversation_id][row.user_id] = row.id
        for pk, conversation in self.conversations.items():
            conversation.active_member_ids = frozenset(members[pk])
        return members

    def _read_people(self) -> dict[tuple[int, int], Person]:
        """The authors, and those they write for, by fair and user."""
        users: dict[int, set[int]] = {conversation.fair_id: set() for conversation in self.conversations.values()}
        for message in self.new:
            if message.conversation in self.conversations:
                fair = self.conversations[message.conversation].fair_id
                users[fair] |= {message.actor.user.pk, message.actor.person.pk} - {None}
        return {(fair, pk): person for fair, some in users.items() for pk, person in people_by_key(some, fair).items()}

    def write(self) -> list[Message | Exception]:
        checked = [self._checked(message) for message in self.new]
        unsent: dict[Key, Message] = {}
        for message in checked:
            if isinstance(message, Message) and _key(message) not in self.stored:
                unsent.setdefault(_key(message), message)
        if unsent:
            self._insert_all(list(unsent.values()))
        if self.inserted:
            self._update_conversations()
            self._publish()
        return [self._result(message) for message in checked]

    def _checked(self, new: NewMessage) -> Message | Refused:
        """The message as it would be stored, if its author may write it."""
        try:
            body = _clean(new.body)
            self._check_permission(new)
        except Refused as refused:
            return refused
        return Message(
            conversation_id=new.conversation,
            author=new.actor.user,
            on_behalf_of=new.actor.on_behalf_of,
            client_id=new.client_id,
            body=body,
            sent_at=self.now,
        )

    def _check_permission(self, new: NewMessage) -> None:
        conversation = self.conversations.get(new.conversation)
        check_loaded(new.actor, "conversation.write", conversation)
        if conversation is not None and (conversation.fair_id, new.actor.user.pk) not in self.people:
            # Deleted a moment ago, while they acted for somebody else: their message must not break the others'.
            raise Refused("sign_in")

    def _insert_all(self, messages: list[Message]) -> None:
        """All by one statement; if the database refuses one of them, one by one."""
        try:
            self._insert(messages)
        except ERRORS_OF_ONE_MESSAGE:
            for message in messages:
                self._insert_one(message)

    def _insert_one(self, message: Message) -> None:
        try:
            self._insert([message])
        except ERRORS_OF_ONE_MESSAGE as error:
            # Another process may just have stored it, in another conversation.
            stored = _stored({_key(message)})
            self.stored |= stored
            self.errors |= {} if stored else {_key(message): error}

    def _insert(self, messages: list[Message]) -> None:
        """In a savepoint: a failure leaves neither a row nor a gap in the numbers."""
        numbers = dict(self.numbers)
        for message in messages:
            message.seq = numbers[message.conversation_id] = numbers[message.conversation_id] + 1
        with transaction.atomic():
            sql.insert_messages(messages)
        self.numbers = numbers
        self.inserted += messages
        self.stored |= {_key(message): message for message in messages}

    def _result(self, message: Message | Refused) -> Message | Exception:
        if isinstance(message, Refused):
            return message
        if error := self.errors.get(_key(message)):
            return error
        stored = self.stored[_key(message)]
        is_same = (stored.conversation_id, stored.body) == (message.conversation_id, message.body)
        return stored if is_same else Refused("message_differs")

    def _update_conversations(self) -> None:
        """Moves the conversations to the top of their members' lists; whoever writes has read all that is above."""
        sql.set_last_message_at({message.conversation_id for message in self.inserted}, self.now)
        sql.set_read_up_to(
            {self.members[message.conversation_id][_writer(message)]: message.seq for message in self.inserted}
        )

    def _publish(self) -> None:
        """Each message in its conversation; in a small one also to each other member, as something unread."""
        own_topics = [self._topics_of_others(message) for message in self.inserted]
        steps = Counter(topic for topics in own_topics for topic in topics)
        steps.update(self.conversations[message.conversation_id].topic for message in self.inserted)
        newest = TopicVersion.advance_all(steps)
        last = {topic: newest[topic] - count for topic, count in steps.items()}
        for message, topics in zip(self.inserted, own_topics, strict=True):
            conversation = self.conversations[message.conversation_id]
            for topic in (conversation.topic, *topics):
                last[topic] += 1
            assert last[conversation.topic] == message.seq
            posted = self._posted(conversation, message)
            publish_numbered({conversation.topic: message.seq}, posted)
            publish_numbered({topic: last[topic] for topic in topics}, self._arrived(message, posted.author))

    def _topics_of_others(self, message: Message) -> list[str]:
        """The own topics of the members to notify: nobody in a large conversation, and never who wrote it."""
        if message.conversation_id in self.large:
            return []
        writers = {message.author_id, _writer(message)}
        return [topic_names.me(pk) for pk in self.members[message.conversation_id] if pk not in writers]

    def _posted(self, conversation: Conversation, message: Message) -> MessagePosted:
        on_behalf_of = message.on_behalf_of_id
        return MessagePosted(
            client_id=message.client_id,
            author=self.people[conversation.fair_id, message.author_id],
            on_behalf_of=self.people[conversation.fair_id, on_behalf_of] if on_behalf_of else None,
            body=message.body,
            sent_at=message.sent_at,
        )

    def _arrived(self, message: Message, author: Person) -> MessageArrived:
        return MessageArrived(
            conversation=message.conversation_id,
            fair=self.fair_slugs[message.conversation_id],
            number=message.seq,
            author=author,
            opening=message.body[:OPENING],
        )


def _stored(keys: Collection[Key]) -> dict[Key, Message]:
    """The messages with these keys that are stored already."""
    pks = sql.message_ids([author for author, _ in keys], [client_id for _, client_id in keys])
    messages = Message.objects.filter(pk__in=pks) if pks else []
    return {key: message for message in messages if (key := _key(message)) in keys}


def _key(message: Message) -> Key:
    return message.author_id, message.client_id


def _writer(message: Message) -> int:
    """The member it counts for: the one in whose name it was written."""
    return message.on_behalf_of_id or message.author_id


def _clean(body: str) -> str:
    """The text as it is stored; raises Refused when it is empty or too long."""
    # A form sends CR LF for a line break. PostgreSQL stores no NUL, and nobody can see one.
    body = body.replace("\r\n", "\n").replace("\0", "").strip()
    if not body:
        raise Refused("message_empty")
    if len(body) > MAX_BODY:
        raise Refused("message_long", limit=MAX_BODY)
    return body
