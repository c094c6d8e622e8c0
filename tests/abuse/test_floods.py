"""Somebody sends far more than a page does: he is closed, and nobody else waits twice as long for it."""

import asyncio
import contextlib
import json
import time
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from uuid import uuid4

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.laid import Laid, lay
from tests.peers import SocketClient
from tests.servers.serve import Server, Servers

PACE = 0.07  # seconds between two messages of somebody who keeps to the limits
COUNT = 60


def memory(server: Server) -> int:
    """Bytes of the server that are in memory."""
    assert server.program.process is not None
    status = Path(f"/proc/{server.program.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


async def p95(writer: SocketClient, topic: str) -> float:
    """Seconds until a message of somebody who keeps to the limits is acknowledged, in 95 of 100 cases."""
    times = []
    for number in range(COUNT):
        begun = time.monotonic()
        await writer.send(topic, "message.post", client_id=str(uuid4()), body=f"Sample {number}")
        times.append(time.monotonic() - begun)
        await asyncio.sleep(PACE)
    return sorted(times)[int(COUNT * 0.95)]


def flood_of(kind: str, topic: str) -> list[str]:
    """What a thousand commands of one second look like."""
    match kind:
        case "messages":
            return [
                json.dumps(
                    {"ref": n, "topic": topic, "type": "message.post", "client_id": str(uuid4()), "body": "x" * 200}
                )
                for n in range(1000)
            ]
        case "heartbeats":
            return ['{"type":"heartbeat"}'] * 1000
        case "joins":
            return [json.dumps({"ref": n, "topic": topic, "type": "join"}) for n in range(1000)]
        case _:
            return ["x" * 60_000] * 1000


def flood(url: str, token: str, frames: list[str], seconds: float) -> list[int]:
    """Sends it all, again and again over new connections; returns the codes it was closed with.

    Runs in a process of its own: what the offender's program does must not hold up those who only wait.
    """
    return asyncio.run(_flood(url, token, frames, time.monotonic() + seconds))


async def _flood(url: str, token: str, frames: list[str], end: float) -> list[int]:
    codes = []
    while time.monotonic() < end:
        headers = {"Authorization": f"Bearer {token}"}
        async with connect(url, additional_headers=headers, compression=None) as wire:
            codes.append(await _pour(wire, frames))
        await asyncio.sleep(0.2)
    return codes


async def _pour(wire: ClientConnection, frames: list[str]) -> int:
    """Sends it all, reads what is answered, and returns the code of the close."""
    reading = asyncio.create_task(_read(wire))
    with contextlib.suppress(ConnectionClosed):
        for number, frame in enumerate(frames):
            await wire.send(frame)
            if number % 50 == 0:
                await asyncio.sleep(0.05)
    await reading
    return wire.close_code or 0


async def _read(wire: ClientConnection) -> None:
    async with asyncio.timeout(10):
        with contextlib.suppress(ConnectionClosed):
            async for _ in wire:
                pass


async def besiege(server: Server, laid: Laid, kind: str, offender: Executor) -> None:
    writer, topic = await SocketClient.open(server.socket_url, laid.tokens[0]), laid.topic
    await writer.send(topic, "join")
    await p95(writer, topic)
    quiet, before = await p95(writer, topic), memory(server)
    siege = offender.submit(flood, server.socket_url, laid.tokens[1], flood_of(kind, topic), COUNT * PACE)
    besieged = await p95(writer, topic)
    assert set(await asyncio.wrap_future(siege)) == {4429}
    assert memory(server) - before < 100 * 1024 * 1024
    # Two cores carry the offender too: hence a little for that.
    assert besieged < 2 * quiet + 0.05
    await writer.close()


@pytest.mark.parametrize("kind", ["messages", "heartbeats", "joins", "giants"])
def test_who_floods_is_closed_and_delays_nobody(serve: Servers, kind: str) -> None:
    server = serve("--no-clock", "--no-tasks")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as offender:
        offender.submit(time.monotonic).result()
        asyncio.run(besiege(server, lay(server, people=2), kind, offender))
