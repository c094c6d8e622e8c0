"""Writing messages: all that wait in one transaction, and each gets their own answer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from fairplatform.accounts.actor import Actor
from fairplatform.errors import Refused
from fairplatform.fairs.people import persons
from fairplatform.policy import check
from fairplatform.realtime import topic_names
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.protocol import Person
from fairplatform.realtime.publish import publish_numbered

from . import statements
from .models import Conversation, Message
from .protocol import MessageArrived, MessagePosted
from .statements import Key

LONGEST_BODY = 4000
LONGEST_OPENING = 120
CROWD = 100  # members; beyond it a message is told in the conversation alone, not to each member wherever they are
# What is wrong with one message. All else is wrong with the database, and then nothing is stored.
FAULTS_OF_ONE = (Refused, IntegrityError, DataError, ValueError)


@dataclass(frozen=True)
class Post:
    """A message that somebody wants to write. `client_id` is their own name for it: sent again, it is stored once."""

    actor: Actor
    conversation: int
    client_id: UUID
    body: str


def write(posts: Sequence[Post], *, now: datetime) -> list[Message | Exception]:
    """Stores these messages in their order, in one transaction; answers each with their message or with why not.

    Raises what the database raises when it keeps none of them.
    """
    with transaction.atomic():
        statements.check_at_once()
        return _Batch(posts, now).write()


class _Batch:
    """What is read once for all, under the locks of the conversations, and what has been stored."""

    def __init__(self, posts: Sequence[Post], now: datetime) -> None:
        self.posts, self.now = posts, now
        self.places, self.slugs, self.crowds = statements.locked({post.conversation for post in posts}, CROWD)
        self.members = statements.members(self.places, self.crowds, {post.actor.person.pk for post in posts} - {None})
        self.kept = statements.earlier({(post.actor.user.pk, post.client_id) for post in posts})
        newest = TopicVersion.current(place.topic for place in self.places.values())
        self.numbers = {pk: newest[place.topic] for pk, place in self.places.items()}
        self.people = self._people()
        self.stored: list[Message] = []
        self.faults: dict[Key, Exception] = {}

    def _people(self) -> dict[tuple[int, int], Person]:
        """The writers by fair and key."""
        ids: dict[int, set[int]] = {place.fair_id: set() for place in self.places.values()}
        for post in self.posts:
            if post.conversation in self.places:
                ids[self.places[post.conversation].fair_id] |= {post.actor.user.pk, post.actor.person.pk} - {None}
        return {(fair, pk): person for fair, some in ids.items() for pk, person in persons(some, fair).items()}

    def write(self) -> list[Message | Exception]:
        drafts = [self._draft(post) for post in self.posts]
        fresh: dict[Key, Message] = {}
        for draft in drafts:
            if isinstance(draft, Message) and _key(draft) not in self.kept:
                fresh.setdefault(_key(draft), draft)
        if fresh:
            self._store(list(fresh.values()))
        if self.stored:
            self._mark()
            self._publish()
        return [self._answer(draft) for draft in drafts]

    def _draft(self, post: Post) -> Message | Refused:
        """The message as it would be stored, if they may write it."""
        try:
            body = _readable(post.body)
            place = self._place(post)
        except Refused as refused:
            return refused
        return Message(
            conversation_id=place.pk,
            author=post.actor.user,
            on_behalf_of=post.actor.on_behalf_of,
            client_id=post.client_id,
            body=body,
            sent_at=self.now,
        )

    def _place(self, post: Post) -> Conversation:
        """As `policy.load` decides it, of what was read for all."""
        place = self.places.get(post.conversation)
        if place is None or not place.roles_of(post.actor.person):
            raise Refused("not_found")
        check(post.actor, "conversation.write", place)
        if (place.fair_id, post.actor.user.pk) not in self.people:
            # Deleted a moment ago, while they acted for somebody else: their message must not break the others'.
            raise Refused("sign_in")
        return place

    def _store(self, messages: list[Message]) -> None:
        """All at once; if the database refuses one of them, one by one."""
        try:
            self._insert(messages)
        except FAULTS_OF_ONE:
            for message in messages:
                self._store_alone(message)

    def _store_alone(self, message: Message) -> None:
        try:
            self._insert([message])
        except FAULTS_OF_ONE as fault:
            # Another process may just have stored it, in another conversation.
            found = statements.earlier({_key(message)})
            self.kept |= found
            self.faults |= {} if found else {_key(message): fault}

    def _insert(self, messages: list[Message]) -> None:
        """In a savepoint: what fails leaves neither a row nor a number."""
        numbers = dict(self.numbers)
        for message in messages:
            message.seq = numbers[message.conversation_id] = numbers[message.conversation_id] + 1
        with transaction.atomic():
            statements.insert(messages)
        self.numbers = numbers
        self.stored += messages
        self.kept |= {_key(message): message for message in messages}

    def _answer(self, draft: Message | Refused) -> Message | Exception:
        if isinstance(draft, Refused):
            return draft
        if fault := self.faults.get(_key(draft)):
            return fault
        kept = self.kept[_key(draft)]
        is_same = (kept.conversation_id, kept.body) == (draft.conversation_id, draft.body)
        return kept if is_same else Refused("message_differs")

    def _mark(self) -> None:
        """A conversation is as new as its newest message, and who writes has read what stands above."""
        statements.renew({message.conversation_id for message in self.stored}, self.now)
        rows = {self.members[message.conversation_id][_person(message)]: message.seq for message in self.stored}
        statements.mark_read(rows)

    def _publish(self) -> None:
        """The conversation hears each message; in a small one each other member hears that something waits for them."""
        told = [self._others(message) for message in self.stored]
        steps = Counter(topic for topics in told for topic in topics)
        steps.update(self.places[message.conversation_id].topic for message in self.stored)
        newest = TopicVersion.advance_all(steps)
        at = {topic: newest[topic] - count for topic, count in steps.items()}
        for message, topics in zip(self.stored, told, strict=True):
            place = self.places[message.conversation_id]
            for topic in (place.topic, *topics):
                at[topic] += 1
            assert at[place.topic] == message.seq
            posted = self._posted(place, message)
            publish_numbered({place.topic: message.seq}, posted)
            publish_numbered({topic: at[topic] for topic in topics}, self._arrived(message, posted.author))

    def _others(self, message: Message) -> list[str]:
        if message.conversation_id in self.crowds:
            return []
        writers = {message.author_id, _person(message)}
        return [topic_names.me(pk) for pk in self.members[message.conversation_id] if pk not in writers]

    def _posted(self, place: Conversation, message: Message) -> MessagePosted:
        behind = message.on_behalf_of_id
        return MessagePosted(
            client_id=message.client_id,
            author=self.people[place.fair_id, message.author_id],
            on_behalf_of=self.people[place.fair_id, behind] if behind else None,
            body=message.body,
            sent_at=message.sent_at,
        )

    def _arrived(self, message: Message, author: Person) -> MessageArrived:
        return MessageArrived(
            conversation=message.conversation_id,
            fair=self.slugs[message.conversation_id],
            number=message.seq,
            author=author,
            opening=message.body[:LONGEST_OPENING],
        )


def _key(message: Message) -> Key:
    return message.author_id, message.client_id


def _person(message: Message) -> int:
    """Who has written it, or in whose name."""
    return message.on_behalf_of_id or message.author_id


def _readable(body: str) -> str:
    # A form sends two characters for a line break. PostgreSQL keeps no NUL, and nobody can see one.
    body = body.replace("\r\n", "\n").replace("\0", "").strip()
    if not body:
        raise Refused("message_empty")
    if len(body) > LONGEST_BODY:
        raise Refused("message_long", limit=LONGEST_BODY)
    return body
