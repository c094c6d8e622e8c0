"""Limits of HTTP requests, which Daphne does not have: the size of a body, and how slowly a request may arrive.

The response to what is beyond them, and every other of the server itself, is a page for people.
"""

import re
from typing import Any, Protocol

from daphne.http_protocol import HTTPFactory, WebRequest
from django.conf import settings
from django.http import HttpResponse
from twisted.protocols.basic import LineReceiver
from twisted.web.http import HTTPChannel
from twisted.web.http_headers import Headers

MAX_BODY = 8 * 1024 * 1024
# So many bytes must arrive within the timeout: fewer do not renew it.
MIN_PROGRESS = 16 * 1024
# The lines of a head that tell the language of its reader.
ASKING = re.compile(rb"^(accept-language|cookie):[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)


class ErrorPage(Protocol):
    """The page for a status, in the language that these headers of the request ask for."""

    def __call__(self, status: int, *, cookie: str, accept_language: str) -> HttpResponse: ...


def _page(server: Any, status: int, asked: Headers) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """Headers and body of the page for a request of which these headers have arrived."""
    cookie = b"; ".join(asked.getRawHeaders(b"cookie", [])).decode("latin1")
    accept_language = b",".join(asked.getRawHeaders(b"accept-language", [])).decode("latin1")
    page = server.error_page(status, cookie=cookie, accept_language=accept_language)
    headers = [(name.encode("ascii"), value.encode("latin1")) for name, value in page.items()]
    return [*headers, (b"Content-Length", b"%d" % len(page.content))], page.content


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
        # Daphne would take the prefix of links from it, and fail if it is not ASCII.
        self.requestHeaders.removeHeader(b"Daphne-Root-Path")
        processed = super().process()
        if self.transport is None:
            # The connection is a WebSocket now. Without this, the transport and the channel would keep this request,
            # its headers and its body in memory for as long as the socket is open.
            transport.unregisterProducer()
            self.channel.requests.clear()
        return processed

    def basic_error(self, status: int, status_text: bytes, body: str) -> None:
        """Called by Daphne when the application cannot respond; `body` is its own English text."""
        headers, page = _page(self.server, status, self.requestHeaders)
        self.handle_reply({"type": "http.response.start", "status": status, "headers": headers})
        self.handle_reply({"type": "http.response.body", "body": page})

    def handle_exception(self, exception: BaseException) -> None:
        """Cuts the connection when the response has begun, so that nobody takes a part for the whole."""
        if self._response_started:
            self.channel.transport.abortConnection()
        else:
            super().handle_exception(exception)

    def _refuse(self) -> None:
        if not self.refused:
            self.refused = True
            self.channel.respond_and_close(413, b"Content Too Large")


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

    def lineLengthExceeded(self, line: bytes) -> None:
        """Called for an address or a header that is too long."""
        self.respond_and_close(400, b"Bad Request", unread=line)

    def _respondToBadRequestAndDisconnect(self) -> None:
        """Called by Twisted for a malformed head or one that is too long; its own response is empty."""
        self.respond_and_close(400, b"Bad Request", unread=self.clearLineBuffer())

    def respond_and_close(self, status: int, reason: bytes, *, unread: bytes = b"") -> None:
        """Responds to a request that has not arrived completely, and reads no more of it.

        `unread`: of its head, what has arrived and not been read; it may tell the language.
        """
        asked = self.requests[-1].requestHeaders.copy() if self.requests else Headers()
        for name, value in ASKING.findall(unread):
            asked.addRawHeader(name, value)
        headers, page = _page(self.factory.server, status, asked)
        lines = [b"HTTP/1.1 %d %s" % (status, reason), b"Connection: close"]
        lines += [b"%s: %s" % header for header in headers]
        self.transport.write(b"\r\n".join([*lines, b"", page]))
        self.loseConnection()


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
