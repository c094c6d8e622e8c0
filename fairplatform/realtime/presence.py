"""Who is on which topic now. An entry lives a minute unless it is refreshed, so a lost process leaves no ghosts."""

import time
from collections import defaultdict
from typing import Protocol

from django.conf import settings

LIFETIME = 60.0
REFRESH = 25.0


class Presence(Protocol):
    async def enter(self, topic: str, person: int, connection: str) -> None: ...
    async def leave(self, topic: str, person: int, connection: str) -> None: ...
    async def here(self, topic: str) -> set[int]: ...


class MemoryPresence:
    """For one process."""

    def __init__(self) -> None:
        self._until: dict[str, dict[tuple[int, str], float]] = defaultdict(dict)

    async def enter(self, topic: str, person: int, connection: str) -> None:
        self._until[topic][person, connection] = time.monotonic() + LIFETIME

    async def leave(self, topic: str, person: int, connection: str) -> None:
        self._until[topic].pop((person, connection), None)
        if not self._until[topic]:
            del self._until[topic]

    async def here(self, topic: str) -> set[int]:
        now = time.monotonic()
        return {person for (person, _), until in self._until.get(topic, {}).items() if until > now}


class RedisPresence:
    """For several processes: one sorted set per topic, scored by the end of each entry's life."""

    def __init__(self, url: str) -> None:
        from redis.asyncio import Redis

        self._redis = Redis.from_url(url, decode_responses=True)

    async def enter(self, topic: str, person: int, connection: str) -> None:
        async with self._redis.pipeline() as pipe:
            pipe.zadd(f"presence:{topic}", {f"{person} {connection}": time.time() + LIFETIME})
            pipe.expire(f"presence:{topic}", int(LIFETIME * 2))
            await pipe.execute()

    async def leave(self, topic: str, person: int, connection: str) -> None:
        await self._redis.zrem(f"presence:{topic}", f"{person} {connection}")

    async def here(self, topic: str) -> set[int]:
        entries = await self._redis.zrangebyscore(f"presence:{topic}", time.time(), "+inf")
        return {int(str(entry).split(" ")[0]) for entry in entries}


def presence_store() -> Presence:
    return RedisPresence(settings.REDIS_URL) if settings.REDIS_URL else MemoryPresence()
