"""The fault proxy itself: what it does to a connection, and that it does nothing else."""

import socket
import threading
from collections.abc import Iterator
from time import monotonic

import pytest

from tests.faults.fault_proxy import Conditions, FaultProxy, running_proxy


@pytest.fixture
def proxy() -> Iterator[FaultProxy]:
    """A proxy to an echo server."""
    with running_proxy() as between, socket.create_server(("127.0.0.1", 0)) as server:
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


def opened(proxy: FaultProxy) -> socket.socket:
    return socket.create_connection(("127.0.0.1", proxy.port), timeout=5)


def echoed(end: socket.socket, data: bytes) -> tuple[bytes, float]:
    """What is echoed, and the seconds it took."""
    began, got = monotonic(), b""
    end.sendall(data)
    while len(got) < len(data):
        got += end.recv(65_536)
    return got, monotonic() - began


def is_ended(end: socket.socket) -> bool:
    """Whether the connection has ended."""
    try:
        return end.recv(1) == b""
    except ConnectionResetError:
        return True


def test_without_faults_nothing_is_changed(proxy: FaultProxy) -> None:
    with opened(proxy) as end:
        data = bytes(range(256)) * 2000
        assert echoed(end, data)[0] == data
        end.shutdown(socket.SHUT_WR)
        assert end.recv(1) == b""


def test_latency_and_jitter_keep_the_order(proxy: FaultProxy) -> None:
    proxy.set_conditions(Conditions(latency=0.1, jitter=0.1))
    with opened(proxy) as end:
        # In both directions, and for the open connection too.
        slow = echoed(end, b"ni hao")[1]
        assert slow >= 0.2
        for number in range(30):
            end.sendall(b"%02d" % number)
        got = b""
        while len(got) < 60:
            got += end.recv(65_536)
        assert got == b"".join(b"%02d" % number for number in range(30))
        proxy.restore()
        assert min(echoed(end, b"salaam")[1] for _ in range(5)) < slow


def test_limited_bandwidth_delays(proxy: FaultProxy) -> None:
    proxy.set_conditions(Conditions(down=100_000))
    with opened(proxy) as end:
        assert echoed(end, b"x" * 50_000)[1] > 0.3


def test_reset_ends_open_connections_and_accepts_new_ones(proxy: FaultProxy) -> None:
    with opened(proxy) as end:
        echoed(end, b"a")
        proxy.reset_connections()
        assert is_ended(end)
    with opened(proxy) as end:
        assert echoed(end, b"b")[0] == b"b"


def test_refusing_ends_every_connection_until_it_is_restored(proxy: FaultProxy) -> None:
    proxy.refuse()
    with opened(proxy) as end:
        assert is_ended(end)
    proxy.restore()
    with opened(proxy) as end:
        assert echoed(end, b"c")[0] == b"c"


def test_a_half_open_connection_swallows_data_without_notice(proxy: FaultProxy) -> None:
    with opened(proxy) as end:
        echoed(end, b"a")
        proxy.swallow_open()
        end.sendall(b"b")
        end.settimeout(0.5)
        with pytest.raises(TimeoutError):
            end.recv(1)
        with opened(proxy) as other:
            assert echoed(other, b"c")[0] == b"c"
