"""What is too big or broken ends the one connection it came by, with its code, and nobody else's."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.servers.serve import Server

JOIN = json.dumps({"ref": 1, "topic": "fair:none", "type": "join"})


async def send_and_receive(wire: ClientConnection, message: str | Sequence[str]) -> None:
    """Sends a message and waits for a frame; either raises if the connection has been closed meanwhile."""
    await wire.send(message)
    await wire.recv()


async def closed_with(server: Server, message: str | Sequence[str], *, raw: bytes = b"") -> int:
    async with connect(server.socket_url, origin=server.url, compression=None) as wire:  # type: ignore[arg-type]
        wire.transport.write(raw)
        with pytest.raises(ConnectionClosed) as closed:
            await (wire.recv() if raw else send_and_receive(wire, message))
        assert closed.value.rcvd is not None
        return closed.value.rcvd.code


async def test_too_big_and_malformed_messages_are_closed_with_their_codes(plain_server: Server) -> None:
    server = plain_server
    async with connect(server.socket_url, origin=server.url) as other:  # type: ignore[arg-type]
        assert await closed_with(server, "x" * (64 * 1024 + 1)) == 1009
        assert await closed_with(server, ["x" * 40_000, "x" * 40_000]) == 1009
        assert await closed_with(server, "x" * 10_000_000) == 1009
        # A compressed frame, which nobody agreed on; a text that is no UTF-8.
        assert await closed_with(server, "", raw=bytes([0xC1, 0x82, 0, 0, 0, 0]) + b"{}") == 1002
        assert await closed_with(server, "", raw=bytes([0x81, 0x82, 0, 0, 0, 0]) + b"\xff\xfe") == 1007
        await other.send(JOIN)
        assert json.loads(await other.recv())["code"] == "not_found"


PING, EMPTY_FRAGMENT = bytes([0x89, 0x80, 0, 0, 0, 0]), bytes([0x00, 0x80, 0, 0, 0, 0])
FIRST_FRAGMENT = bytes([0x01, 0x80, 0, 0, 0, 0])
GIANT = bytes([0x81, 0xFE, *(60_000).to_bytes(2, "big"), 0, 0, 0, 0]) + b"x" * 60_000
FLOODS = {
    "pings": PING * 50_000,
    "fragments": FIRST_FRAGMENT + EMPTY_FRAGMENT * 50_000,
    "giants": GIANT * 55,  # fewer than the commands that a socket may save up
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
async def test_frames_are_counted_and_so_are_their_bytes(plain_server: Server, flood: bytes) -> None:
    server = plain_server
    origin: Any = server.url
    async with connect(server.socket_url, origin=origin) as other, connect(server.socket_url, origin=origin) as wire:
        await other.send(JOIN)
        await other.recv()
        wire.transport.write(flood)
        async with asyncio.timeout(20):
            await wire.wait_closed()
        assert wire.close_code == 4429
        await other.send(JOIN)
        assert json.loads(await other.recv())["code"] == "not_found"
