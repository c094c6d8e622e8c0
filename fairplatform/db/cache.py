"""The cache in Redis, which nobody needs: while it is away reads find nothing and writes are dropped."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

from fairplatform.db.circuit_breaker import REDIS


def _tolerant(method: Callable[..., Any], instead: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def ask(client: RedisCacheClient, *arguments: Any, **named: Any) -> Any:
        if not REDIS.allow():
            return instead(*arguments, **named)
        try:
            answer = method(client, *arguments, **named)
        except (RedisError, OSError) as failure:
            REDIS.failure(failure)
            return instead(*arguments, **named)
        REDIS.success()
        return answer

    return ask


def _no_such_key(key: str, *_: Any, **__: Any) -> int:
    raise ValueError(f"Key '{key}' not found.")


def _nothing(*_: Any, **__: Any) -> None:
    """Dropped."""


class TolerantClient(RedisCacheClient):
    """Each operation of Django's client, and what it answers while Redis is away: as an empty cache would."""

    get = _tolerant(RedisCacheClient.get, lambda key, default, *_, **__: default)
    get_many = _tolerant(RedisCacheClient.get_many, lambda *_, **__: {})
    has_key = _tolerant(RedisCacheClient.has_key, lambda *_, **__: False)
    add = _tolerant(RedisCacheClient.add, lambda *_, **__: True)
    touch = _tolerant(RedisCacheClient.touch, lambda *_, **__: False)
    delete = _tolerant(RedisCacheClient.delete, lambda *_, **__: False)
    clear = _tolerant(RedisCacheClient.clear, lambda *_, **__: False)
    incr = _tolerant(RedisCacheClient.incr, _no_such_key)
    set = _tolerant(RedisCacheClient.set, _nothing)
    set_many = _tolerant(RedisCacheClient.set_many, _nothing)
    delete_many = _tolerant(RedisCacheClient.delete_many, _nothing)


class TolerantRedisCache(RedisCache):
    """Django's cache in Redis, on the tolerant client."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = TolerantClient
