"""Somebody who sends far more than a page does. Runs in a process of its own, which knows nothing of the program."""

import asyncio
import contextlib
import json
import time
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed


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

    Runs in a process of its own: the CPU time of the flood must not delay the clients that are measured.
    """
    return asyncio.run(_flood(url, token, frames, time.monotonic() + seconds))


async def _flood(url: str, token: str, frames: list[str], end: float) -> list[int]:
    codes = []
    while time.monotonic() < end:
        headers = {"Authorization": f"Bearer {token}"}
        async with connect(url, additional_headers=headers, compression=None) as wire:
            codes.append(await _send_all(wire, frames))
        await asyncio.sleep(0.2)
    return codes


async def _send_all(wire: ClientConnection, frames: list[str]) -> int:
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
