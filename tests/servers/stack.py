"""The stack of a test run, by the variable STACK: `embedded` (SQLite alone) or `scaled` (PostgreSQL and Redis).

A scaled run has one PostgreSQL and one Redis, started by the main process; the workers of pytest-xdist read their
ports from the environment. Every run, worker and server has its own databases in them.
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
    """The servers of a scaled run, which give each program databases of its own."""

    postgres: Databases
    redis: RedisDatabases

    def settings(self, database: str) -> dict[str, str]:
        """The settings of a program on this database and a Redis database of its own."""
        return {"DATABASE_URL": database, "REDIS_URL": self.redis.empty()}


def stack() -> Stack | None:
    """The stack of this run, None if it is embedded."""
    if _PORTS not in os.environ:
        return None
    postgres, redis = map(int, os.environ[_PORTS].split())
    return Stack(Databases(postgres), RedisDatabases(redis))


@contextmanager
def running_stack() -> Iterator[None]:
    """Starts the servers of the run; their data are not kept, so they need not be durable."""
    # Without autovacuum: most rows of tests are never committed, so its statistics would say that tables are empty.
    fast = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}
    with running_postgres(**fast) as postgres, running_redis() as redis:
        os.environ[_PORTS] = f"{postgres.port} {redis.port}"
        yield
