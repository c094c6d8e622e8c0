"""Finished frames straight to the socket: the ASGI scope extension `fairplatform.frames`.

An event is the same octets for everybody, so its WebSocket frame (RFC 6455, server to client, unmasked, one text
message) is built once. While Twisted has nothing of a connection buffered, the frame goes to the operating system by
one call; else Twisted takes it and keeps the order. What Twisted does not publish is used here and nowhere else, and
only after `self_test` has seen it work; else frames go by Twisted's own `write`. In another server than ours there is
no extension, and the plain ASGI `send` does the same.

A thousand connections do not fit into the processor's cache, and each object looked at is a wait for memory. So an
outlet asks neither the protocol nor the transport of its connection: who ends the connection shuts its outlet
(`State`), a transport with something buffered is one that the reactor knows as a writer, and mostly it knows none.
"""

import logging
import socket
from typing import Any

logger = logging.getLogger(__name__)
EXTENSION = "fairplatform.frames"
SEND = socket.socket.send
NOWHERE = socket.socket()  # closed: what is sent there is refused
NOWHERE.close()
CLOSING, OPEN = 2, 3  # autobahn's states of a connection: its close has begun; its handshake is done and no close begun


def frame(text: str) -> bytes:
    """The WebSocket frame of one text message."""
    octets = text.encode()
    size = len(octets)
    if size < 126:
        return bytes((0x81, size)) + octets
    if size < 65_536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + octets
    return b"\x81\x7f" + size.to_bytes(8, "big") + octets


class State:
    """Where autobahn's protocol keeps the state of its connection; one that is no longer open shuts the outlet.

    It has no `__get__`: who reads the state finds it where it always was.
    """

    def __set__(self, protocol: Any, state: int) -> None:
        protocol.__dict__["state"] = state
        if state != OPEN and (outlet := protocol.__dict__.pop("outlet", None)) is not None:
            outlet.shut()


class Outlet:
    """The way out of one connection, for whole frames, in one order with everything that ASGI's `send` has sent.

    This one takes the slow road, by Twisted's public `write`; FastOutlet takes the short one.
    """

    __slots__ = ("_transport",)

    def __init__(self, protocol: Any) -> None:
        protocol.outlet = self
        self._transport = protocol.transport

    def write(self, octets: bytes) -> int:
        """Sends a frame; returns how many octets wait for a reader who takes them slowly."""
        if self._transport is not None:
            self._transport.write(octets)
        return self.unsent

    def shut(self) -> None:
        """No frame may follow the one that closes the connection (RFC 6455, 5.5.1)."""
        self._transport = None

    @property
    def unsent(self) -> int:
        """Octets that Twisted holds because the reader has not taken what came before; 0 where it does not tell."""
        transport = self._transport
        held = len(getattr(transport, "dataBuffer", b"")) - getattr(transport, "offset", 0)
        return held + int(getattr(transport, "_tempDataLen", 0))


class FastOutlet(Outlet):
    """Straight to the operating system while nothing of the connection is buffered."""

    __slots__ = ("_socket", "_writers")

    def __init__(self, protocol: Any) -> None:
        super().__init__(protocol)
        self._socket: socket.socket = self._transport.socket
        self._writers = self._transport.reactor._writers

    def write(self, octets: bytes) -> int:
        if self._writers and self._transport in self._writers:
            return super().write(octets)
        try:
            taken = SEND(self._socket, octets)
        except (BlockingIOError, InterruptedError):
            taken = 0
        except OSError:
            return 0  # shut, or broken: Twisted hears of that too and ends the connection
        if taken != len(octets):
            self._transport.write(octets[taken:])
        return 0

    def shut(self) -> None:
        super().shut()
        self._socket = NOWHERE


def self_test() -> bool:
    """Whether frames of ours and writes of Twisted arrive whole and in order, also when the reader is slow.

    One connected pair of sockets, no network and no running reactor; a few milliseconds.
    """
    try:
        here, there = socket.socketpair()
        with here, there:
            return _arrives(here, there)
    except Exception:
        logger.warning("the self-test of fast frames failed", exc_info=True)
        return False


class _Probe:
    """Stands where Daphne's protocol stands: a state and a transport."""

    state = State()

    def __init__(self, transport: Any) -> None:
        self.transport, self.state = transport, OPEN


def _arrives(here: socket.socket, there: socket.socket) -> bool:
    from twisted.internet import reactor
    from twisted.internet.protocol import Protocol
    from twisted.internet.tcp import Connection

    here.setblocking(False)
    there.setblocking(False)
    transport: Any = Connection(here, Protocol(), reactor)
    transport.connected = True
    probe = _Probe(transport)
    outlet = FastOutlet(probe)
    sent = [frame(f"{number} {'x' * 30_000}") for number in range(100)]
    for number, octets in enumerate(sent):
        # Every seventh the ordinary way, as answers and closing frames go.
        transport.write(octets) if number % 7 == 6 else outlet.write(octets)
    had_to_wait = outlet.unsent > 0
    arrived = b""
    while len(arrived) < len(b"".join(sent)) and (octets := there.recv(1 << 20)):
        arrived += octets
        transport.doWrite()
    reactor.removeWriter(transport)
    if not had_to_wait or outlet.unsent or arrived != b"".join(sent):
        return False
    probe.state = CLOSING
    outlet.write(sent[0])
    return _is_silent(there)


def _is_silent(there: socket.socket) -> bool:
    try:
        return not there.recv(1)
    except BlockingIOError:
        return True
