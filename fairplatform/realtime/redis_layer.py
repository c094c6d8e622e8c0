"""Messages between processes by Redis' PUBLISH and SUBSCRIBE, which may be away and come back at any time.

Nothing here raises or waits for long because of Redis. What is sent while it is away is lost: subscribers read from the
database what they missed. Once it is back, every channel and group is subscribed to again.
"""

import asyncio
import json
import secrets
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from channels.layers import BaseChannelLayer
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from fairplatform.db.circuit_breaker import REDIS
from fairplatform.observability.duties import duty, keep_running
from fairplatform.observability.sockets import layer_failures

from .redis_clients import TIMEOUT, client, listening_client

AWAY = (RedisError, OSError, TimeoutError)
PING_AFTER = 5.0  # seconds without a message after which Redis is pinged
RETRY_AFTER = 0.5  # seconds
BATCH = 200  # messages in one write
Message = dict[str, Any]


class RedisConnection:
    """The channels, groups and waiting messages of one event loop, and the two tasks that send and receive."""

    def __init__(self, url: str, prefix: str, capacity: int) -> None:
        self.url, self.prefix = url, prefix
        self.channels: dict[str, asyncio.Queue[Message]] = {}
        self.groups: dict[str, set[str]] = {}
        self.waiting: deque[tuple[str, str]] = deque(maxlen=capacity)
        self._has_waiting = asyncio.Event()
        self._subscribed: dict[str, asyncio.Event] = {}  # by name; set: Redis has confirmed the subscription
        self._pubsub: PubSub | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def open_channel(self, channel: str) -> None:
        self.channels[channel] = asyncio.Queue()
        if not self._tasks:
            self._tasks = {
                asyncio.create_task(keep_running(name, loop))
                for name, loop in (("layer.send", self._send), ("layer.receive", self._receive))
            }

    def close_channel(self, channel: str) -> None:
        """Forgets a channel; without any, the tasks end."""
        self.channels.pop(channel, None)
        for members in self.groups.values():
            members.discard(channel)
        if not self.channels:
            for task in self._tasks:
                task.cancel()
            self._tasks.clear()

    def publish(self, name: str, message: Message) -> None:
        """Queues a message; when too many wait, the oldest are dropped."""
        self.waiting.append((f"{self.prefix}:{name}", json.dumps(message, ensure_ascii=False, separators=(",", ":"))))
        self._has_waiting.set()

    async def flush(self) -> None:
        """Sends what waits at once: for a command, whose event loop ends before a task could."""
        try:
            await self._write()
        except AWAY as failure:
            REDIS.failure(failure)
        await client(self.url).aclose(close_connection_pool=True)

    async def subscribe(self, name: str) -> None:
        """Returns once Redis has confirmed it, so that nothing sent later is missed; at once while Redis is away."""
        confirmed = self._subscribed.setdefault(name, asyncio.Event())
        if confirmed.is_set() or (self._pubsub is None and REDIS.is_open):
            return
        try:
            async with asyncio.timeout(TIMEOUT):
                if self._pubsub is not None:
                    await self._command(self._pubsub.subscribe, name)
                if not REDIS.is_open:
                    await confirmed.wait()
        except AWAY as failure:
            REDIS.failure(failure)

    async def unsubscribe(self, name: str) -> None:
        self._subscribed.pop(name, None)
        try:
            if self._pubsub is not None:
                async with asyncio.timeout(TIMEOUT):
                    await self._command(self._pubsub.unsubscribe, name)
        except AWAY as failure:
            REDIS.failure(failure)

    async def _command(self, command: Callable[[str], Awaitable[Any]], name: str) -> None:
        try:
            await command(f"{self.prefix}:{name}")
        except AttributeError as failure:
            # redis-py looked at its connection before it broke, and writes to it after.
            raise ConnectionError("the connection to Redis is gone") from failure

    async def _send(self) -> None:
        while not _is_cancelled():
            await self._has_waiting.wait()
            self._has_waiting.clear()
            try:
                while self.waiting:
                    await self._write()
                duty("layer.send").succeeded()
            except AWAY as failure:
                REDIS.failure(failure)
                layer_failures.inc()
                self.waiting.clear()
                await asyncio.sleep(RETRY_AFTER)

    async def _write(self) -> None:
        """One pipeline at a time, so that the order is kept."""
        async with asyncio.timeout(2 * TIMEOUT), client(self.url).pipeline(transaction=False) as pipe:
            for _ in range(min(BATCH, len(self.waiting))):
                pipe.publish(*self.waiting.popleft())
            await pipe.execute()
        REDIS.success()

    async def _receive(self) -> None:
        while not _is_cancelled():
            try:
                async with listening_client(self.url).pubsub() as pubsub:
                    for confirmed in self._subscribed.values():
                        confirmed.clear()
                    requested: set[str] = set()
                    # Groups may be added while this runs: until `_pubsub` is set, `subscribe` sends no command itself.
                    while missing := {*self.channels, *self.groups} - requested:
                        await pubsub.subscribe(*(f"{self.prefix}:{name}" for name in missing))
                        requested |= missing
                    self._pubsub = pubsub
                    REDIS.success()
                    while not _is_cancelled():
                        self._dispatch(await self._next(pubsub))
                        duty("layer.receive").succeeded()
            except AWAY as failure:
                REDIS.failure(failure)
            finally:
                self._pubsub = None
            await asyncio.sleep(RETRY_AFTER)

    @staticmethod
    async def _next(pubsub: PubSub) -> Any:
        """The next message or confirmation; pings Redis when none has come for a while."""
        if (message := await pubsub.get_message(timeout=PING_AFTER)) is None:
            await pubsub.ping()
            message = await pubsub.get_message(timeout=2 * TIMEOUT)
        if message is None:
            raise TimeoutError("no reply to a ping")
        return message

    def _dispatch(self, received: dict[str, Any]) -> None:
        name = (received["channel"] or b"").decode().removeprefix(f"{self.prefix}:")
        if received["type"] == "subscribe" and name in self._subscribed:
            self._subscribed[name].set()
        elif received["type"] == "message":
            message = json.loads(received["data"])
            for channel in [name] if name in self.channels else self.groups.get(name, ()):
                self.channels[channel].put_nowait(message)


