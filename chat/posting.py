"""Writing messages: all that wait in one transaction, and each gets his own answer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from fairplatform.accounts.actor import Actor
from fairplatform.fairs.people import persons
from fairplatform.language.refusals import Refused
from fairplatform.policy import check
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.protocol import Person
from fairplatform.realtime.publish import publish_numbered

from . import statements
from .models import Conversation, Message
from .protocol import MessageArrived, MessagePosted
from .statements import Key

LONGEST_BODY = 4000
LONGEST_OPENING = 120
# What is wrong with one message. All else is wrong with the database, and then nothing is stored.
FAULTS_OF_ONE = (Refused, IntegrityError, DataError, ValueError)


@dataclass(frozen=True)
class Post:
    """A message that somebody wants to write. `client_id` is his own name for it: sent again, it is stored once."""

    actor: Actor
    conversation: int
    client_id: UUID
    body: str


def write(posts: Sequence[Post], *, now: datetime) -> list[Message | Exception]:
    """Stores these messages in their order, in one transaction; answers each with his message or with why not.

    Raises what the database raises when it keeps none of them.
    """
    with transaction.atomic():
        statements.check_at_once()
        return _Batch(posts, now).write()


class _Batch:
    """What is read once for all, under the locks of the conversations, and what has been stored so far."""

    def __init__(self, posts: Sequence[Post], now: datetime) -> None:
        self.posts, self.now = posts, now
        self.places, self.slugs = statements.locked({post.conversation for post in posts})
        self.members = statements.members(self.places)
        self.earlier = statements.earlier({_key(post) for post in posts})
        self.numbers = TopicVersion.current(place.topic for place in self.places.values())
        self.people = self._people()
        self.stored: list[tuple[Post, Message]] = []

    def _people(self) -> dict[tuple[int, int], Person]:
        """The writers by fair and key."""
        ids: dict[int, set[int]] = {place.fair_id: set() for place in self.places.values()}
        for post in self.posts:
            if post.conversation in self.places:
                ids[self.places[post.conversation].fair_id] |= {post.actor.user.pk, post.actor.person.pk} - {None}
        return {(fair, pk): person for fair, some in ids.items() for pk, person in persons(some, fair).items()}

    def write(self) -> list[Message | Exception]:
        answers = [self._answer(post) for post in self.posts]
        if self.stored:
            self._mark()
            self._publish()
        return answers

    def _answer(self, post: Post) -> Message | Exception:
        try:
            body = _readable(post.body)
            place = self._place(post)
            if _key(post) not in self.earlier:
                self._store(post, place, body)
            return _same(self.earlier[_key(post)], place, body)
        except FAULTS_OF_ONE as fault:
            return fault

    def _place(self, post: Post) -> Conversation:
        """As `policy.load` decides it, of what was read for all."""
        place = self.places.get(post.conversation)
        if place is None or not place.roles_of(post.actor.person):
            raise Refused("not_found")
        check(post.actor, "conversation.write", place)
        if (place.fair_id, post.actor.user.pk) not in self.people:
            # Deleted a moment ago, while he acted for somebody else: his message must not break the others'.
            raise Refused("sign_in")
        return place

    def _store(self, post: Post, place: Conversation, body: str) -> None:
        message = Message(
            conversation_id=place.pk,
            seq=self.numbers[place.topic] + 1,
            author=post.actor.user,
            on_behalf_of=post.actor.on_behalf_of,
            client_id=post.client_id,
            body=body,
            sent_at=self.now,
        )
        try:
            # A savepoint: what one message breaks is undone for it alone.
            with transaction.atomic():
                statements.insert(message)
        except IntegrityError:
            # Another process has just stored it, in another conversation.
            self.earlier |= (found := statements.earlier({_key(post)}))
            if not found:
                raise
            return
        self.numbers[place.topic] = message.seq
        self.earlier[_key(post)] = message
        self.stored.append((post, message))

    def _mark(self) -> None:
        """A conversation is as new as its newest message, and who writes has read what stands above."""
        statements.renew({message.conversation_id for _, message in self.stored}, self.now)
        statements.mark_read(
            {self.members[post.conversation][post.actor.person.pk]: message.seq for post, message in self.stored}
        )

    def _publish(self) -> None:
        """The conversation hears each message; each other member hears that something waits for him."""
        told = [self._others(post) for post, _ in self.stored]
        steps = Counter(topic for topics in told for topic in topics)
        steps.update(self.places[post.conversation].topic for post, _ in self.stored)
        newest = TopicVersion.advance_all(steps)
        at = {topic: newest[topic] - count for topic, count in steps.items()}
        for (post, message), topics in zip(self.stored, told, strict=True):
            place = self.places[post.conversation]
            for topic in (place.topic, *topics):
                at[topic] += 1
            assert at[place.topic] == message.seq
            posted = self._posted(place, message)
            publish_numbered({place.topic: message.seq}, posted)
            publish_numbered({topic: at[topic] for topic in topics}, self._arrived(message, posted.author))

    def _others(self, post: Post) -> list[str]:
        writers = {post.actor.user.pk, post.actor.person.pk}
        return [f"me:{pk}" for pk in self.members[post.conversation] if pk not in writers]

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


def _key(post: Post) -> Key:
    return post.actor.user.pk, post.client_id


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
