"""Which people are on which topic now. An entry expires unless it is renewed, so that none outlives its process."""

import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Protocol

from django.conf import settings
from redis.exceptions import RedisError

from fairplatform.db.circuit_breaker import REDIS

from .redis_clients import client

LIFETIME: int = settings.PRESENCE_SECONDS
REFRESH = LIFETIME / 2.4


class Presence(Protocol):
    async def enter(self, topic: str, person: int, socket_id: str) -> None: ...
    async def leave(self, topic: str, person: int, socket_id: str) -> None: ...
    async def here(self, topic: str) -> set[int]: ...
    async def here_all(self, topics: Sequence[str]) -> dict[str, set[int]]: ...


class MemoryPresence:
    """Presence of a fair that is one process."""

    def __init__(self) -> None:
        self.until: dict[str, dict[tuple[int, str], float]] = defaultdict(dict)

    async def enter(self, topic: str, person: int, socket_id: str) -> None:
        self.until[topic][person, socket_id] = time.monotonic() + LIFETIME

    async def leave(self, topic: str, person: int, socket_id: str) -> None:
        self.until[topic].pop((person, socket_id), None)
        if not self.until[topic]:
            del self.until[topic]

    async def here(self, topic: str) -> set[int]:
        now = time.monotonic()
        return {person for (person, _), until in self.until.get(topic, {}).items() if until > now}

    async def here_all(self, topics: Sequence[str]) -> dict[str, set[int]]:
        """The people on each of these topics; those with nobody may be left out."""
        return {topic: await self.here(topic) for topic in topics if topic in self.until}


# By Redis' clock: the clocks of the processes may differ, or be set.
ENTER = """
local now = tonumber(redis.call('TIME')[1])
for i = 2, #ARGV do redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[i]) end
redis.call('EXPIRE', KEYS[1], 2 * ARGV[1])
"""
HERE = """
local now, entries = redis.call('TIME')[1], {}
for i, topic in ipairs(KEYS) do entries[i] = redis.call('ZRANGEBYSCORE', topic, '(' .. now, '+inf') end
return entries
"""


class RedisPresence:
    """Presence of several processes: a sorted set per topic, its members scored by when they expire.

    While Redis is away a process knows its own people only; once it is back, they are entered again.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._own = MemoryPresence()
        self._is_behind = False  # whether Redis lacks some of this process's entries

    async def enter(self, topic: str, person: int, socket_id: str) -> None:
        await self._own.enter(topic, person, socket_id)
        await self._run(ENTER, [topic], LIFETIME, _entry(person, socket_id))

    async def leave(self, topic: str, person: int, socket_id: str) -> None:
        await self._own.leave(topic, person, socket_id)
        await self._run("redis.call('ZREM', KEYS[1], ARGV[1])", [topic], _entry(person, socket_id))

    async def here(self, topic: str) -> set[int]:
        entries = await self._run(HERE, [topic])
        return await self._own.here(topic) if entries is None else _people(entries[0])

    async def here_all(self, topics: Sequence[str]) -> dict[str, set[int]]:
        """In one round trip, since a list of booths and the control room have many topics."""
        by_topic = await self._run(HERE, topics) if topics else []
        if by_topic is None:
            return await self._own.here_all(topics)
        return {topic: _people(entries) for topic, entries in zip(topics, by_topic, strict=True)}

    async def _run(self, script: str, topics: Sequence[str], *arguments: Any) -> Any:
        """The script's result; None while Redis is away, and `_is_behind` is set."""
        if not REDIS.allow():
            self._is_behind = True
            return None
        try:
            if self._is_behind:
                await self._catch_up()
            keys = [f"presence:{topic}" for topic in topics]
            result = await client(self._url).eval(script, len(keys), *keys, *arguments)
        except (RedisError, OSError) as failure:
            self._is_behind = True
            REDIS.failure(failure)
            return None
        REDIS.success()
        return result

    async def _catch_up(self) -> None:
        async with client(self._url).pipeline(transaction=False) as pipe:
            for topic, entries in self._own.until.items():
                pipe.eval(ENTER, 1, f"presence:{topic}", LIFETIME, *(_entry(*entry) for entry in entries))
            await pipe.execute()
        self._is_behind = False


def _people(entries: list[bytes]) -> set[int]:
    return {int(entry.split(b" ")[0]) for entry in entries}


def _entry(person: int, socket_id: str) -> str:
    return f"{person} {socket_id}"


def presence_store() -> Presence:
    return RedisPresence(settings.REDIS_URL) if settings.REDIS_URL else MemoryPresence()
