"""CPU and memory of a running process, the process that generates the load, and the servers that are measured."""

import ctypes
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.servers.programs import REPOSITORY, Program, free_port
from tests.servers.serve import Servers

_C = ctypes.CDLL(None, use_errno=True)


def cpu_seconds(pid: int) -> float:
    """The CPU time of all threads of a process, living and ended, to the nanosecond (clock_getcpuclockid(3))."""
    clock = ctypes.c_int()
    if error := _C.clock_getcpuclockid(pid, ctypes.byref(clock)):
        raise OSError(error, os.strerror(error))
    return time.clock_gettime_ns(clock.value) / 1e9


def memory_kib(pid: int) -> int:
    """The memory of a process in KiB: its proportional set size (PSS)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise LookupError(pid)


@dataclass(frozen=True)
class OpenResult:
    """How opening many connections went."""

    joined: int
    refused: int
    seconds: float


@dataclass(frozen=True)
class SendResult:
    """How sending went: messages lost, bytes of one, and percentiles (p50, p95, p99) in ms of messages and replies."""

    lost: int
    size: int
    latencies: dict[str, float]
    acks: dict[str, float]


class LoadProcess:
    """A process of `bench.load`, to be used with `with`."""

    def __enter__(self) -> "LoadProcess":
        command = [sys.executable, "-m", "bench.load"]
        self.process = subprocess.Popen(
            command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()

    def _ask(self, do: str, **command: Any) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": do, **command}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def open(self, port: int, requests: list[str], firsts: list[str], *, ready: str, at_once: int) -> OpenResult:
        """Opens one connection for each request; it is open when a frame with `ready` replies to its first text."""
        return OpenResult(
            **self._ask("open", port=port, requests=requests, firsts=firsts, ready=ready, at_once=at_once)
        )

    def send(
        self,
        texts: list[str],
        *,
        marker: str,
        ack: str = "",
        senders: int = 1,
        pause: float = 0.5,
        reset: bool = True,
    ) -> SendResult:
        """One text each `pause` seconds; every connection is to get a frame with `marker` for each.

        The result is of these texts if `reset`, else of those sent before as well.
        """
        return SendResult(
            **self._ask("send", texts=texts, senders=senders, marker=marker, ack=ack, pause=pause, reset=reset)
        )

    def rest(self, seconds: float) -> int:
        """Keeps the connections alive for so many seconds; returns how many are closed."""
        return int(self._ask("rest", seconds=seconds)["gone"])


@contextmanager
def our_servers() -> Iterator[Servers]:
    """Starts our servers in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        (templates := Path(folder) / "templates").mkdir()
        servers = Servers(templates, Path(folder))
        try:
            yield servers
        finally:
            servers.stop()


@contextmanager
def rival(*command: str) -> Iterator[tuple[int, int]]:
    """Runs another server, with a free port as its last argument; yields its process id and port."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        program = Program([*command, str(port)], Path(folder) / "log")
        program.start(ready=lambda: listens(port))
        try:
            yield pid_of(program), port
        finally:
            program.stop()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def pid_of(program: Program) -> int:
    assert program.process is not None
    return program.process.pid


def handshake(port: int, path: str, **headers: str) -> str:
    """The HTTP request that opens a WebSocket (RFC 6455, 4.1)."""
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines) + "\r\n\r\n"
