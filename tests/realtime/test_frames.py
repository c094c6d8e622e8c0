"""Fast frames: byte for byte those of autobahn, in order with all others; a client that does not read is closed."""

import asyncio
import contextlib
import json
import socket
from typing import Any
from uuid import uuid4

import daphne.server  # installs its reactor, before anything installs another
import pytest
from twisted.internet.abstract import FileDescriptor
from twisted.internet.asyncioreactor import AsyncioSelectorReactor
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode

from fairplatform.server import frames
from tests.scenarios import ChatScenario, make_chat_scenario
from tests.servers.serve import Server, Servers
from tests.webrtc_peers import SocketClient

LONG = "机床 " * 1300


@pytest.mark.parametrize("text", ["", "a", "x" * 125, "x" * 126, "机" * 42, "x" * 65_535, "x" * 65_536, "ا" * 50_000])
def test_frame_is_what_another_library_makes_of_it(text: str) -> None:
    assert frames.frame(text) == Frame(Opcode.TEXT, text.encode()).serialize(mask=False)


def test_self_test_passes_with_the_locked_twisted() -> None:
    assert frames.self_test() is True


@pytest.mark.parametrize("attribute", ["dataBuffer", "_tempDataLen"])
def test_self_test_fails_when_twisted_keeps_its_buffers_elsewhere(monkeypatch, attribute: str) -> None:
    class AlwaysEmpty:
        """The attribute we read is always empty: a later Twisted may keep its unsent bytes under another name."""

        def __get__(self, *_: object) -> object:
            return 0 if attribute == "_tempDataLen" else b""

        def __set__(self, *_: object) -> None: ...

    monkeypatch.setattr(FileDescriptor, attribute, AlwaysEmpty(), raising=False)
    assert frames.self_test() is False


def test_self_test_fails_when_the_reactor_keeps_its_writers_elsewhere(monkeypatch) -> None:
    assert daphne.server.twisted_loop is not None
    monkeypatch.setattr(AsyncioSelectorReactor, "addWriter", lambda reactor, writer: None)
    assert frames.self_test() is False


async def nothing_follows_the_closing_frame(server: Server, scenario: ChatScenario) -> None:
    """A client does not answer the close frame; events published meanwhile are sent to the others alone."""
    writer = await SocketClient.open(server.socket_url, scenario.tokens[0])
    await writer.send(scenario.topic, "join")
    reader, wire = await asyncio.open_connection("127.0.0.1", server.port)
    wire.write(opening(server, scenario.tokens[3]))
    await reader.readuntil(b"\r\n\r\n")
    wire.write(masked(json.dumps({"ref": 1, "topic": scenario.topic, "type": "join"})))
    await reader.readuntil(b'"type":"ok"')
    await post(writer, scenario.topic, "while it was open")
    await reader.readuntil(b"while it was open")
    wire.write(Frame(Opcode.PONG, b"").serialize(mask=True) * 600)
    await reader.readuntil(CLOSED_AS_TOO_FAST)
    # While the server waits a second for the answering close frame, other clients are served.
    ended = asyncio.create_task(reader.read(1))
    for number in range(5):
        await post(writer, scenario.topic, f"while it is closing {number}")
    assert not ended.done()
    with contextlib.suppress(ConnectionResetError):
        assert await ended == b""
    wire.close()
    await writer.close()


CLOSED_AS_TOO_FAST = b"\x88\x02" + (4429).to_bytes(2, "big")


async def post(client: SocketClient, topic: str, body: str) -> dict[str, Any]:
    return await client.send(topic, "message.post", client_id=str(uuid4()), body=body)


def opening(server: Server, token: str) -> bytes:
    """A handshake (RFC 6455, 4.1) by hand: a library would answer the close frame at once."""
    headers = {
        "Host": f"127.0.0.1:{server.port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
        "Authorization": f"Bearer {token}",
    }
    lines = ["GET /ws/ HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def masked(text: str) -> bytes:
    """The frame of a client."""
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=True)


async def converse(server: Server, scenario: ChatScenario) -> None:
    """Short, long and very long messages arrive whole and in the order of their numbers, beside answers."""
    writer, reader = [await SocketClient.open(server.socket_url, token) for token in scenario.tokens[:2]]
    for client in (writer, reader):
        await client.send(scenario.topic, "join")
    bodies = ["x", "y" * 200, LONG.strip(), "z"] * 5
    for number, body in enumerate(bodies, 1):
        answer = await post(writer, scenario.topic, body)
        assert answer["seq"] == number
        await reader.send(scenario.topic, "messages.load", before=3)

    def posted() -> list[tuple[int, str]]:
        return [(f["seq"], f["body"]) for f in reader.received if f["type"] == "message.posted"]

    await reader.until(lambda: len(posted()) == len(bodies))
    assert posted() == list(enumerate(bodies, 1))
    await nothing_follows_the_closing_frame(server, scenario)
    await slow_reader_is_closed(server, scenario)
    for client in (writer, reader):
        await client.close()


async def slow_reader_is_closed(server: Server, scenario: ChatScenario) -> None:
    """A client requests pages and reads none: it is closed at the bound, long before it could have read all."""
    narrow = socket.create_connection(("127.0.0.1", server.port))
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    headers = {"Authorization": f"Bearer {scenario.tokens[2]}"}
    async with connect(
        server.socket_url, sock=narrow, additional_headers=headers, compression=None, max_queue=1, max_size=None
    ) as wire:
        await wire.send(json.dumps({"ref": 0, "topic": scenario.topic, "type": "join"}))
        # More than the operating system buffers (some 4 MB), and no faster than the rate limit allows.
        with contextlib.suppress(ConnectionClosed):
            for ref in range(1, 281):
                await asyncio.sleep(0 if ref < 50 else 0.052)
                await wire.send(
                    json.dumps({"ref": ref, "topic": scenario.topic, "type": "messages.load", "before": 99})
                )
        async with asyncio.timeout(20):
            while "bytes unsent" not in server.log:  # noqa: ASYNC110 — another process writes it
                await asyncio.sleep(0.1)
        # It may never read what is queued before the close frame: then the connection is aborted.
        wire.transport.close()
    assert server.log.count("bytes unsent") == 1


@pytest.mark.parametrize("fast", ["1", "0"])
def test_messages_arrive_in_order_and_slow_readers_are_closed(serve: Servers, fast: str) -> None:
    server = serve("--no-tasks", "--no-clock", FAST_FRAMES=fast)
    asyncio.run(converse(server, make_chat_scenario(server, people=4)))
