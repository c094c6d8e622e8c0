"""Many connections in one moment: the operating system queues them until the server accepts them."""

import select
import signal
import socket
from contextlib import ExitStack

from tests.servers.serve import Server

CONNECTIONS = 300


def test_three_hundred_simultaneous_connections_are_all_queued(plain_server: Server) -> None:
    plain_server.signal(signal.SIGSTOP)
    with ExitStack() as sockets, select.epoll() as waiting:
        for _ in range(CONNECTIONS):
            connection = sockets.enter_context(socket.socket())
            connection.setblocking(False)
            connection.connect_ex(("127.0.0.1", plain_server.port))
            waiting.register(connection, select.EPOLLOUT | select.EPOLLONESHOT)
        connected = 0
        # A connection that the queue has no room for is tried again after a second at the earliest.
        while answered := waiting.poll(0.5):
            connected += len(answered)
        plain_server.signal(signal.SIGCONT)
    assert connected == CONNECTIONS
