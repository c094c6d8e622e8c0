"""A coturn for tests: the command of docker-compose.yml with deploy/turnserver.conf, as a fair runs it.

Only addresses, certificate and paths are overridden, and on the loopback interface the ports.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from .certificates import write_certificate
from .programs import REPOSITORY, Program, free_port

SECRET = "known-to-the-program-and-its-relay"
_SERVICES: dict[str, Any] = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text())["services"]


@dataclass
class TurnServer:
    """A turnserver that a test may `stop` and `start`; its address stays the same."""

    address: str
    port: int
    tls_port: int
    program: Program

    def _listens(self) -> bool:
        """Read from /proc, for it may be in another network namespace."""
        assert self.program.process is not None
        lines = Path(f"/proc/{self.program.process.pid}/net/tcp").read_text().splitlines()[1:]
        sockets = [(line.split()[1], line.split()[3]) for line in lines]
        return {self.port, self.tls_port} <= {int(at.split(":")[1], 16) for at, state in sockets if state == "0A"}

    def start(self) -> None:
        self.program.start(ready=self._listens)

    def stop(self) -> None:
        self.program.stop()


def turn_urls(address: str) -> str:
    """The value of TURN_URLS for a relay at this address."""
    return _filled(_SERVICES["web-1"]["environment"]["TURN_URLS"], address)


def _filled(text: str, address: str) -> str:
    values = {"TURN_HOST": address, "TURN_ADDRESS": address, "TURN_SECRET": SECRET}
    return re.sub(r"\$\{(\w+):\?\}", lambda found: values[found[1]], text)


def _command(address: str, folder: Path) -> list[str]:
    service = _SERVICES["turn"]
    mounted = {target: REPOSITORY / source for source, target, _ in (one.split(":") for one in service["volumes"])}
    words = [_filled(word, address) for word in service["command"]]
    own = {"cert": "fullchain.pem", "pkey": "privkey.pem", "pidfile": "pid", "userdb": "users"}
    return [
        shutil.which("turnserver") or "turnserver",
        *(str(mounted.get(word, word)) for word in words),
        *(f"--{name}={folder / file}" for name, file in own.items()),
    ]


@contextmanager
def turn_server_at(
    address: str, *, within: tuple[str, ...] = (), options: tuple[str, ...] = ()
) -> Iterator[TurnServer]:
    """One that is not started yet, on its usual ports. `within`: a command prefix that enters its network namespace."""
    folder = Path(tempfile.mkdtemp(prefix="fairplatform-turn-"))
    write_certificate(folder)
    program = Program([*within, *_command(address, folder), *options], folder / "log")
    server = TurnServer(address, 3478, 443, program)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def turn_server() -> Iterator[TurnServer]:
    """One that runs on 127.0.0.1, on free ports."""
    port, tls_port = free_port(), free_port()
    options = (f"--listening-port={port}", f"--tls-listening-port={tls_port}")
    with turn_server_at("127.0.0.1", options=options) as server:
        server.port, server.tls_port = port, tls_port
        server.start()
        yield server
