"""Writes complete WebSocket frames straight to the operating system: the ASGI scope extension `fairplatform.frames`.

An event is the same bytes for every member of a topic, so its frame (RFC 6455: from the server, unmasked, one text
message) is built once. While Twisted has nothing buffered for a connection, the frame is sent by one system call;
otherwise Twisted's transport buffers it behind the rest, which keeps the order. Twisted's private attributes are used
in this module only, and only after `self_test` has seen that they work; else every frame goes through the public
`transport.write`. Under another ASGI server the extension is absent, and the socket uses ASGI's `send`.

With thousands of connections each object that a write touches is a cache miss. So a writer looks at neither the
protocol nor the transport: `ConnectionState` closes it when the connection starts to close, and whether the transport
has buffered data is known from the reactor's set of writers, which is mostly empty.
"""

import logging
import socket
from typing import Any

logger = logging.getLogger(__name__)
EXTENSION = "fairplatform.frames"
SEND = socket.socket.send
CLOSED_SOCKET = socket.socket()  # sending raises OSError
CLOSED_SOCKET.close()
CLOSING, OPEN = 2, 3  # autobahn's WebSocketProtocol.STATE_CLOSING and STATE_OPEN


def frame(text: str) -> bytes:
    """The WebSocket frame of one text message."""
    payload = text.encode()
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 65_536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


class ConnectionState:
    """A descriptor for autobahn's attribute `state`: leaving STATE_OPEN closes the connection's frame writer.

    It has no `__get__`, so that reading the attribute stays a plain look-up in the instance.
    """

    def __set__(self, protocol: Any, state: int) -> None:
        protocol.__dict__["state"] = state
        if state != OPEN and (writer := protocol.__dict__.pop("frame_writer", None)) is not None:
            writer.close()


class FrameWriter:
    """Writes whole frames to one connection, in order with what ASGI's `send` writes, by Twisted's public interface."""

    __slots__ = ("_transport",)

    def __init__(self, protocol: Any) -> None:
        protocol.frame_writer = self
        self._transport = protocol.transport

    def write(self, data: bytes) -> int:
        """Writes a frame; returns how many bytes are buffered because the client reads slowly."""
        if self._transport is not None:
            self._transport.write(data)
        return self.unsent

    def close(self) -> None:
        """No frame may follow the one that closes the connection (RFC 6455, 5.5.1)."""
        self._transport = None

    @property
    def unsent(self) -> int:
        """Bytes in Twisted's buffers; 0 for a transport that keeps them elsewhere."""
        transport = self._transport
        buffered = len(getattr(transport, "dataBuffer", b"")) - getattr(transport, "offset", 0)
        return buffered + int(getattr(transport, "_tempDataLen", 0))


class FastFrameWriter(FrameWriter):
    """Sends straight to the operating system while Twisted has nothing buffered for the connection."""

    __slots__ = ("_socket", "_writers")

    def __init__(self, protocol: Any) -> None:
        super().__init__(protocol)
        self._socket: socket.socket = self._transport.socket
        self._writers = self._transport.reactor._writers

    def write(self, data: bytes) -> int:
        if self._writers and self._transport in self._writers:
            return super().write(data)
        try:
            sent = SEND(self._socket, data)
        except (BlockingIOError, InterruptedError):
            sent = 0
        except OSError:
            return 0  # closed or broken: Twisted notices that too, and ends the connection
        if sent != len(data):
            self._transport.write(data[sent:])
        return 0

    def close(self) -> None:
        super().close()
        self._socket = CLOSED_SOCKET


def self_test() -> bool:
    """Whether frames and Twisted's own writes arrive whole and in order, also when the client reads slowly.

    Uses a connected pair of sockets, no network and no running reactor; takes a few milliseconds.
    """
    try:
        server, client = socket.socketpair()
        with server, client:
            return _arrives(server, client)
    except Exception:
        logger.warning("the self-test of fast frames failed", exc_info=True)
        return False


class _Probe:
    """The two attributes of Daphne's protocol that a frame writer uses."""

    state = ConnectionState()

    def __init__(self, transport: Any) -> None:
        self.transport, self.state = transport, OPEN


def _arrives(server: socket.socket, client: socket.socket) -> bool:
    from twisted.internet import reactor
    from twisted.internet.protocol import Protocol
    from twisted.internet.tcp import Connection

    server.setblocking(False)
    client.setblocking(False)
    transport: Any = Connection(server, Protocol(), reactor)
    transport.connected = True
    probe = _Probe(transport)
    writer = FastFrameWriter(probe)
    sent = [frame(f"{number} {'x' * 30_000}") for number in range(100)]
    for number, data in enumerate(sent):
        # Every seventh by the transport, as HTTP responses and close frames are.
        transport.write(data) if number % 7 == 6 else writer.write(data)
    was_buffered = writer.unsent > 0
    arrived = b""
    while len(arrived) < len(b"".join(sent)) and (data := client.recv(1 << 20)):
        arrived += data
        transport.doWrite()
    reactor.removeWriter(transport)
    if not was_buffered or writer.unsent or arrived != b"".join(sent):
        return False
    probe.state = CLOSING
    writer.write(sent[0])
    return _is_silent(client)


def _is_silent(client: socket.socket) -> bool:
    try:
        return not client.recv(1)
    except BlockingIOError:
        return True
