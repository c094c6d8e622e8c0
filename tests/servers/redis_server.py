"""A Redis for tests, on its own port and folder, without persistence."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis

from .programs import Program, free_port

DATABASES = 10_000


@dataclass
class RedisDatabases:
    """The numbered databases of a running Redis on 127.0.0.1."""

    port: int

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def empty(self) -> str:
        """The URL of a database that no other caller was given."""
        with redis.Redis(port=self.port) as client:
            return f"redis://127.0.0.1:{self.port}/{client.incr('databases given')}"


@dataclass
class RedisServer(RedisDatabases):
    """A redis-server that a test may `stop` and `start`; its address stays the same."""

    program: Program

    def _answers(self) -> bool:
        try:
            with redis.Redis(port=self.port, socket_timeout=1) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def start(self) -> None:
        self.program.start(ready=self._answers)

    def stop(self) -> None:
        self.program.stop()


@contextmanager
def running_redis() -> Iterator[RedisServer]:
    """An empty Redis, removed at the end."""
    folder, port = Path(tempfile.mkdtemp(prefix="fairplatform-redis-")), free_port()
    settings = {
        "port": port,
        "bind": "127.0.0.1",
        "dir": folder,
        "save": "",
        "appendonly": "no",
        "databases": DATABASES,
    }
    options = [word for name, value in settings.items() for word in (f"--{name}", str(value))]
    server = RedisServer(port, Program([shutil.which("redis-server") or "redis-server", *options], folder / "log"))
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """A Redis that tests may stop and kill; those that share it use their own keys or flush it."""
    with running_redis() as server:
        yield server
