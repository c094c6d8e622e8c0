"""A Redis of the tests' own: own port, own folder, nothing kept."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis

from .programs import Program, free_port


@dataclass
class RedisServer:
    """A running redis-server; `stop` and `start` may be called in the middle of a test and keep the address."""

    program: Program
    port: int

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

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


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """One Redis for the whole run; tests that share it use their own keys or flush it."""
    folder: Path = tmp_path_factory.mktemp("redis")
    port = free_port()
    binary = shutil.which("redis-server") or "redis-server"
    command = [
        binary,
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--dir",
        str(folder),
        "--save",
        "",
        "--appendonly",
        "no",
    ]
    server = RedisServer(Program(command, folder / "log"), port)
    server.start()
    yield server
    server.stop()
