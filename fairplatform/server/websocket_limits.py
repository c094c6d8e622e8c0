"""Limits of WebSockets, which Daphne does not have, and what an open one need not keep in memory."""

from time import monotonic
from typing import Any

import autobahn.twisted.websocket
import autobahn.websocket.protocol
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet.protocol import connectionDone

from . import close_codes
from .frames import ConnectionState
from .token_bucket import TokenBucket

MAX_MESSAGE = 64 * 1024
# Frames of every kind, by the second: pings, pongs and empty fragments reach no command, so no limit of commands.
FRAME_RATE, FRAME_BURST = 100.0, 400.0
# Bytes of their contents, by the second: of as many messages as a socket may send (realtime.socket), 16 KB for each.
BYTE_RATE, BYTE_BURST = 20.0 * 16 * 1024, 60.0 * 16 * 1024


def _uncoloured(value: Any, **_: Any) -> Any:
    return value


class LimitedWebSocket(WebSocketProtocol):
    """Ends a connection that sends more frames or bytes than any page does, even in the middle of one read.

    What arrives after that is read and dropped, so that the close frame with its code reaches the client.
    """

    flooded = False
    state = ConnectionState()

    @classmethod
    def configure(cls, factory: Any) -> None:
        """Makes the factory build this class, with its settings as class attributes.

        autobahn would copy all of them to each connection.
        """
        for name in WebSocketProtocol.CONFIG_ATTRS:
            value = getattr(factory, name)
            setattr(cls, name, staticmethod(value) if callable(value) else value)
        cls.CONFIG_ATTRS = []
        factory.protocol = cls
        # For every connection and every read autobahn colours the words of a debug line that is not written.
        for module in (autobahn.twisted.websocket, autobahn.websocket.protocol):
            module.hltype = module.hlval = _uncoloured

    def onConnect(self, request: Any) -> Any:
        self.frame_bucket = TokenBucket(FRAME_RATE, FRAME_BURST)
        self.byte_bucket = TokenBucket(BYTE_RATE, BYTE_BURST)
        return super().onConnect(request)

    def onOpen(self) -> None:
        super().onOpen()
        # Only the handshake needs them.
        self.http_request_data = b""
        self.http_headers = self.request.headers = {}
        self.clean_headers: list[tuple[bytes, bytes]] = []

    def connectionLost(self, reason: Any = connectionDone) -> None:
        super().connectionLost(reason)
        # This Deferred refers back to the connection; the cycle would keep its unsent data until a garbage collection.
        self.is_closed = None

    def dataReceived(self, data: bytes) -> None:
        if not self.flooded:
            super().dataReceived(data)

    def processData(self) -> Any:
        return False if self.flooded else super().processData()

    def onFrameBegin(self) -> None:
        super().onFrameBegin()
        now = monotonic()
        if not (self.frame_bucket.take(now) and self.byte_bucket.take(now, self.current_frame.length)):
            self.flooded = True
            if self.state == self.STATE_OPEN:
                self.sendClose(code=close_codes.TOO_FAST)
