"""One WebSocket connection, as far as it sends and closes."""

import logging
from collections.abc import Awaitable

from fairplatform.asgi_types import Receive, Scope, Send
from fairplatform.observability.sockets import slow_readers
from fairplatform.server import close_codes
from fairplatform.server.frames import EXTENSION, FrameWriter, frame

logger = logging.getLogger(__name__)
MAX_UNSENT = 1024 * 1024  # bytes buffered for a client that reads slowly, before it is closed


class WebSocketConnection:
    """Writes by the server's frame writer; under a server that has none, by ASGI's `send`."""

    __slots__ = ("_receive", "_send", "closed", "code", "frame_writer")

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self.closed = False
        self.code = close_codes.ABNORMAL
        self.frame_writer: FrameWriter | None = scope.get("extensions", {}).get(EXTENSION)

    async def send_text(self, text: str) -> None:
        if self.closed:
            return
        if self.frame_writer is None:
            await self._send({"type": "websocket.send", "text": text})
        elif self.frame_writer.write(frame(text)) > MAX_UNSENT:
            await self._close_slow_reader(self.frame_writer)

    async def close(self, code: int) -> None:
        if not self.closed:
            self.closed, self.code = True, code
            await self._send({"type": "websocket.close", "code": code})

    def _close_slow_reader(self, writer: FrameWriter) -> Awaitable[None]:
        slow_readers.inc()
        logger.warning("slow client closed with %d bytes unsent", writer.unsent)
        return self.close(close_codes.TOO_SLOW)
