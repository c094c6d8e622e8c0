"""Redis for one event loop: few connections, and no long waits."""

import asyncio
from weakref import WeakKeyDictionary

from redis.asyncio import BlockingConnectionPool, Redis

MOST = 20  # connections; what needs one more waits for it
PATIENCE = 1.0  # seconds for connecting, for an answer, for a connection
_clients: "WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, Redis]]" = WeakKeyDictionary()


def client(url: str) -> Redis:
    """The running loop's client. It raises RedisError, or OSError, at once or after PATIENCE."""
    of_loop = _clients.setdefault(asyncio.get_running_loop(), {})
    if url not in of_loop:
        pool = BlockingConnectionPool.from_url(
            url, max_connections=MOST, timeout=PATIENCE, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        )
        of_loop[url] = Redis(connection_pool=pool)
    return of_loop[url]
