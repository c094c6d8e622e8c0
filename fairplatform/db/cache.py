"""Django's cache in Redis, which may be away: reads then find nothing, and writes are dropped."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

from fairplatform.db.circuit_breaker import REDIS


def _tolerant(method: Callable[..., Any], fallback: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def call(client: RedisCacheClient, *arguments: Any, **named: Any) -> Any:
        if not REDIS.allow():
            return fallback(*arguments, **named)
        try:
            result = method(client, *arguments, **named)
        except (RedisError, OSError) as failure:
            REDIS.failure(failure)
            return fallback(*arguments, **named)
        REDIS.success()
        return result

    return call


def _no_such_key(key: str, *_: Any, **__: Any) -> int:
    raise ValueError(f"Key '{key}' not found.")


def _drop(*_: Any, **__: Any) -> None:
    """The fallback of writes."""


class TolerantClient(RedisCacheClient):
    """Django's client; while Redis is away, each operation returns what it would with an empty cache."""

    get = _tolerant(RedisCacheClient.get, lambda key, default, *_, **__: default)
    get_many = _tolerant(RedisCacheClient.get_many, lambda *_, **__: {})
    has_key = _tolerant(RedisCacheClient.has_key, lambda *_, **__: False)
    add = _tolerant(RedisCacheClient.add, lambda *_, **__: True)
    touch = _tolerant(RedisCacheClient.touch, lambda *_, **__: False)
    delete = _tolerant(RedisCacheClient.delete, lambda *_, **__: False)
    clear = _tolerant(RedisCacheClient.clear, lambda *_, **__: False)
    incr = _tolerant(RedisCacheClient.incr, _no_such_key)
    set = _tolerant(RedisCacheClient.set, _drop)
    set_many = _tolerant(RedisCacheClient.set_many, _drop)
    delete_many = _tolerant(RedisCacheClient.delete_many, _drop)


class TolerantRedisCache(RedisCache):
    """Django's cache in Redis, on the tolerant client."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = TolerantClient
