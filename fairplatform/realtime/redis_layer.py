"""The channel layer between processes: Redis' publish and subscribe, which may be away and come back at any time.

Nothing here raises or waits for long because of Redis. What is sent while it is away is lost: the layer only wakes.
Once it is back, every group is subscribed to again.
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

from .redis_clients import PATIENCE, client, listening_client

AWAY = (RedisError, OSError, TimeoutError)
SILENCE = 5.0  # seconds without a word after which Redis is asked whether it is there
PAUSE = 0.5  # seconds before the next try
AT_ONCE = 200  # messages in one write
Message = dict[str, Any]


class Line:
    """What one event loop sends and hears."""

    def __init__(self, url: str, prefix: str, capacity: int) -> None:
        self.url, self.prefix = url, prefix
        self.channels: dict[str, asyncio.Queue[Message]] = {}
        self.groups: dict[str, set[str]] = {}
        self.outgoing: deque[tuple[str, str]] = deque(maxlen=capacity)
        self._stirred = asyncio.Event()
        self._heard: dict[str, asyncio.Event] = {}  # set: Redis has confirmed the subscription
        self._pubsub: PubSub | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def open(self, channel: str) -> None:
        self.channels[channel] = asyncio.Queue()
        if not self._tasks:
            self._tasks = {
                asyncio.create_task(keep_running(name, loop))
                for name, loop in (("layer.speak", self._speak), ("layer.hear", self._hear))
            }

    def close(self, channel: str) -> None:
        """Forgets a channel; the last one ends the line."""
        self.channels.pop(channel, None)
        for members in self.groups.values():
            members.discard(channel)
        if not self.channels:
            for task in self._tasks:
                task.cancel()
            self._tasks.clear()

    def say(self, name: str, message: Message) -> None:
        """The oldest of too many that wait are dropped."""
        self.outgoing.append((f"{self.prefix}:{name}", json.dumps(message, ensure_ascii=False, separators=(",", ":"))))
        self._stirred.set()

    async def say_now(self) -> None:
        """For a command, which ends before a task could speak for it."""
        try:
            await self._write()
        except AWAY as failure:
            REDIS.failure(failure)
        await client(self.url).aclose(close_connection_pool=True)

    async def subscribe(self, name: str) -> None:
        """Returns when Redis has confirmed it, so that nothing sent from now on is missed; or while it is away."""
        heard = self._heard.setdefault(name, asyncio.Event())
        if heard.is_set() or (self._pubsub is None and REDIS.is_open):
            return
        try:
            async with asyncio.timeout(PATIENCE):
                if self._pubsub is not None:
                    await self._ask(self._pubsub.subscribe, name)
                if not REDIS.is_open:
                    await heard.wait()
        except AWAY as failure:
            REDIS.failure(failure)

    async def unsubscribe(self, name: str) -> None:
        self._heard.pop(name, None)
        try:
            if self._pubsub is not None:
                async with asyncio.timeout(PATIENCE):
                    await self._ask(self._pubsub.unsubscribe, name)
        except AWAY as failure:
            REDIS.failure(failure)

    async def _ask(self, command: Callable[[str], Awaitable[Any]], name: str) -> None:
        try:
            await command(f"{self.prefix}:{name}")
        except AttributeError as failure:
            # The line broke between the client's look at it and its writing.
            raise ConnectionError("the line to Redis is gone") from failure

    async def _speak(self) -> None:
        while not _is_cancelled():
            await self._stirred.wait()
            self._stirred.clear()
            try:
                while self.outgoing:
                    await self._write()
                duty("layer.speak").succeeded()
            except AWAY as failure:
                REDIS.failure(failure)
                layer_failures.inc()
                self.outgoing.clear()
                await asyncio.sleep(PAUSE)

    async def _write(self) -> None:
        """In one connection and one go, so that the order stays."""
        async with asyncio.timeout(2 * PATIENCE), client(self.url).pipeline(transaction=False) as pipe:
            for _ in range(min(AT_ONCE, len(self.outgoing))):
                pipe.publish(*self.outgoing.popleft())
            await pipe.execute()
        REDIS.success()

    async def _hear(self) -> None:
        while not _is_cancelled():
            try:
                async with listening_client(self.url).pubsub() as pubsub:
                    for heard in self._heard.values():
                        heard.clear()
                    asked: set[str] = set()
                    # Somebody may join a group while Redis is greeted: until `_pubsub` is here, they ask nobody.
                    while missing := {*self.channels, *self.groups} - asked:
                        await pubsub.subscribe(*(f"{self.prefix}:{name}" for name in missing))
                        asked |= missing
                    self._pubsub = pubsub
                    REDIS.success()
                    while not _is_cancelled():
                        self._take(await self._next(pubsub))
                        duty("layer.hear").succeeded()
            except AWAY as failure:
                REDIS.failure(failure)
            finally:
                self._pubsub = None
            await asyncio.sleep(PAUSE)

    @staticmethod
    async def _next(pubsub: PubSub) -> Any:
        """The next word of Redis, which is asked for one when it has been silent."""
        if (word := await pubsub.get_message(timeout=SILENCE)) is None:
            await pubsub.ping()
            word = await pubsub.get_message(timeout=2 * PATIENCE)
        if word is None:
            raise TimeoutError("no answer to a ping")
        return word

    def _take(self, word: dict[str, Any]) -> None:
        name = (word["channel"] or b"").decode().removeprefix(f"{self.prefix}:")
        if word["type"] == "subscribe" and name in self._heard:
            self._heard[name].set()
        elif word["type"] == "message":
            message = json.loads(word["data"])
            for channel in [name] if name in self.channels else self.groups.get(name, ()):
                self.channels[channel].put_nowait(message)


def _is_cancelled() -> bool:
    """Whether this task was asked to end. The client of Redis may swallow the request when an answer comes with it."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


class RedisLayer(BaseChannelLayer):
    """Channels' interface to it. Messages are what JSON can say; delivery is at most once."""

    extensions = ["groups"]

    def __init__(self, url: str, capacity: int = 10_000) -> None:
        super().__init__(capacity=capacity)  # type: ignore[no-untyped-call]
        # Publishing knows no numbered databases: the number goes into the names.
        self.url, self.prefix = url, "fair" + urlsplit(url).path.replace("/", ".")
        self._lines: WeakKeyDictionary[asyncio.AbstractEventLoop, Line] = WeakKeyDictionary()

    @property
    def _line(self) -> Line:
        loop = asyncio.get_running_loop()
        if loop not in self._lines:
            self._lines[loop] = Line(self.url, self.prefix, self.capacity)
        return self._lines[loop]

    async def new_channel(self, prefix: str = "specific") -> str:
        channel = f"{prefix}.{secrets.token_hex(12)}"
        self._line.open(channel)
        await self._line.subscribe(channel)
        return channel

    async def receive(self, channel: str) -> Message:
        """The next message; a receiver that is cancelled has left, and its channel with it."""
        try:
            return await self._line.channels[channel].get()
        except asyncio.CancelledError:
            self._line.close(channel)
            raise

    async def send(self, channel: str, message: Message) -> None:
        self._line.say(channel, message)

    async def group_add(self, group: str, channel: str) -> None:
        self._line.groups.setdefault(group, set()).add(channel)
        await self._line.subscribe(group)

    async def group_discard(self, group: str, channel: str) -> None:
        members = self._line.groups.get(group, set())
        members.discard(channel)
        if not members and self._line.groups.pop(group, None) is not None:
            await self._line.unsubscribe(group)

    async def group_send(self, group: str, message: Message) -> None:
        self._line.say(group, message)
        if not self._line.channels:
            await self._line.say_now()
