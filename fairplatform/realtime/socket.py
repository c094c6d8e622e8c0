"""The WebSocket of a page: an ASGI application that carries many topics over one connection."""

import asyncio
import logging
import secrets
from collections.abc import Mapping
from time import monotonic, perf_counter
from typing import Any

from django.utils import translation
from pydantic import ValidationError

from fairplatform.asgi_types import Application, Receive, Scope, Send
from fairplatform.errors import Refused
from fairplatform.observability.failures import is_database_unavailable, log_failure
from fairplatform.observability.sockets import count_command, log_closed, log_opened
from fairplatform.server import close_codes
from fairplatform.server.token_bucket import TokenBucket

from . import protocol
from .authentication import Authenticate, Identity
from .hub import HUB
from .registry import OPEN_SOCKETS
from .socket_limits import SOCKET_LIMITS
from .subscriptions import Subscriber
from .threads import read_in_thread
from .topics import CommandResult, Topic, known_type

logger = logging.getLogger(__name__)
RATE, BURST = 20.0, 60.0  # commands of one socket by the second, and saved up
MAX_QUEUED = 60  # commands that wait for those before them


class Socket(Subscriber):
    """One connection: authenticates it, and carries its commands out one after the other."""

    __slots__ = ("_worker", "bucket", "commands", "last_received")

    @classmethod
    def as_asgi(cls, *, topics: Mapping[str, type[Topic]], authenticate: Authenticate) -> Application:
        """The ASGI application. `topics`: the classes by the prefix of their topics' names."""

        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            await cls(scope, receive, send, topics).run(scope, authenticate)

        return application

    def __init__(self, scope: Scope, receive: Receive, send: Send, topics: Mapping[str, type[Topic]]) -> None:
        super().__init__(scope, receive, send, topics)
        self.socket_id = secrets.token_urlsafe(9)
        self.commands: list[str | None] = []
        self._worker: asyncio.Task[None] | None = None
        self.bucket = TokenBucket(RATE, BURST)
        self.last_received = monotonic()

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
        log_opened(self.socket_id, self.identity.actor.user.pk)
        counted = SOCKET_LIMITS.acquire(self.identity.counted_as, address)
        try:
            if counted is None:
                await self.close(close_codes.TOO_MANY)
            elif self.identity.expired:
                await self.close(close_codes.SIGN_IN)
            else:
                await self._serve()
        finally:
            SOCKET_LIMITS.release(counted or ())
            log_closed(self.code, since)

    async def _serve(self) -> None:
        # Registered before anything else: from now on its access may be revoked.
        OPEN_SOCKETS.add(self)
        try:
            await HUB.start()
            await self._read_commands()
        finally:
            try:
                if self._worker is not None:
                    await self._worker
            finally:
                self.closed = True
                OPEN_SOCKETS.discard(self)
                await self.drop_all()

    async def _read_commands(self) -> None:
        """Queues what arrives, so that a flood is noticed at once and not when its turn comes."""
        while (message := await self._receive())["type"] == "websocket.receive" and not self.closed:
            self.last_received = monotonic()
            if not self._is_within_limits():
                self.commands.clear()
                await self.close(close_codes.TOO_FAST)
                return
            self.commands.append(message.get("text"))
            if self._worker is None or self._worker.done():
                self._worker = asyncio.ensure_future(self._handle_all())
        if not self.closed:
            self.code = message.get("code") or close_codes.ABNORMAL

    def _is_within_limits(self) -> bool:
        now = self.last_received
        return self.bucket.take(now) and self.identity.bucket.take(now) and len(self.commands) < MAX_QUEUED

    async def _handle_all(self) -> None:
        """One command after the other, in the order of arrival. The language is set for this task alone."""
        translation.activate(self.identity.language)
        while self.commands:
            await self._handle(self.commands.pop(0))

    async def _handle(self, text: str | None) -> None:
        began = perf_counter()
        frame, ref = protocol.read_frame(text)
        type_name = known_type(frame)
        try:
            if frame is None:
                raise Refused("malformed")
            await self._dispatch(frame)
            result = "ok"
        except Refused as refused:
            result = await self._refuse(ref, refused)
        except ValidationError:
            result = await self._refuse(ref, Refused("malformed"))
        except Exception as failure:  # noqa: BLE001 — reported
            log_failure(logger, failure, "a command failed: %s", type_name)
            result = await self._refuse(ref, Refused("unavailable" if is_database_unavailable(failure) else "failed"))
        count_command(type_name, result, perf_counter() - began)

    async def _refuse(self, ref: int | None, refused: Refused) -> str:
        frame = protocol.RefusedFrame(
            ref=ref, code=refused.code, detail=refused.sentence, parameters=refused.parameters
        )
        await self.send_text(frame.model_dump_json(exclude_none=True))
        return refused.code

    async def _dispatch(self, frame: dict[str, Any]) -> None:
        type_name = frame.get("type")
        if not isinstance(type_name, str):
            raise Refused("malformed")
        if type_name == "heartbeat":
            protocol.Alive.model_validate(frame)
            return
        if type_name == "join":
            await self.join(protocol.Join.model_validate(frame))
            return
        if type_name == "leave":
            leave = protocol.Leave.model_validate(frame)
            await self.drop(self.topic_name(leave.topic))
            await self._acknowledge(leave, CommandResult[None]())
            return
        topic = self.topics.get(self.topic_name(str(frame.get("topic"))))
        if topic is None:
            raise Refused("not_joined")
        if type_name not in topic.commands:
            raise Refused("unknown_type")
        method, model = topic.commands[type_name]
        command = model.model_validate(frame)
        result = await getattr(topic, method)(command)
        await self._acknowledge(command, result or CommandResult[None]())

    async def _acknowledge(self, command: protocol.Command, result: CommandResult[Any]) -> None:
        reply = protocol.Ok(ref=command.ref, topic=command.topic, seq=result.seq, snapshot=result.snapshot)
        absent = {name for name in ("seq", "snapshot") if getattr(result, name) is None}
        await self.send_text(reply.model_dump_json(exclude=absent))


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
