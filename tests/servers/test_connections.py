"""Requests that are late or break, and sockets that end: what the server does with their connections."""

import asyncio
import gc
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from daphne.ws_protocol import WebSocketFactory
from django.conf import settings
from django.utils import translation
from twisted.internet.error import ConnectionDone
from twisted.internet.task import Clock
from twisted.internet.testing import StringTransportWithDisconnection
from twisted.python.failure import Failure

from fairplatform.i18n.text import HTML_LANG, LANGUAGES
from fairplatform.pages.errors import server_page
from fairplatform.server.frames import FrameWriter
from fairplatform.server.http_limits import MAX_BODY, LimitedFactory
from fairplatform.server.web_server import WebServer
from fairplatform.server.websocket_limits import LimitedWebSocket
from tests.page_language import PageText

TURNS = 50  # of the event loop: enough for everything that runs here


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Answers with its path, raises at /boom, and raises in the middle of its answer at /half."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            pass
        return
    if scope["path"] == "/boom":
        raise RuntimeError("broken on purpose")
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"9")]})
    await send(
        {"type": "http.response.body", "body": scope["path"].encode()[:4], "more_body": scope["path"] == "/half"}
    )
    if scope["path"] == "/half":
        raise RuntimeError("broken in the middle on purpose")


class Idle:
    """A process that does nothing besides answering."""

    def startup(self) -> None: ...

    async def shutdown(self) -> None: ...


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    # The time does not move: the tests call the periodic checks themselves.
    monkeypatch.setattr("daphne.server.reactor", Clock())
    server = WebServer(application, bind="127.0.0.1", port=0, proxies=[], lifespan=Idle(), error_page=server_page)
    server.root_path = ""
    server.frame_writer = FrameWriter
    server.ws_factory = WebSocketFactory(server, server="fair")
    LimitedWebSocket.configure(server.ws_factory)
    return server


async def run_event_loop() -> None:
    for _ in range(TURNS):
        await asyncio.sleep(0)


class Transport(StringTransportWithDisconnection):
    def loseConnection(self) -> None:
        self.disconnecting = True
        super().loseConnection()

    def abortConnection(self) -> None:
        self.loseConnection()


class FakeConnection:
    """A connection to the server, without a network."""

    def __init__(self, server: WebServer) -> None:
        self.channel = LimitedFactory(server).buildProtocol(None)
        self.transport = Transport()
        self.transport.protocol = self.channel
        self.channel.makeConnection(self.transport)

    async def request(self, *paths: str, headers: str = "") -> bytes:
        """Sends all requests at once, without waiting for answers; returns what has been answered soon after."""
        requests = (f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n" for path in paths)
        self.transport.protocol.dataReceived("".join(requests).encode())
        await run_event_loop()
        return bytes(self.transport.value())


UPGRADE = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


async def test_a_late_request_is_answered_with_503(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: Any, **__: Any) -> None:
        await asyncio.Event().wait()

    server.application = never
    server.http_timeout = 1e-9  # any time at all is too long
    connection = FakeConnection(server)
    assert await connection.request("/") == b""
    server.timeout_checker()
    assert connection.transport.value().startswith(b"HTTP/1.1 503 ")
    for details in server.connections.values():
        details["application_instance"].cancel()


# How a browser tells the language: by that of its person, and by what they have chosen here.
ASKING = {
    "browser": "Accept-Language: {}\r\nCookie: a=b\r\n",
    "cookie": f"Cookie: a=b\r\nCookie: {settings.LANGUAGE_COOKIE_NAME}={{}}\r\nAccept-Language: en\r\n",
}
# What the server itself responds to: the path and further headers of a request, and the status.
FAULTS = {
    "malformed header": ("/", "No colon\r\n", 400),
    "forbidden name": ("/", "X(A): b\r\n", 400),
    "long header": ("/", f"X-A: {'a' * 20_000}\r\n", 400),
    "many headers": ("/", f"X-A: {'a' * 6_000}\r\n" * 3, 400),
    "long address": ("/" + "a" * 20_000, "", 400),
    "address that is not ASCII": ("/?\u00e9", "", 400),
    "large body": ("/", f"Content-Length: {MAX_BODY + 1}\r\n", 413),
    "failure": ("/boom", "", 500),
}
TITLES = {
    400: "This request could not be processed",
    413: "Too large to send",
    500: "Something went wrong",
}


SECURITY = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}


async def response_to(server: WebServer, path: str, headers: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and body of the response to one request."""
    connection = FakeConnection(server)
    await connection.request(path, headers=headers)
    server.application_checker()
    await run_event_loop()
    head, _, body = bytes(connection.transport.value()).decode().partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    fields = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    connection.transport.loseConnection()
    return int(first.split()[1]), fields, body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("asking", ASKING.values(), ids=ASKING)
async def test_what_the_server_itself_responds_is_a_page_in_the_visitors_language(
    server: WebServer, asking: str, fault: str, language: str
) -> None:
    path, headers, status = FAULTS[fault]
    got, fields, body = await response_to(server, path, asking.format(language) + headers)
    assert (got, fields["content-length"]) == (status, str(len(body.encode())))
    assert fields["content-language"] == language
    assert "frame-ancestors 'none'" in fields["content-security-policy"]
    assert {name: fields.get(name) for name in SECURITY} == SECURITY
    page = PageText(body, HTML_LANG[language])
    assert (page.root, page.in_wrong_script) == ((HTML_LANG[language], "rtl" if language == "ur" else "ltr"), [])
    with translation.override(language):
        assert f'<p class="empty__what">{translation.gettext(TITLES[status])}</p>' in body


async def test_of_whom_no_header_has_arrived_is_responded_to_in_english(server: WebServer) -> None:
    connection = FakeConnection(server)
    connection.transport.protocol.dataReceived(b"GET /" + b"a" * 20_000)
    response = bytes(connection.transport.value()).decode()
    assert response.startswith("HTTP/1.1 400 ")
    assert f'<p class="empty__what">{TITLES[400]}</p>' in response


async def test_a_request_behind_a_failed_one_is_answered(server: WebServer) -> None:
    connection = FakeConnection(server)
    assert await connection.request("/boom", "/second") == b""
    server.application_checker()
    await run_event_loop()
    answers = bytes(connection.transport.value())
    assert answers.index(b"HTTP/1.1 500 ") < answers.index(b"HTTP/1.1 200 ") < answers.index(b"/sec")
    connection.transport.loseConnection()
    server.application_checker()
    assert server.connections == {}


async def test_an_answer_that_breaks_in_the_middle_is_cut_off_and_delays_no_other(server: WebServer) -> None:
    broken, well = FakeConnection(server), FakeConnection(server)
    assert (await broken.request("/half")).endswith(b"/hal")
    await well.request("/well")
    server.application_checker()
    assert broken.transport.connected is False
    well.transport.loseConnection()
    server.application_checker()
    assert server.connections == {}


async def test_a_closed_socket_is_freed_at_once_with_its_unread_frames(server: WebServer) -> None:
    connection = FakeConnection(server)
    await connection.request("/ws/", headers=UPGRADE)
    gc.collect()
    gone = weakref.ref(connection.transport.protocol), weakref.ref(connection.transport)
    gc.disable()
    try:
        connection.transport.protocol.connectionLost(Failure(ConnectionDone()))
        await run_event_loop()
        server.application_checker()
        connection.transport.protocol = None
        del connection
        assert [ref() for ref in gone] == [None, None]
    finally:
        gc.enable()
