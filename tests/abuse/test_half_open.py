"""Requests that are begun and never finished cost little, end by themselves, and delay nobody."""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

from tests.abuse.cost import computed, memory, p95
from tests.servers.programs import wait_until
from tests.servers.serve import Server, Servers

HALF_OPEN = 500
BEGINNINGS = [
    b"",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 8000000\r\n\r\nlogin=",
    b"GET /ws/ HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
]


@contextlib.contextmanager
def half_open(server: Server) -> Iterator[list[socket.socket]]:
    with contextlib.ExitStack() as stack:
        connections = []
        for number in range(HALF_OPEN):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            connection.sendall(BEGINNINGS[number % len(BEGINNINGS)])
            connections.append(connection)
        yield connections


def is_ended(connection: socket.socket) -> bool:
    connection.settimeout(0.01)
    try:
        return connection.recv(65536) == b"" or is_ended(connection)
    except TimeoutError:
        return False
    except OSError:
        return True


def all_ended(connections: list[socket.socket]) -> bool:
    """Whether all are ended; whoever had begun their headers goes on with one byte, which must not keep them alive."""
    for connection in connections[1::4]:
        with contextlib.suppress(OSError):
            connection.send(b"x")
    return all(map(is_ended, connections))


def cost(server: Server, count: int) -> float:
    """What a page costs the server, in seconds of computing, in 95 of 100 cases."""
    found = []
    for _ in range(count):
        before = computed(server)
        assert server.status("/accounts/login/") == 200
        found.append(computed(server) - before)
    return p95(found)


def test_half_open_requests_delay_nobody_and_are_ended(serve: Servers) -> None:
    server = serve("--no-clock", "--no-tasks", HTTP_TIMEOUT="6")
    cost(server, 20)
    quiet, before = cost(server, 60), memory(server)
    with half_open(server) as connections:
        besieged = cost(server, 60)
        # A server that waits computes nothing, but its pages would come when these requests have had their time.
        assert not any(map(is_ended, connections[: len(BEGINNINGS)]))
        assert memory(server) - before < 100 * 1024 * 1024
        assert besieged < 2 * quiet
        wait_until(lambda: all_ended(connections), seconds=30, what="end of the half-open requests", pause=1)
    assert server.status("/healthz") == 200
    assert server.program.process is not None
    descriptors = Path(f"/proc/{server.program.process.pid}/fd")
    wait_until(lambda: len(list(descriptors.iterdir())) < HALF_OPEN, seconds=5, what="descriptors given back")
