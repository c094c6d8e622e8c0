"""What the run stands on. `STACK` says which: `embedded`, SQLite and nothing else, or `scaled`, PostgreSQL and Redis.

The scaled run has one PostgreSQL and one Redis. The process that people start starts them too; the workers of
pytest-xdist find their ports in the environment. Every test run, worker and server has databases of its own in them.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from .databases import Databases
from .postgres_server import running_postgres
from .redis_server import RedisDatabases, running_redis

_PORTS = "STACK_PORTS"


@dataclass(frozen=True)
class Stack:
    """Where a program finds databases of its own: a new one each time it is asked."""

    postgres: Databases
    redis: RedisDatabases

    def settings(self, database: str) -> dict[str, str]:
        """What the environment says to a program that shall have this database and nothing of anybody else's."""
        return {"DATABASE_URL": database, "REDIS_URL": self.redis.empty()}


def stack() -> Stack | None:
    """The stack of this run, None when it is embedded."""
    if _PORTS not in os.environ:
        return None
    postgres, redis = map(int, os.environ[_PORTS].split())
    return Stack(Databases(postgres), RedisDatabases(redis))


@contextmanager
def started() -> Iterator[None]:
    """The run's servers run. What they keep is gone with them, so they need not write it to the disk."""
    # Most rows of tests are never committed: whoever counts them in between takes the tables for empty.
    hasty = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}
    with running_postgres(**hasty) as postgres, running_redis() as redis:
        os.environ[_PORTS] = f"{postgres.port} {redis.port}"
        yield
