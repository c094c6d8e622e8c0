"""A limit that several processes share: how fast one person may send over all their sockets."""

import asyncio
from time import monotonic

from django.conf import settings
from redis.exceptions import RedisError

from fairplatform.server.token_bucket import TokenBucket

from .redis_clients import client


class SharedBucket(TokenBucket):
    """A token bucket in Redis under `name`, of which each process has a copy.

    Tokens are taken from the copy; every PORTION tokens, the sum is taken from Redis and the copy is set to what is
    left there. So no message waits for Redis, and the processes together let through at most a portion each beyond rate
    and size. While Redis is away, each process goes on with its copy. (A counter by INCR and EXPIRE would be shorter,
    but could not allow a burst of `size` above `rate`.)
    """

    PORTION = 16
    RETRY_AFTER = 1.0  # seconds

    def __init__(self, name: str, rate: float, size: float) -> None:
        super().__init__(rate, size)
        self.name = f"limit:{name}"
        self.unsynced = 0
        self._retry_at = 0.0
        self._sync_task: asyncio.Task[None] | None = None
        self._is_synced = False

    def take(self, now: float, count: int = 1) -> bool:
        taken = super().take(now, count)
        self.unsynced += count if taken else 0
        is_due = self.unsynced >= self.PORTION or not self._is_synced
        if is_due and self._sync_task is None and now >= self._retry_at:
            self._sync_task = asyncio.get_running_loop().create_task(self._sync())
        return taken

    async def _sync(self) -> None:
        portion, self.unsynced = self.unsynced, 0
        try:
            left = await _spend(self.name, self.rate, self.size, portion)
        except (RedisError, OSError):
            self.unsynced += portion
            self._retry_at = monotonic() + self.RETRY_AFTER
        else:
            self.tokens, self.at, self._is_synced = left - self.unsynced, monotonic(), True
        finally:
            self._sync_task = None


# By Redis' clock: the clocks of the processes may differ. A bucket that has filled up again expires.
_SPEND = """
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local rate, size, spent = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local stored = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = size
if stored[1] then
    tokens = math.min(size, stored[1] + math.max(0, now - stored[2]) * rate)
end
tokens = tokens - spent
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], math.ceil((size - tokens) / rate) + 1)
return tostring(tokens)
"""


async def _spend(name: str, rate: float, size: float, spent: int) -> float:
    """Takes tokens from the bucket in Redis, below zero if need be; returns how many are left."""
    return float(await client(settings.REDIS_URL).eval(_SPEND, 1, name, rate, size, spent))
