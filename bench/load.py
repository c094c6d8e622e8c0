"""The load generator: one process with thousands of WebSocket connections that times each delivered message.

Runs as `python -m bench.load`. A command is one line of JSON on standard input, its result one line on standard output.
Frames are counted by a few bytes they contain, never parsed, so that the load costs less than what it measures.
Times are in milliseconds. Linux only (epoll).
"""

import json
import resource
import select
import socket
import sys
from collections.abc import Iterator
from time import perf_counter, perf_counter_ns
from typing import Any

LATE = 15.0  # seconds after which a message that has not arrived counts as lost
CLOSE, PING, PONG = 8, 9, 10
ENGINE_PING, ENGINE_PONG = b"2", b"3"  # of Engine.IO, beneath socket.io
REFUSED = b'"type":"refused"'


class Connection:
    """One connection: `state` is connecting, handshake, joining, open or gone."""

    def __init__(self, request: str, first: str, address: tuple[str, int], number: int) -> None:
        self.first = first.encode()
        self.number = number
        self.request = request.encode()
        self.state = "connecting"
        self.unread = b""
        self.copies = 0
        self.acknowledged = 0
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.connect_ex(address)

    def send(self, text: bytes, opcode: int = 1) -> None:
        """Sends a masked frame, as a client must (RFC 6455, 5.3). A mask of zeros costs no time."""
        size = len(text)
        length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
        self.socket.send(bytes([0x80 | opcode]) + length + b"\0\0\0\0" + text)

    def frames(self) -> Iterator[tuple[int, bytes]]:
        """Opcode and payload of each frame that has arrived as a whole."""
        data, at = self.unread, 0
        while len(data) - at >= 2:
            size, head = data[at + 1], 2
            if size >= 126:
                head = 4 if size == 126 else 10
                size = int.from_bytes(data[at + 2 : at + head], "big")
            if len(data) - at < head + size:
                break
            yield data[at] & 15, data[at + head : at + head + size]
            at += head + size
        self.unread = data[at:]


