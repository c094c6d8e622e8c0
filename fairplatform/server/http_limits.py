"""Limits of HTTP requests, which Daphne does not have: the size of a body, and how slowly a request may arrive."""

from typing import Any

from daphne.http_protocol import HTTPFactory, WebRequest
from django.conf import settings
from twisted.protocols.basic import LineReceiver
from twisted.web.http import HTTPChannel

MAX_BODY = 8 * 1024 * 1024
# So many bytes must arrive within the timeout: fewer do not renew it.
MIN_PROGRESS = 16 * 1024


class LimitedRequest(WebRequest):
    """Responds with 413 as soon as a body is announced to be, or has become, larger than MAX_BODY."""

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
            # The connection is a WebSocket now. Without this, the transport and the channel would keep this request,
            # its headers and its body in memory for as long as the socket is open.
            transport.unregisterProducer()
            self.channel.requests.clear()
        return processed

    def handle_exception(self, exception: BaseException) -> None:
        """Cuts the connection when the response has begun, so that nobody takes a part for the whole."""
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


class LimitedChannel(HTTPChannel):
    """Ends a connection whose request arrives byte by byte: only MIN_PROGRESS bytes renew the timeout."""

    arrived = 0

    def dataReceived(self, data: bytes) -> None:
        self.arrived += len(data)
        if self.arrived >= MIN_PROGRESS:
            self.arrived = 0
            self.resetTimeout()
        # Not super(): HTTPChannel would renew the timeout with each byte.
        LineReceiver.dataReceived(self, data)


class LimitedFactory(HTTPFactory):
    """Builds the two."""

    protocol = LimitedChannel

    def __init__(self, server: Any) -> None:
        super().__init__(server)
        self.timeOut = settings.HTTP_TIMEOUT

    def buildProtocol(self, addr: Any) -> Any:
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = LimitedRequest
        return protocol