def _is_cancelled() -> bool:
    """Whether this task was cancelled: redis-py may swallow a CancelledError that comes together with a reply."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


class RedisLayer(BaseChannelLayer):
    """What the hub and the readiness check use of Channels' layer interface, and no more.

    Channels and groups; messages of JSON values, delivered at most once. A group reaches the channels of this process
    and of others. There are no capacity errors, no expiry and no flush, and the names are not validated: it is
    no layer for consumers of Channels.
    """

    extensions = ["groups"]

    def __init__(self, url: str, capacity: int = 10_000) -> None:
        super().__init__(capacity=capacity)  # type: ignore[no-untyped-call]
        # PUBLISH ignores the number of the database, so it is part of the names.
        self.url, self.prefix = url, "fair" + urlsplit(url).path.replace("/", ".")
        self._connections: WeakKeyDictionary[asyncio.AbstractEventLoop, RedisConnection] = WeakKeyDictionary()

    @property
    def _connection(self) -> RedisConnection:
        loop = asyncio.get_running_loop()
        if loop not in self._connections:
            self._connections[loop] = RedisConnection(self.url, self.prefix, self.capacity)
        return self._connections[loop]

    async def new_channel(self, prefix: str = "specific") -> str:
        channel = f"{prefix}.{secrets.token_hex(12)}"
        self._connection.open_channel(channel)
        await self._connection.subscribe(channel)
        return channel

    async def receive(self, channel: str) -> Message:
        """The next message. Cancelling it closes the channel."""
        try:
            return await self._connection.channels[channel].get()
        except asyncio.CancelledError:
            self._connection.close_channel(channel)
            raise

    async def send(self, channel: str, message: Message) -> None:
        self._connection.publish(channel, message)

    async def group_add(self, group: str, channel: str) -> None:
        self._connection.groups.setdefault(group, set()).add(channel)
        await self._connection.subscribe(group)

    async def group_discard(self, group: str, channel: str) -> None:
        members = self._connection.groups.get(group, set())
        members.discard(channel)
        if not members and self._connection.groups.pop(group, None) is not None:
            await self._connection.unsubscribe(group)

    async def group_send(self, group: str, message: Message) -> None:
        self._connection.publish(group, message)
        if not self._connection.channels:
            await self._connection.flush()
