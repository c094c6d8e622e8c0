"""A coturn of the tests' own: the command of docker-compose.yml and deploy/turnserver.conf, as a fair runs them.

Nothing is overridden but what a place demands: addresses, where its certificate is and what it writes, and on this
computer's own network the ports.
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

from .certificates import lay_certificate
from .programs import REPOSITORY, Program, free_port

SECRET = "known-to-the-program-and-its-relay"
_SERVICES: dict[str, Any] = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text())["services"]


@dataclass
class TurnServer:
    """A turnserver that we run; `stop` and `start` may be called in the middle of a test and keep the address."""

    address: str
    port: int
    tls_port: int
    program: Program

    def _listens(self) -> bool:
        """Asked of its own network, which need not be ours."""
        assert self.program.process is not None
        lines = Path(f"/proc/{self.program.process.pid}/net/tcp").read_text().splitlines()[1:]
        sockets = [(line.split()[1], line.split()[3]) for line in lines]
        return {self.port, self.tls_port} <= {int(at.split(":")[1], 16) for at, state in sockets if state == "0A"}

    def start(self) -> None:
        self.program.start(ready=self._listens)

    def stop(self) -> None:
        self.program.stop()


def turn_urls(address: str) -> str:
    """What the program is told of a relay at this address, as a setting."""
    return _filled(_SERVICES["web-1"]["environment"]["TURN_URLS"], address)


def _filled(text: str, address: str) -> str:
    values = {"TURN_HOST": address, "TURN_ADDRESS": address, "TURN_SECRET": SECRET}
    return re.sub(r"\$\{(\w+):\?\}", lambda found: values[found[1]], text)


def _command(address: str, folder: Path) -> list[str]:
    service = _SERVICES["turn"]
    mounted = {inside: REPOSITORY / ours for ours, inside, _ in (one.split(":") for one in service["volumes"])}
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
    """One that is not started yet, on the ports it has in a fair. `within`: the command that leads to its network."""
    folder = Path(tempfile.mkdtemp(prefix="fairplatform-turn-"))
    lay_certificate(folder)
    program = Program([*within, *_command(address, folder), *options], folder / "log")
    server = TurnServer(address, 3478, 443, program)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def turn_server() -> Iterator[TurnServer]:
    """One that runs on the loopback address, at ports of its own."""
    port, tls_port = free_port(), free_port()
    options = (f"--listening-port={port}", f"--tls-listening-port={tls_port}")
    with turn_server_at("127.0.0.1", options=options) as server:
        server.port, server.tls_port = port, tls_port
        server.start()
        yield server
