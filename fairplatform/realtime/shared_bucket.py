"""How fast a socket and a person may send."""

import asyncio
from time import monotonic

from django.conf import settings
from redis.exceptions import RedisError

from fairplatform.server.token_bucket import TokenBucket

from .redis_clients import client


class SharedBucket(TokenBucket):
    """One bucket for several processes, kept in Redis under `name`.

    Each process spends from what it last knew and pays in portions, so that one message in PORTION asks Redis, and
    none waits for it. All processes together let through at most a portion each beyond rate and size. While Redis is
    away, each goes on with what it knows, which is a bucket of its own.
    """

    PORTION = 16
    PATIENCE = 1.0

    def __init__(self, name: str, rate: float, size: float) -> None:
        super().__init__(rate, size)
        self.name = f"limit:{name}"
        self.owed = 0
        self._rests_until = 0.0
        self._paying: asyncio.Task[None] | None = None
        self._is_known = False

    def take(self, now: float) -> bool:
        taken = super().take(now)
        self.owed += taken
        is_due = self.owed >= self.PORTION or not self._is_known
        if is_due and self._paying is None and now >= self._rests_until:
            self._paying = asyncio.get_running_loop().create_task(self._pay())
        return taken

    async def _pay(self) -> None:
        portion, self.owed = self.owed, 0
        try:
            left = await _spend(self.name, self.rate, self.size, portion)
        except (RedisError, OSError):
            self.owed += portion
            self._rests_until = monotonic() + self.PATIENCE
        else:
            self.tokens, self.at, self._is_known = left - self.owed, monotonic(), True
        finally:
            self._paying = None


# By Redis's own clock, so that the processes' clocks need not agree. A bucket nobody spends from is full and forgotten.
_SPEND = """
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local rate, size, spent = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = size
if kept[1] then
    tokens = math.min(size, kept[1] + math.max(0, now - kept[2]) * rate)
end
tokens = tokens - spent
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], math.ceil((size - tokens) / rate) + 1)
return tostring(tokens)
"""


async def _spend(name: str, rate: float, size: float, spent: int) -> float:
    """Takes `spent` tokens out of the common bucket, even more than are in it; returns what is left."""
    return float(await client(settings.REDIS_URL).eval(_SPEND, 1, name, rate, size, spent))
