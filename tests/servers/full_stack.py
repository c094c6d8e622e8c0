"""A scaled fair on one machine: PostgreSQL, Redis, two web processes, the clock, the tasks, and nginx as proxy.

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
from .nginx import nginx_before
from .postgres_server import PostgresServer, running_postgres
from .prepared import prepared
from .programs import Program, free_port
from .redis_server import RedisServer, running_redis
from .serve import Server
from .worker_process import WorkerProcess

WEB_PROCESSES = 2
PRESENCE = 6  # PRESENCE_SECONDS: for so long the people of a killed process are still shown


@dataclass
class FullStack:
    """Everything that runs. `front` is nginx, which people reach; `web` are the processes behind it."""

    front: Server
    web: list[Server]
    clock: WorkerProcess
    tasks: WorkerProcess
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
        """Signals all at once, then waits: pages that are asked to reconnect still find nginx meanwhile."""
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
    """Starts everything with the demonstration, yields it when people can enter, and stops everything.

    `folder`: for files and logs. With `templates` the demonstration is a copy of a prepared one.
    """
    public, ports = port or free_port(), [free_port() for _ in range(WEB_PROCESSES)]
    proxy = nginx_before(folder / "front.log", listen=f"{bind}:{public}", ports=ports, balance=balance)
    with running_postgres() as postgres, running_redis() as redis, proxy as nginx:
        environment = {
            "DATA_DIR": str(folder),
            "DATABASE_URL": _demonstration(folder, postgres, templates) if templates else postgres.empty(),
            "REDIS_URL": redis.url,
            "PUBLIC_URL": f"http://{_name(bind)}:{public}",
            "TRUSTED_PROXIES": "127.0.0.1",
            "DEMO": "1",
            # Behind a proxy the program cannot tell who is on this computer; nginx listens on `bind` only.
            "DEMO_PUBLIC": "1",
        } | settings
        stack = FullStack(
            front=Server(nginx, public, folder, environment),
            web=[_web(folder, port, environment) for port in ports],
            clock=_worker(folder, "clock", environment, "--no-tasks"),
            tasks=_worker(folder, "tasks", environment, "--no-clock"),
            postgres=postgres,
            redis=redis,
        )
        try:
            if not templates:
                stack.front.manage("prepare")
            # The prepared one may be hours old: this moves it to the present.
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


def _worker(folder: Path, name: str, environment: Mapping[str, str], *flags: str) -> WorkerProcess:
    return WorkerProcess.with_flags(clean_environment() | dict(environment), folder / f"{name}.log", *flags)


@pytest.fixture(scope="session")
def stack(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FullStack]:
    """One stack for the run, with the demonstration; the cookie `side` chooses the web process."""
    folder, presence = tmp_path_factory.mktemp("stack"), str(PRESENCE)
    with full_stack(folder, balance="hash $cookie_side", templates=templates, PRESENCE_SECONDS=presence) as standing:
        yield standing


def main() -> None:
    """The demonstration on BIND and PORT; nothing of it stays."""
    bind, port = os.environ.get("BIND", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    if not ipaddress.ip_address(bind).is_loopback and os.environ.get("DEMO_PUBLIC") != "1":
        sys.exit(f"The demo does not listen on {bind} unless DEMO_PUBLIC=1: anyone may sign in as any demo user.")
    signalled = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: signalled.set())
    folder = Path(tempfile.mkdtemp(prefix="fairplatform-stack-"))
    print("Starting PostgreSQL, Redis, two web processes, clock, tasks and nginx …", flush=True)
    try:
        with full_stack(folder, bind=bind, port=port) as stack:
            print(
                f"The fair is open at {stack.front.environment['PUBLIC_URL']} (logs in {folder}; Ctrl-C ends)",
                flush=True,
            )
            signalled.wait()
            print("Ending …", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
