"""A larger fair on one machine: PostgreSQL, Redis, two web processes, the clock, the tasks, and nginx before them.

python -m tests.servers.full_stack    the demonstration, until Ctrl-C (`make stack`)
"""

import ipaddress
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from .command import MANAGE, clean_environment
from .neighbour_process import Beside
from .nginx import front
from .postgres_server import PostgresServer, running_postgres
from .prepared import prepared
from .programs import Program, free_port
from .redis_server import RedisServer, running_redis
from .serve import Server

WEB_PROCESSES = 2
PRESENCE = 6  # seconds for which a killed process leaves ghosts


@dataclass
class FullStack:
    """Everything that runs. `front` is what people reach; `web` are the processes behind it, each with its own port."""

    front: Server
    web: list[Server]
    clock: Beside
    tasks: Beside
    postgres: PostgresServer
    redis: RedisServer

    def start(self) -> None:
        for process in (*self.web, self.clock, self.tasks, self.front):
            process.start()

    def restore(self) -> None:
        """Starts the web processes that a test has ended."""
        for process in self.web:
            if process.program.ended:
                process.start()

    def stop(self) -> None:
        """The front last but one: whoever is told to come back finds it."""
        for process in (*self.web, self.clock, self.tasks, self.front):
            process.program.signal(signal.SIGTERM)
        for process in (*self.web, self.clock, self.tasks, self.front):
            process.program.stop()


@contextmanager
def full_stack(
    folder: Path,
    *,
    bind: str = "127.0.0.1",
    port: int = 0,
    balance: str = "least_conn",
    templates: Path | None = None,
    **settings: str,
) -> Iterator[FullStack]:
    """Starts it all with the demonstration, yields it when people can come in, and ends it all.

    The folder keeps files and logs. With `templates` the demonstration is a copy of one that was prepared.
    """
    public, ports = port or free_port(), [free_port() for _ in range(WEB_PROCESSES)]
    before = front(folder / "front.log", listen=f"{bind}:{public}", ports=ports, balance=balance)
    with running_postgres() as postgres, running_redis() as redis, before as nginx:
        environment = {
            "DATA_DIR": str(folder),
            "DATABASE_URL": _demonstration(folder, postgres, templates) if templates else postgres.empty(),
            "REDIS_URL": redis.url,
            "PUBLIC_URL": f"http://{_name(bind)}:{public}",
            "TRUSTED_PROXIES": "127.0.0.1",
            "DEMO": "1",
            # Behind a proxy the program cannot know who sits at this computer; the front listens to nobody else.
            "DEMO_PUBLIC": "1",
        } | settings
        stack = FullStack(
            front=Server(nginx, public, folder, environment),
            web=[_web(folder, port, environment) for port in ports],
            clock=_beside(folder, "clock", environment, "--no-tasks"),
            tasks=_beside(folder, "tasks", environment, "--no-clock"),
            postgres=postgres,
            redis=redis,
        )
        try:
            if not templates:
                stack.front.manage("prepare")
            # The prepared one may be hours old: it is moved to the present.
            stack.front.manage("demo")
            stack.start()
            yield stack
        finally:
            stack.stop()


def _demonstration(folder: Path, postgres: PostgresServer, templates: Path) -> str:
    found = prepared(templates, "demo", postgres)
    found.copy_to(folder)
    return found.database()


def _name(bind: str) -> str:
    return "127.0.0.1" if ipaddress.ip_address(bind).is_unspecified else bind


def _web(folder: Path, port: int, environment: Mapping[str, str]) -> Server:
    command = [*MANAGE, "serve", "--no-clock", "--no-tasks", "--port", str(port)]
    program = Program(command, folder / f"web-{port}.log", clean_environment() | dict(environment))
    return Server(program, port, folder, environment)


def _beside(folder: Path, name: str, environment: Mapping[str, str], *flags: str) -> Beside:
    return Beside.of(clean_environment() | dict(environment), folder / f"{name}.log", *flags)


@pytest.fixture(scope="session")
def stack(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FullStack]:
    """One for all tests of a folder, with the demonstration in it; a cookie says which process one wants to be on."""
    folder, presence = tmp_path_factory.mktemp("stack"), str(PRESENCE)
    with full_stack(folder, balance="hash $cookie_side", templates=templates, PRESENCE_SECONDS=presence) as standing:
        yield standing


def main() -> None:
    """The demonstration on BIND and PORT; nothing of it stays."""
    bind, port = os.environ.get("BIND", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    if not ipaddress.ip_address(bind).is_loopback and os.environ.get("DEMO_PUBLIC") != "1":
        sys.exit(f"The demonstration does not listen on {bind} unless DEMO_PUBLIC=1: anybody may enter it as anybody.")
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    folder = Path(tempfile.mkdtemp(prefix="fairplatform-stack-"))
    print("Starting PostgreSQL, Redis, two web processes, clock, tasks and nginx …", flush=True)
    try:
        with full_stack(folder, bind=bind, port=port) as stack:
            print(
                f"The fair is open at {stack.front.environment['PUBLIC_URL']} (logs in {folder}; Ctrl-C ends)",
                flush=True,
            )
            told.wait()
            print("Ending …", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
