"""What one connection may cost before the program itself is asked: bodies, and frames of a socket."""

from time import monotonic
from typing import Any

import autobahn.twisted.websocket
import autobahn.websocket.protocol
from daphne.http_protocol import HTTPFactory, WebRequest
from daphne.ws_protocol import WebSocketProtocol
from django.conf import settings
from twisted.internet.protocol import connectionDone
from twisted.protocols.basic import LineReceiver
from twisted.web.http import HTTPChannel

from fairplatform.realtime.limits import TokenBucket
from fairplatform.realtime.protocol import CLOSE_TOO_FAST
from fairplatform.server.frames import State

MAX_FRAME = 64 * 1024
MAX_BODY = 8 * 1024 * 1024
GOOD_PIECE = 16 * 1024
# Frames of every kind. Pings, pongs and empty fragments reach no command, and so no limit of commands.
FRAME_RATE, FRAME_BURST = 100.0, 400.0


def _plain(value: Any, *_: Any, **__: Any) -> Any:
    return value


class BoundedRequest(WebRequest):
    """Answers 413 as soon as a body is announced, or has grown, beyond MAX_BODY: Daphne itself would take it whole."""

    received = 0
    refused = False

    def gotLength(self, length: int | None) -> None:
        super().gotLength(length)
        if length is not None and length > MAX_BODY:
            self._refuse()

    def handleContentChunk(self, data: bytes) -> None:
        self.received += len(data)
        if self.received > MAX_BODY:
            self._refuse()
        elif not self.refused:
            super().handleContentChunk(data)

    def process(self) -> Any:
        if self.refused:
            return None
        transport = self.transport
        processed = super().process()
        if self.transport is None:
            # A socket has taken the line over: it need not keep the request that opened it, nor these two each other.
            transport.unregisterProducer()
            self.channel.requests.clear()
        return processed

    def handle_exception(self, exception: BaseException) -> None:
        """An answer that has begun can only be cut off: nobody may take it for the whole."""
        if self._response_started:
            self.channel.transport.abortConnection()
        else:
            super().handle_exception(exception)

    def _refuse(self) -> None:
        if not self.refused:
            self.refused = True
            transport = self.channel.transport
            transport.write(b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
            transport.loseConnection()


class BoundedChannel(HTTPChannel):
    """A connection that brings a request byte by byte is ended: only a good piece of it renews the time it has."""

    arrived = 0

    def dataReceived(self, data: bytes) -> None:
        self.arrived += len(data)
        if self.arrived >= GOOD_PIECE:
            self.arrived = 0
            self.resetTimeout()
        LineReceiver.dataReceived(self, data)


class BoundedFactory(HTTPFactory):
    protocol = BoundedChannel

    def __init__(self, server: Any) -> None:
        super().__init__(server)
        self.timeOut = settings.HTTP_TIMEOUT

    def buildProtocol(self, addr: Any) -> Any:
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = BoundedRequest
        return protocol


class BoundedSocket(WebSocketProtocol):
    """Ends a connection that sends frames faster than any page does, in the middle of what it has sent.

    What comes after that is taken from the line and not looked at, so that the close frame and its code arrive.
    """

    flooded = False
    state = State()

    @classmethod
    def configure(cls, factory: Any) -> None:
        """Takes the factory's settings over once; autobahn would copy, and write out, all of them for each socket."""
        for name in WebSocketProtocol.CONFIG_ATTRS:
            value = getattr(factory, name)
            setattr(cls, name, staticmethod(value) if callable(value) else value)
        cls.CONFIG_ATTRS = []
        factory.protocol = cls
        # For each connection and each piece that arrives it makes coloured words of a log line that nobody reads.
        for module in (autobahn.websocket.protocol, autobahn.twisted.websocket):
            module.hltype = module.hlval = _plain

    def onConnect(self, request: Any) -> Any:
        self.frames = TokenBucket(FRAME_RATE, FRAME_BURST)
        return super().onConnect(request)

    def onOpen(self) -> None:
        super().onOpen()
        self.server.protocol_opened(self)
        # Needed for the handshake alone, and sockets live long.
        self.http_request_data = b""
        self.http_headers = self.request.headers = {}
        self.clean_headers: list[tuple[bytes, bytes]] = []

    def connectionLost(self, reason: Any = connectionDone) -> None:
        super().connectionLost(reason)
        # It holds the connection itself, which with all that was never taken would stay until somebody looks for it.
        self.is_closed = None

    def dataReceived(self, data: bytes) -> None:
        if not self.flooded:
            super().dataReceived(data)

    def processData(self) -> Any:
        return False if self.flooded else super().processData()

    def onFrameBegin(self) -> None:
        super().onFrameBegin()
        if not self.frames.take(monotonic()):
            self.flooded = True
            if self.state == self.STATE_OPEN:
                self.sendClose(code=CLOSE_TOO_FAST)
