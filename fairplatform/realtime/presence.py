"""Who is on which topic now. An entry lives a minute unless it is refreshed, so a lost process leaves no ghosts."""

import time
from collections import defaultdict
from typing import Any, Protocol

from django.conf import settings
from redis.exceptions import RedisError

from fairplatform.outage import REDIS

from .redis_clients import client

LIFETIME = 60.0
REFRESH = 25.0


class Presence(Protocol):
    async def enter(self, topic: str, person: int, connection: str) -> None: ...
    async def leave(self, topic: str, person: int, connection: str) -> None: ...
    async def here(self, topic: str) -> set[int]: ...


class MemoryPresence:
    """For one process."""

    def __init__(self) -> None:
        self.until: dict[str, dict[tuple[int, str], float]] = defaultdict(dict)

    async def enter(self, topic: str, person: int, connection: str) -> None:
        self.until[topic][person, connection] = time.monotonic() + LIFETIME

    async def leave(self, topic: str, person: int, connection: str) -> None:
        self.until[topic].pop((person, connection), None)
        if not self.until[topic]:
            del self.until[topic]

    async def here(self, topic: str) -> set[int]:
        now = time.monotonic()
        return {person for (person, _), until in self.until.get(topic, {}).items() if until > now}


# The time is Redis' own: the clocks of the processes may differ, or step.
ENTER = """
local now = tonumber(redis.call('TIME')[1])
for place = 2, #ARGV do redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[place]) end
redis.call('EXPIRE', KEYS[1], 2 * ARGV[1])
"""
HERE = "return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. redis.call('TIME')[1], '+inf')"


class RedisPresence:
    """For several processes: one sorted set per topic, scored by the end of each entry's life.

    While Redis is away a process knows of its own people; once it is back, they are entered again.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._own = MemoryPresence()
        self._is_behind = False  # whether Redis misses some of our own

    async def enter(self, topic: str, person: int, connection: str) -> None:
        await self._own.enter(topic, person, connection)
        await self._ask(ENTER, topic, LIFETIME, _entry(person, connection))

    async def leave(self, topic: str, person: int, connection: str) -> None:
        await self._own.leave(topic, person, connection)
        await self._ask("redis.call('ZREM', KEYS[1], ARGV[1])", topic, _entry(person, connection))

    async def here(self, topic: str) -> set[int]:
        entries = await self._ask(HERE, topic)
        if entries is None:
            return await self._own.here(topic)
        return {int(entry.split(b" ")[0]) for entry in entries}

    async def _ask(self, script: str, topic: str, *arguments: Any) -> Any:
        """What the script answers; None, and `_is_behind`, while Redis is away."""
        if not REDIS.may_try():
            self._is_behind = True
            return None
        try:
            if self._is_behind:
                await self._catch_up()
            answer = await client(self._url).eval(script, 1, f"presence:{topic}", *arguments)
        except (RedisError, OSError) as failure:
            self._is_behind = True
            REDIS.began(failure)
            return None
        REDIS.over()
        return answer

    async def _catch_up(self) -> None:
        async with client(self._url).pipeline(transaction=False) as pipe:
            for topic, entries in self._own.until.items():
                pipe.eval(ENTER, 1, f"presence:{topic}", LIFETIME, *(_entry(*entry) for entry in entries))
            await pipe.execute()
        self._is_behind = False


def _entry(person: int, connection: str) -> str:
    return f"{person} {connection}"


def presence_store() -> Presence:
    return RedisPresence(settings.REDIS_URL) if settings.REDIS_URL else MemoryPresence()
