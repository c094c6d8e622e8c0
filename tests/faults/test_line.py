"""The bad line itself: what it does to a connection, and that it does nothing else."""

import socket
import threading
from collections.abc import Iterator
from time import monotonic

import pytest

from tests.faults.line import Line, Weather, running_line


@pytest.fixture
def line() -> Iterator[Line]:
    """A line to a server that sends back what it gets."""
    with running_line() as between, socket.create_server(("127.0.0.1", 0)) as server:
        between.to = server.getsockname()[1]
        threading.Thread(target=echo_all, args=(server,), daemon=True).start()
        yield between


def echo_all(server: socket.socket) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        threading.Thread(target=echo, args=(connection,), daemon=True).start()


def echo(connection: socket.socket) -> None:
    with connection:
        try:
            while data := connection.recv(65_536):
                connection.sendall(data)
        except OSError:
            return


def opened(line: Line) -> socket.socket:
    return socket.create_connection(("127.0.0.1", line.port), timeout=5)


def answer(end: socket.socket, data: bytes) -> tuple[bytes, float]:
    """What comes back, and after how long."""
    began, got = monotonic(), b""
    end.sendall(data)
    while len(got) < len(data):
        got += end.recv(65_536)
    return got, monotonic() - began


def is_ended(end: socket.socket) -> bool:
    """Whether nothing can come any more."""
    try:
        return end.recv(1) == b""
    except ConnectionResetError:
        return True


def test_good_line_changes_nothing(line: Line) -> None:
    with opened(line) as end:
        data = bytes(range(256)) * 2000
        assert answer(end, data)[0] == data
        end.shutdown(socket.SHUT_WR)
        assert end.recv(1) == b""


def test_latency_and_jitter_keep_the_order(line: Line) -> None:
    line.changes(Weather(latency=0.1, jitter=0.1))
    with opened(line) as end:
        # Both ways, and as it is from now on.
        slow = answer(end, b"ni hao")[1]
        assert slow >= 0.2
        for number in range(30):
            end.sendall(b"%02d" % number)
        got = b""
        while len(got) < 60:
            got += end.recv(65_536)
        assert got == b"".join(b"%02d" % number for number in range(30))
        line.heals()
        assert min(answer(end, b"salaam")[1] for _ in range(5)) < slow


def test_slow_line_takes_its_time(line: Line) -> None:
    line.changes(Weather(down=100_000))
    with opened(line) as end:
        assert answer(end, b"x" * 50_000)[1] > 0.3


def test_reset_ends_what_there_is_and_lets_new_ones_through(line: Line) -> None:
    with opened(line) as end:
        answer(end, b"a")
        line.resets()
        assert is_ended(end)
    with opened(line) as end:
        assert answer(end, b"b")[0] == b"b"


def test_cut_line_lets_nobody_through_until_it_heals(line: Line) -> None:
    line.cuts()
    with opened(line) as end:
        assert is_ended(end)
    line.heals()
    with opened(line) as end:
        assert answer(end, b"c")[0] == b"c"


def test_half_open_line_swallows_and_says_nothing(line: Line) -> None:
    with opened(line) as end:
        answer(end, b"a")
        line.goes_half_open()
        end.sendall(b"b")
        end.settimeout(0.5)
        with pytest.raises(TimeoutError):
            end.recv(1)
        with opened(line) as other:
            assert answer(other, b"c")[0] == b"c"
