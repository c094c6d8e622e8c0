"""The socket of a page: one ASGI application per connection, many topics."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Mapping
from time import monotonic, perf_counter
from typing import Any

from django.utils import translation
from pydantic import ValidationError

from fairplatform.asgi_types import Application, Receive, Scope, Send
from fairplatform.errors import Refused
from fairplatform.observability.failures import is_database_unavailable, log_failure
from fairplatform.observability.sockets import count_command, log_closed, log_opened, slow_readers
from fairplatform.server import close_codes
from fairplatform.server.frames import EXTENSION, FrameWriter, frame
from fairplatform.server.token_bucket import TokenBucket

from . import protocol, topic_names
from .authentication import Authenticate, Identity
from .crowds import CROWDS
from .gathering import stir
from .hub import HUB, Outgoing, encode, numbered
from .maintenance import SOCKETS
from .threads import read_in_thread, reading
from .topic_names import public_name
from .topics import CommandResult, JoinResult, Topic, known_kind

logger = logging.getLogger(__name__)
MAX_TOPICS = 40
MAX_UNSENT = 1024 * 1024  # octets waiting for a slow reader before it is dropped
RATE, BURST = 20.0, 60.0
MOST_WAITING = 60  # commands that wait for their turn


class Socket:
    """One connection: reads commands in order, keeps its topics, delivers their events."""

    __slots__ = (
        *("_receive", "_send", "_topic_classes", "_work", "bucket", "closed", "code", "commands", "connection"),
        *("heard", "held", "identity", "joining", "frame_writer", "sent", "topics"),
    )
    identity: Identity

    @classmethod
    def as_asgi(cls, *, topics: Mapping[str, type[Topic]], authenticate: Authenticate) -> Application:
        """The ASGI application. `topics`: the classes by the prefix of their topics' names."""

        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            await cls(scope, receive, send, topics).run(scope, authenticate)

        return application

    def __init__(self, scope: Scope, receive: Receive, send: Send, topics: Mapping[str, type[Topic]]) -> None:
        self._receive, self._send, self._topic_classes = receive, send, topics
        self.connection = secrets.token_urlsafe(9)
        self.topics: dict[str, Topic] = {}
        self.joining = ""  # the topic whose snapshot is being read
        self.held: list[Outgoing] = []  # and its events until then
        self.sent: dict[str, int] = {}
        self.commands: list[str | None] = []
        self._work: asyncio.Task[None] | None = None
        self.bucket = TokenBucket(RATE, BURST)
        self.heard = monotonic()
        self.closed = False
        self.code = close_codes.ABNORMAL
        self.frame_writer: FrameWriter | None = scope.get("extensions", {}).get(EXTENSION)

    async def run(self, scope: Scope, authenticate: Authenticate) -> None:
        """From the handshake to the end of the connection."""
        await self._receive()
        address, _port = scope.get("client") or ("", 0)
        identity = await _identify(scope, authenticate)
        if identity is None:
            await self._send({"type": "websocket.close"})
            return
        self.identity = identity
        await self._send({"type": "websocket.accept"})
        since = monotonic()
        log_opened(self.connection, self.identity.actor.user.pk)
        counted = CROWDS.enter(self.identity.counted_as, address)
        try:
            if counted is None:
                await self.close(close_codes.TOO_MANY)
            else:
                await self._serve()
        finally:
            CROWDS.leave(counted or ())
            log_closed(self.code, since)

    async def _serve(self) -> None:
        if self.identity.expired:
            await self.close(close_codes.SIGN_IN)
            return
        # From its first moment it may be revoked or sent away.
        SOCKETS.add(self)
        try:
            await HUB.start()
            await self._read()
        finally:
            try:
                if self._work is not None:
                    await self._work
            finally:
                self.closed = True
                SOCKETS.discard(self)
                await self._drop_all()

    async def _drop_all(self) -> None:
        for name in list(self.topics):
            try:
                await self.drop(name)
            except Exception:
                # The other topics must not keep a member that is gone.
                logger.exception("%s was not left cleanly", name)

    async def _read(self) -> None:
        """Takes what arrives at once, so that a flood is noticed as it comes, and not when its turn has come."""
        while (message := await self._receive())["type"] == "websocket.receive" and not self.closed:
            self.heard = monotonic()
            if not self._may_send():
                self.commands.clear()
                await self.close(close_codes.TOO_FAST)
                return
            self.commands.append(message.get("text"))
            if self._work is None or self._work.done():
                self._work = asyncio.ensure_future(self._handle_all())
        if not self.closed:
            self.code = message.get("code") or close_codes.ABNORMAL

    def _may_send(self) -> bool:
        return (
            self.bucket.take(self.heard) and self.identity.bucket.take(self.heard) and len(self.commands) < MOST_WAITING
        )

    async def _handle_all(self) -> None:
        """One command after the other, in the order in which they came. The language is this task's own."""
        translation.activate(self.identity.language)
        while self.commands:
            await self._handle(self.commands.pop(0))

    async def _handle(self, text: str | None) -> None:
        began = perf_counter()
        frame, ref = protocol.read_frame(text)
        kind = known_kind(frame)
        try:
            if frame is None:
                raise Refused("malformed")
            await self._answer(frame)
            result = "ok"
        except Refused as refused:
            result = await self._refuse(ref, refused)
        except ValidationError:
            result = await self._refuse(ref, Refused("malformed"))
        except Exception as failure:  # noqa: BLE001 — reported
            log_failure(logger, failure, "a command failed: %s", kind)
            result = await self._refuse(ref, Refused("unavailable" if is_database_unavailable(failure) else "failed"))
        count_command(kind, result, perf_counter() - began)

    async def _refuse(self, ref: int | None, refused: Refused) -> str:
        frame = protocol.RefusedFrame(
            ref=ref, code=refused.code, detail=refused.sentence, parameters=refused.parameters
        )
        await self.send_text(frame.model_dump_json(exclude_none=True))
        return refused.code

    async def _answer(self, frame: dict[str, Any]) -> None:
        kind = frame.get("type")
        if not isinstance(kind, str):
            raise Refused("malformed")
        if kind == "heartbeat":
            protocol.Alive.model_validate(frame)
            return
        if kind == "join":
            await self._join(protocol.Join.model_validate(frame))
            return
        if kind == "leave":
            leave = protocol.Leave.model_validate(frame)
            await self.drop(self._full_name(leave.topic))
            await self._ok(leave, CommandResult[None]())
            return
        topic = self.topics.get(self._full_name(str(frame.get("topic"))))
        if topic is None:
            raise Refused("not_joined")
        if kind not in topic.commands:
            raise Refused("unknown_type")
        method, model = topic.commands[kind]
        command = model.model_validate(frame)
        done = await getattr(topic, method)(command)
        await self._ok(command, done or CommandResult[None]())

    async def _ok(self, command: protocol.Command, done: CommandResult[Any]) -> None:
        answer = protocol.Ok(ref=command.ref, topic=command.topic, seq=done.seq, snapshot=done.snapshot)
        nothing = {name for name in ("seq", "snapshot") if getattr(done, name) is None}
        await self.send_text(answer.model_dump_json(exclude=nothing))

    def _full_name(self, wire: str) -> str:
        if wire == "me":
            return topic_names.me(self.identity.actor.person.pk)
        if public_name(wire) != wire:
            raise Refused("not_found")  # nobody's own topic has another name than that
        return wire

    async def _join(self, command: protocol.Join) -> None:
        """Puts events by, asks and reads state and number in one transaction, then passes on what is newer."""
        name = self._full_name(command.topic)
        is_new = name not in self.topics
        topic = self._new_topic(name) if is_new else self.topics[name]
        if is_new and len(self.topics) >= MAX_TOPICS:
            raise Refused("too_fast")
        joined = await self._ask_in(topic, command.after, is_new=is_new)
        if is_new:
            self.topics[name] = topic
            HUB.admit(name, self)
        self.sent[name] = joined.seq
        HUB.has_read(name, joined.seq)
        answer = protocol.Ok(
            ref=command.ref, topic=command.topic, seq=joined.seq, snapshot=joined.snapshot, more=joined.more
        )
        await self.send_text(answer.model_dump_json())
        for seq, event in joined.replay:
            await self.send_text(numbered(encode(name, event), seq))
        await self._release(name, joined.seq)
        if is_new:
            await self._present(topic)
            await topic.joined()

    async def _ask_in(self, topic: Topic, after: int | None, *, is_new: bool) -> JoinResult[Any]:
        """What a joiner gets; whoever was a member stays one unless it is refused."""
        self.joining, self.held = topic.name, []
        try:
            if is_new:
                await HUB.expect(topic.name, self)
            if topic.has_presence:
                topic.here = await HUB.presence.here(topic.name)
            joined = await self._state(topic, after)
            if not is_new and topic.name not in self.topics:
                raise Refused("not_joined")  # a look at all sockets has taken it away meanwhile
        except BaseException as failure:
            if is_new:
                await HUB.unsubscribe(topic.name, self)
            elif isinstance(failure, Refused):
                await self.drop(topic.name)
            await self._release(topic.name, self.sent.get(topic.name, 0))
            raise
        return joined

    async def _state(self, topic: Topic, after: int | None) -> JoinResult[Any]:
        """Read again if what the person may has changed meanwhile: `recheck` asks only topics that are held."""
        while True:
            access = self.identity.access_version
            joined = await read_in_thread(self._read_state, topic, after)
            if access == self.identity.access_version:
                return joined
            # The reading may have kept roles of the time before.
            self.identity.forget_roles()
            await self.recheck()

    async def _release(self, name: str, seq: int) -> None:
        """Passes on the events that came meanwhile and are newer than the snapshot."""
        held, self.joining, self.held = self.held, "", []
        for event in held if name in self.topics else ():
            if (event.seq is None or event.seq > seq) and (waiting := self.deliver(name, event)) is not None:
                await waiting

    def _new_topic(self, name: str) -> Topic:
        prefix, _, key = name.partition(":")
        if prefix not in self._topic_classes:
            raise Refused("not_found")
        return self._topic_classes[prefix](key, self)

    @staticmethod
    def _read_state(topic: Topic, after: int | None) -> JoinResult[Any]:
        with reading():
            topic.authorize()
            return topic.snapshot(after)

    async def _present(self, topic: Topic) -> None:
        if topic.has_presence and self.identity.actor.person.is_authenticated:
            await HUB.presence.enter(topic.name, self.identity.actor.person.pk, self.connection)
            stir(topic)

    async def refresh_presence(self) -> None:
        person = self.identity.actor.person
        for topic in list(self.topics.values()):
            if topic.has_presence and person.is_authenticated:
                await HUB.presence.enter(topic.name, person.pk, self.connection)
            await topic.refresh()

    async def drop(self, name: str) -> None:
        """Leaves a topic."""
        topic = self.topics.pop(name, None)
        if topic is None:
            return
        self.sent.pop(name, None)
        await HUB.unsubscribe(name, self)
        person = self.identity.actor.person
        if topic.has_presence and person.is_authenticated:
            await HUB.presence.leave(name, person.pk, self.connection)
            stir(topic)
        await topic.leave()

    async def recheck(self) -> None:
        """After the person's roles changed: asks each topic again, leaves those that are closed to them now."""
        for name, topic in list(self.topics.items()):
            try:
                await read_in_thread(topic.authorize)
            except Refused as refused:
                await self.send_text(protocol.Left(topic=public_name(name), code=refused.code).model_dump_json())
                await self.drop(name)

    def hold(self, event: Outgoing) -> None:
        """Keeps an event of the topic that is being joined."""
        self.held.append(event)

    def deliver(self, topic: str, event: Outgoing) -> Awaitable[None] | None:
        """Passes an event on at once; what it returns, if anything, is to be awaited (no fast frames, or a close)."""
        if topic == self.joining:
            self.hold(event)
            return None
        # Two commits may wake us in the wrong order: both are passed on, the reader puts them right.
        # What is newer than anybody's snapshot need not be compared with this one's.
        if event.seq is not None and event.seq <= HUB.read.get(topic, 0) and event.seq <= self.sent.get(topic, -1):
            return None
        if self.frame_writer is None:
            return self.send_text(event.text)
        if self.frame_writer.write(event.octets) <= MAX_UNSENT:
            return None
        return self._drop_reader(self.frame_writer)

    def _drop_reader(self, frame_writer: FrameWriter) -> Awaitable[None]:
        slow_readers.inc()
        logger.warning("a reader took nothing while %d octets waited, and is dropped", frame_writer.unsent)
        return self.close(close_codes.TOO_SLOW)

    async def send_text(self, text: str) -> None:
        if self.closed:
            return
        if self.frame_writer is None:
            await self._send({"type": "websocket.send", "text": text})
        elif self.frame_writer.write(frame(text)) > MAX_UNSENT:
            await self._drop_reader(self.frame_writer)

    async def close(self, code: int) -> None:
        if not self.closed:
            self.closed, self.code = True, code
            await self._send({"type": "websocket.close", "code": code})


async def _identify(scope: Scope, authenticate: Authenticate) -> Identity | None:
    """None also while the database is away: the client connects again."""
    try:
        return await read_in_thread(authenticate, scope)
    except Exception as failure:
        if not is_database_unavailable(failure):
            raise
        log_failure(logger, failure, "a socket is refused")
        return None


async def deny(scope: Scope, receive: Receive, send: Send) -> None:
    """Refuses the handshake with HTTP 403."""
    await receive()
    await send({"type": "websocket.close"})
