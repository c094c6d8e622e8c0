"""Redis for one event loop: few connections, and no long waits."""

import asyncio
from weakref import WeakKeyDictionary

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

MOST = 20  # connections; what needs one more waits for it
PATIENCE = 1.0  # seconds for connecting, for an answer, for a connection
_clients: "WeakKeyDictionary[asyncio.AbstractEventLoop, dict[tuple[str, ...], Redis]]" = WeakKeyDictionary()


def client(url: str) -> Redis:
    """The running loop's client. It raises RedisError, or OSError, at once or after PATIENCE."""
    return _kept(url)


def listening_client(url: str) -> Redis:
    """The same for subscriptions: a line that breaks stays broken.

    By default whoever writes to it next would make it again, beside the one who listens, and both would read from it.
    """
    return _kept(url, retry=Retry(NoBackoff(), 0, supported_errors=()))


def _kept(url: str, **settings: Retry) -> Redis:
    of_loop = _clients.setdefault(asyncio.get_running_loop(), {})
    key = (url, *settings)
    if key not in of_loop:
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=MOST,
            timeout=PATIENCE,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            **settings,
        )
        of_loop[key] = Redis(connection_pool=pool)
    return of_loop[key]
