"""The load: one process that holds thousands of WebSockets and times each delivered copy.

Runs as `python -m bench.load`. A command is one line of JSON on standard input, its answer one line on standard output.
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

LATE = 15.0  # seconds after which a copy that has not come is lost
CLOSE, PING, PONG = 8, 9, 10
ENGINE_PING, ENGINE_PONG = b"2", b"3"  # of Engine.IO, beneath socket.io
REFUSED = b'"type":"refused"'


class Wire:
    """One connection: `state` is connecting, shaking (hands), joining, open or gone."""

    def __init__(self, request: str, first: str, address: tuple[str, int], place: int) -> None:
        self.first = first.encode()
        self.place = place
        self.request = request.encode()
        self.state = "connecting"
        self.rest = b""
        self.copies = 0
        self.acknowledged = 0
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.connect_ex(address)

    def send(self, text: bytes, opcode: int = 1) -> None:
        """A frame as a client sends it. A mask of zeros changes nothing and costs the load nothing."""
        size = len(text)
        length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
        self.socket.send(bytes([0x80 | opcode]) + length + b"\0\0\0\0" + text)

    def frames(self) -> Iterator[tuple[int, bytes]]:
        """Each whole frame that has come: opcode and text."""
        data, at = self.rest, 0
        while len(data) - at >= 2:
            size, head = data[at + 1], 2
            if size >= 126:
                head = 4 if size == 126 else 10
                size = int.from_bytes(data[at + 2 : at + head], "big")
            if len(data) - at < head + size:
                break
            yield data[at] & 15, data[at + head : at + head + size]
            at += head + size
        self.rest = data[at:]


class Load:
    """All connections, and what is being timed on them."""

    def __init__(self) -> None:
        self.epoll = select.epoll()
        self.wires: dict[int, Wire] = {}
        self.order: list[Wire] = []
        self.unfinished = 0
        self.ready = b""
        self.marker, self.ack, self.senders = b"", b"", 1
        self.sent_at: list[int] = []
        self.latencies: list[int] = []
        self.acks: list[int] = []
        self.size = 0

    def open(self, *, port: int, requests: list[str], firsts: list[str], ready: str, at_once: int) -> dict[str, Any]:
        """Opens a connection per request, at most `at_once` unfinished, and sends its first text; `ready` ends it."""
        self.ready = ready.encode()
        waiting, began = list(zip(requests, firsts, strict=True))[::-1], perf_counter()
        deadline = began + 300
        while (waiting or self.unfinished) and perf_counter() < deadline:
            for _ in range(min(at_once - self.unfinished, len(waiting))):
                self._connect(*waiting.pop(), port)
            self._turn(1.0)
        joined = sum(wire.state == "open" for wire in self.order[-len(requests) :])
        return {"joined": joined, "refused": len(requests) - joined, "seconds": perf_counter() - began}

    def _connect(self, request: str, first: str, port: int) -> None:
        wire = Wire(request, first, ("127.0.0.1", port), len(self.order))
        self.unfinished += 1
        self.wires[wire.socket.fileno()] = wire
        self.order.append(wire)
        self.epoll.register(wire.socket.fileno(), select.EPOLLOUT)

    def send(
        self, *, texts: list[str], senders: int, marker: str, ack: str, pause: float, anew: bool
    ) -> dict[str, Any]:
        """Sends the texts, one each `pause` seconds, by the first `senders` connections in turn.

        What is told is of these texts if `anew`, else of those sent before as well.
        """
        if anew:
            self.marker, self.ack, self.senders = marker.encode(), ack.encode(), senders
            self.sent_at, self.latencies, self.acks = [], [], []
            for wire in self.order:
                wire.copies = wire.acknowledged = 0
        before, began = len(self.sent_at), perf_counter()
        expected = (before + len(texts)) * sum(wire.state == "open" for wire in self.order)
        for number, text in enumerate(texts, before):
            self._wait_until(began + (number - before) * pause)
            self.sent_at.append(perf_counter_ns())
            self.order[number % senders].send(text.encode())
        deadline = perf_counter() + LATE
        while len(self.latencies) < expected and perf_counter() < deadline:
            self._turn(0.2)
        self._wait_until(perf_counter() + 0.1)
        return {
            "lost": expected - len(self.latencies),
            "size": self.size,
            "latencies": percentiles(self.latencies),
            "acks": percentiles(self.acks),
        }

    def _wait_until(self, moment: float) -> None:
        while (left := moment - perf_counter()) > 0:
            self._turn(left)

    def rest(self, *, seconds: float) -> dict[str, Any]:
        """Only keeps the connections alive."""
        self._wait_until(perf_counter() + seconds)
        return {"gone": sum(wire.state == "gone" for wire in self.order)}

    def _turn(self, seconds: float) -> None:
        for number, _ in self.epoll.poll(seconds):
            wire = self.wires[number]
            if wire.state == "connecting":
                self._shake(wire)
            else:
                self._read(wire)

    def _shake(self, wire: Wire) -> None:
        try:
            wire.socket.send(wire.request)
        except OSError:
            self._lose(wire)
            return
        wire.state = "shaking"
        self.epoll.modify(wire.socket.fileno(), select.EPOLLIN)

    def _read(self, wire: Wire) -> None:
        try:
            data = wire.socket.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        now = perf_counter_ns()
        if not data:
            self._lose(wire)
            return
        wire.rest = wire.rest + data if wire.rest else data
        if wire.state == "shaking" and not self._is_through(wire):
            return
        for opcode, text in wire.frames():
            self._hear(wire, opcode, text, now)

    def _is_through(self, wire: Wire) -> bool:
        head, end, body = wire.rest.partition(b"\r\n\r\n")
        if not end:
            return False
        if not head.startswith(b"HTTP/1.1 101"):
            self._lose(wire)
            return False
        wire.rest = body
        wire.state = "joining"
        if wire.first:
            wire.send(wire.first)
        if not self.ready:
            self._open(wire)
        return True

    def _open(self, wire: Wire) -> None:
        wire.state = "open"
        self.unfinished -= 1

    def _hear(self, wire: Wire, opcode: int, text: bytes, now: int) -> None:
        if opcode == CLOSE:
            self._lose(wire)
        elif opcode == PING:
            wire.send(text, PONG)
        elif text == ENGINE_PING:
            wire.send(ENGINE_PONG)
        elif wire.state == "joining":
            self._answered(wire, text)
        elif self.marker and self.marker in text:
            # Copies come in the order of the texts, so a connection's nth copy is the nth text.
            self.latencies.append(now - self.sent_at[wire.copies])
            wire.copies += 1
            self.size = len(text)
        elif self.ack and self.ack in text:
            self.acks.append(now - self.sent_at[wire.place + wire.acknowledged * self.senders])
            wire.acknowledged += 1

    def _answered(self, wire: Wire, text: bytes) -> None:
        if self.ready in text:
            self._open(wire)
        elif REFUSED in text:
            self._lose(wire)

    def _lose(self, wire: Wire) -> None:
        if wire.state != "gone":
            self.unfinished -= wire.state != "open"
            wire.state = "gone"
            self.epoll.unregister(wire.socket.fileno())
            wire.socket.close()


def percentiles(nanoseconds: list[int]) -> dict[str, float]:
    """Median, 95th and 99th percentile, in milliseconds."""
    ordered = sorted(nanoseconds) or [0]
    return {f"p{p}": ordered[min(len(ordered) - 1, len(ordered) * p // 100)] / 1e6 for p in (50, 95, 99)}


def main() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    load = Load()
    for line in sys.stdin:
        command = json.loads(line)
        answer = getattr(load, command.pop("do"))(**command)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
