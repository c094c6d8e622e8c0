"""The topics that one socket has joined, and how their events reach it."""

import logging
from collections.abc import Awaitable, Mapping
from typing import Any

from fairplatform.asgi_types import Receive, Scope, Send
from fairplatform.errors import Refused

from . import protocol, topic_names
from .authentication import Identity
from .connection import MAX_UNSENT, WebSocketConnection
from .hub import HUB, EncodedEvent, encode, numbered
from .presence_events import publish_presence_soon
from .threads import read_in_thread, reading
from .topic_names import public_name
from .topics import JoinResult, Topic

logger = logging.getLogger(__name__)
MAX_TOPICS = 40


class Subscriber(WebSocketConnection):
    """A connection with its topics. An event that arrives while its topic's snapshot is read is buffered until then."""

    __slots__ = ("_topic_classes", "buffered", "identity", "joining", "snapshot_seqs", "socket_id", "topics")
    socket_id: str
    identity: Identity

    def __init__(self, scope: Scope, receive: Receive, send: Send, topics: Mapping[str, type[Topic]]) -> None:
        super().__init__(scope, receive, send)
        self._topic_classes = topics
        self.topics: dict[str, Topic] = {}
        self.joining = ""  # the topic whose snapshot is being read
        self.buffered: list[EncodedEvent] = []  # events of that topic
        self.snapshot_seqs: dict[str, int] = {}  # by topic, the number of the snapshot that was sent

    def topic_name(self, name: str) -> str:
        """The full name of a topic as a client names it; raises Refused for a name no client may use."""
        if name == "me":
            return topic_names.me(self.identity.actor.person.pk)
        if public_name(name) != name:
            raise Refused("not_found")
        return name

    async def join(self, command: protocol.Join) -> None:
        """Buffers events, reads state and number in one transaction, replies, then sends the events that are newer."""
        name = self.topic_name(command.topic)
        is_new = name not in self.topics
        topic = self._new_topic(name) if is_new else self.topics[name]
        if is_new and len(self.topics) >= MAX_TOPICS:
            raise Refused("too_fast")
        joined = await self._read(topic, command.after, is_new=is_new)
        if is_new:
            self.topics[name] = topic
            HUB.confirm(name, self)
        self.snapshot_seqs[name] = joined.seq
        HUB.note_snapshot(name, joined.seq)
        reply = protocol.Ok(
            ref=command.ref, topic=command.topic, seq=joined.seq, snapshot=joined.snapshot, more=joined.more
        )
        await self.send_text(reply.model_dump_json())
        for seq, event in joined.replay:
            await self.send_text(numbered(encode(name, event), seq))
        await self._send_buffered(name, joined.seq)
        if is_new:
            await self._enter_presence(topic)
            await topic.after_join()

    def _new_topic(self, name: str) -> Topic:
        prefix, _, key = name.partition(":")
        if prefix not in self._topic_classes:
            raise Refused("not_found")
        return self._topic_classes[prefix](key, self)

    async def _read(self, topic: Topic, after: int | None, *, is_new: bool) -> JoinResult[Any]:
        """Authorises and reads. A failure other than Refused leaves an existing subscription as it was."""
        self.joining, self.buffered = topic.name, []
        try:
            if is_new:
                await HUB.subscribe_pending(topic.name, self)
            if topic.has_presence:
                topic.here = await HUB.presence.here(topic.name)
            joined = await self._read_consistently(topic, after)
            if not is_new and topic.name not in self.topics:
                raise Refused("not_joined")  # `recheck` has dropped it meanwhile
        except BaseException as failure:
            if is_new:
                await HUB.unsubscribe(topic.name, self)
            elif isinstance(failure, Refused):
                await self.drop(topic.name)
            await self._send_buffered(topic.name, self.snapshot_seqs.get(topic.name, 0))
            raise
        return joined

    async def _read_consistently(self, topic: Topic, after: int | None) -> JoinResult[Any]:
        """Reads again when the person's access has changed meanwhile, since `recheck` knows only joined topics."""
        while True:
            access = self.identity.access_version
            joined = await read_in_thread(_authorize_and_read, topic, after)
            if access == self.identity.access_version:
                return joined
            # The read may have cached the roles of before the change.
            self.identity.forget_roles()
            await self.recheck()

    async def _send_buffered(self, name: str, seq: int) -> None:
        """Ends the buffering; sends the events that are newer than the snapshot with this number."""
        buffered, self.joining, self.buffered = self.buffered, "", []
        for event in buffered if name in self.topics else ():
            if (event.seq is None or event.seq > seq) and (sending := self.deliver(name, event)) is not None:
                await sending

    async def _enter_presence(self, topic: Topic) -> None:
        if topic.has_presence and self.identity.actor.person.is_authenticated:
            await HUB.presence.enter(topic.name, self.identity.actor.person.pk, self.socket_id)
            publish_presence_soon(topic)

    async def refresh_presence(self) -> None:
        """Keeps the person present on the socket's topics, and calls each topic's `keep_alive`."""
        person = self.identity.actor.person
        for topic in list(self.topics.values()):
            if topic.has_presence and person.is_authenticated:
                await HUB.presence.enter(topic.name, person.pk, self.socket_id)
            await topic.keep_alive()

    async def drop(self, name: str) -> None:
        """Leaves a topic; nothing happens if it was not joined."""
        topic = self.topics.pop(name, None)
        if topic is None:
            return
        self.snapshot_seqs.pop(name, None)
        await HUB.unsubscribe(name, self)
        person = self.identity.actor.person
        if topic.has_presence and person.is_authenticated:
            await HUB.presence.leave(name, person.pk, self.socket_id)
            publish_presence_soon(topic)
        await topic.after_leave()

    async def drop_all(self) -> None:
        """At the end of the connection: what fails for one topic must not keep a closed socket on the others."""
        for name in list(self.topics):
            try:
                await self.drop(name)
            except Exception:
                logger.exception("%s was not left cleanly", name)

    async def recheck(self) -> None:
        """After a change of the person's roles: drops the topics that they may no longer join, and tells the client."""
        for name, topic in list(self.topics.items()):
            try:
                await read_in_thread(topic.authorize)
            except Refused as refused:
                await self.send_text(protocol.Left(topic=public_name(name), code=refused.code).model_dump_json())
                await self.drop(name)

    def buffer(self, event: EncodedEvent) -> None:
        """Called by the hub with events of the topic that is being joined."""
        self.buffered.append(event)

    def deliver(self, topic: str, event: EncodedEvent) -> Awaitable[None] | None:
        """Sends an event; returns an awaitable only without a frame writer, or to close a slow reader."""
        if topic == self.joining:
            self.buffer(event)
            return None
        # Skips what the snapshot has. Events may arrive out of order: the client sorts them by number.
        # The newest snapshot of all members is looked at first: mostly the event is newer than that.
        if (
            event.seq is not None
            and event.seq <= HUB.snapshot_seqs.get(topic, 0)
            and event.seq <= self.snapshot_seqs.get(topic, -1)
        ):
            return None
        if self.frame_writer is None:
            return self.send_text(event.text)
        if self.frame_writer.write(event.frame) <= MAX_UNSENT:
            return None
        return self._close_slow_reader(self.frame_writer)


def _authorize_and_read(topic: Topic, after: int | None) -> JoinResult[Any]:
    with reading():
        topic.authorize()
        return topic.snapshot(after)