class LoadGenerator:
    """All connections, and the times of what was sent and received on them."""

    def __init__(self) -> None:
        self.epoll = select.epoll()
        self.connections: dict[int, Connection] = {}
        self.order: list[Connection] = []
        self.unfinished = 0
        self.ready = b""
        self.marker, self.ack, self.senders = b"", b"", 1
        self.sent_at: list[int] = []
        self.latencies: list[int] = []
        self.acks: list[int] = []
        self.size = 0

    def open(self, *, port: int, requests: list[str], firsts: list[str], ready: str, at_once: int) -> dict[str, Any]:
        """Opens a connection for each request and sends its first text: it is open when a frame contains `ready`.

        At most `at_once` are unfinished at a time.
        """
        self.ready = ready.encode()
        waiting, started = list(zip(requests, firsts, strict=True))[::-1], perf_counter()
        deadline = started + 300
        while (waiting or self.unfinished) and perf_counter() < deadline:
            for _ in range(min(at_once - self.unfinished, len(waiting))):
                self._connect(*waiting.pop(), port)
            self._poll(1.0)
        joined = sum(connection.state == "open" for connection in self.order[-len(requests) :])
        return {"joined": joined, "refused": len(requests) - joined, "seconds": perf_counter() - started}

    def _connect(self, request: str, first: str, port: int) -> None:
        connection = Connection(request, first, ("127.0.0.1", port), len(self.order))
        self.unfinished += 1
        self.connections[connection.socket.fileno()] = connection
        self.order.append(connection)
        self.epoll.register(connection.socket.fileno(), select.EPOLLOUT)

    def send(
        self, *, texts: list[str], senders: int, marker: str, ack: str, pause: float, reset: bool
    ) -> dict[str, Any]:
        """Sends the texts, one each `pause` seconds, by the first `senders` connections in turn.

        The result is about these texts alone if `reset`, else about those sent before as well.
        """
        if reset:
            self.marker, self.ack, self.senders = marker.encode(), ack.encode(), senders
            self.sent_at, self.latencies, self.acks = [], [], []
            for connection in self.order:
                connection.copies = connection.acknowledged = 0
        before, began = len(self.sent_at), perf_counter()
        expected = (before + len(texts)) * sum(connection.state == "open" for connection in self.order)
        for number, text in enumerate(texts, before):
            self._wait_until(began + (number - before) * pause)
            self.sent_at.append(perf_counter_ns())
            self.order[number % senders].send(text.encode())
        deadline = perf_counter() + LATE
        while len(self.latencies) < expected and perf_counter() < deadline:
            self._poll(0.2)
        self._wait_until(perf_counter() + 0.1)
        return {
            "lost": expected - len(self.latencies),
            "size": self.size,
            "latencies": percentiles(self.latencies),
            "acks": percentiles(self.acks),
        }

    def _wait_until(self, moment: float) -> None:
        while (left := moment - perf_counter()) > 0:
            self._poll(left)

    def rest(self, *, seconds: float) -> dict[str, Any]:
        """Keeps the connections alive for so many seconds."""
        self._wait_until(perf_counter() + seconds)
        return {"gone": sum(connection.state == "gone" for connection in self.order)}

    def _poll(self, seconds: float) -> None:
        for number, _ in self.epoll.poll(seconds):
            connection = self.connections[number]
            if connection.state == "connecting":
                self._send_handshake(connection)
            else:
                self._read(connection)

    def _send_handshake(self, connection: Connection) -> None:
        try:
            connection.socket.send(connection.request)
        except OSError:
            self._close(connection)
            return
        connection.state = "handshake"
        self.epoll.modify(connection.socket.fileno(), select.EPOLLIN)

    def _read(self, connection: Connection) -> None:
        try:
            data = connection.socket.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        now = perf_counter_ns()
        if not data:
            self._close(connection)
            return
        connection.unread = connection.unread + data if connection.unread else data
        if connection.state == "handshake" and not self._finish_handshake(connection):
            return
        for opcode, text in connection.frames():
            self._on_frame(connection, opcode, text, now)

    def _finish_handshake(self, connection: Connection) -> bool:
        head, end, body = connection.unread.partition(b"\r\n\r\n")
        if not end:
            return False
        if not head.startswith(b"HTTP/1.1 101"):
            self._close(connection)
            return False
        connection.unread = body
        connection.state = "joining"
        if connection.first:
            connection.send(connection.first)
        if not self.ready:
            self._open(connection)
        return True

    def _open(self, connection: Connection) -> None:
        connection.state = "open"
        self.unfinished -= 1

    def _on_frame(self, connection: Connection, opcode: int, text: bytes, now: int) -> None:
        if opcode == CLOSE:
            self._close(connection)
        elif opcode == PING:
            connection.send(text, PONG)
        elif text == ENGINE_PING:
            connection.send(ENGINE_PONG)
        elif connection.state == "joining":
            self._on_reply(connection, text)
        elif self.marker and self.marker in text:
            # Messages arrive in the order in which they were sent: a connection's nth message is the nth text.
            self.latencies.append(now - self.sent_at[connection.copies])
            connection.copies += 1
            self.size = len(text)
        elif self.ack and self.ack in text:
            self.acks.append(now - self.sent_at[connection.number + connection.acknowledged * self.senders])
            connection.acknowledged += 1

    def _on_reply(self, connection: Connection, text: bytes) -> None:
        if self.ready in text:
            self._open(connection)
        elif REFUSED in text:
            self._close(connection)

    def _close(self, connection: Connection) -> None:
        if connection.state != "gone":
            self.unfinished -= connection.state != "open"
            connection.state = "gone"
            self.epoll.unregister(connection.socket.fileno())
            connection.socket.close()


def percentiles(nanoseconds: list[int]) -> dict[str, float]:
    """Median, 95th and 99th percentile, in milliseconds."""
    ordered = sorted(nanoseconds) or [0]
    return {f"p{p}": ordered[min(len(ordered) - 1, len(ordered) * p // 100)] / 1e6 for p in (50, 95, 99)}


def main() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    load = LoadGenerator()
    for line in sys.stdin:
        command = json.loads(line)
        result = getattr(load, command.pop("do"))(**command)
        sys.stdout.write(json.dumps(result) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
