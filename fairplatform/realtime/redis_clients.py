"""Redis clients, one set for each event loop, with few connections and short timeouts."""

import asyncio
from weakref import WeakKeyDictionary

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

MAX_CONNECTIONS = 20  # a command that needs one more waits for it
TIMEOUT = 1.0  # seconds to connect, to wait for a reply, and for a free connection
_clients: "WeakKeyDictionary[asyncio.AbstractEventLoop, dict[tuple[str, ...], Redis]]" = WeakKeyDictionary()


def client(url: str) -> Redis:
    """The running loop's client. Its commands raise RedisError or OSError, after TIMEOUT at the latest."""
    return _get_client(url)


def listening_client(url: str) -> Redis:
    """The same for subscriptions: a broken connection raises and is not reconnected.

    redis-py would reconnect at the next command; two tasks would then read from the new connection.
    """
    return _get_client(url, retry=Retry(NoBackoff(), 0, supported_errors=()))


def _get_client(url: str, **settings: Retry) -> Redis:
    clients = _clients.setdefault(asyncio.get_running_loop(), {})
    key = (url, *settings)
    if key not in clients:
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=MAX_CONNECTIONS,
            timeout=TIMEOUT,
            socket_timeout=TIMEOUT,
            socket_connect_timeout=TIMEOUT,
            **settings,
        )
        clients[key] = Redis(connection_pool=pool)
    return clients[key]
