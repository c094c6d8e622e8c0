"""Many who come in one moment: the operating system keeps them until the server takes them."""

import select
import signal
import socket
from contextlib import ExitStack

from tests.servers.serve import Server

PEOPLE = 300


def test_three_hundred_who_come_at_once_are_all_kept(plain_server: Server) -> None:
    plain_server.signal(signal.SIGSTOP)
    with ExitStack() as lines, select.epoll() as waiting:
        for _ in range(PEOPLE):
            line = lines.enter_context(socket.socket())
            line.setblocking(False)
            line.connect_ex(("127.0.0.1", plain_server.port))
            waiting.register(line, select.EPOLLOUT | select.EPOLLONESHOT)
        through = 0
        # Whom the queue has no room for asks again after a second at the earliest.
        while answered := waiting.poll(0.5):
            through += len(answered)
        plain_server.signal(signal.SIGCONT)
    assert through == PEOPLE
