"""How long until a message is acknowledged, when 500 a second are stored for good, beside a relay that stores nothing.

Fifty people in conversations of two write ten messages a second each, over sockets with tokens, to a real `serve` on
SQLite (WAL, synchronous=FULL). Each row: the wait for the acknowledgement (p50, p95, p99, in ms) and
the server's CPU per message. The goal: p50 at most 6 ms, p95 at most 50 ms.
"""

import asyncio
import json
import multiprocessing
import os
import sqlite3
import statistics
import sys
import tempfile
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.servers.programs import free_port, wait_until
from tests.servers.serve import Servers

PAIRS = 25
RATE = 500.0  # messages a second, of all together
WARM, SECONDS = 2.0, float(os.environ.get("SECONDS", "10"))
GOAL_P50, GOAL_P95 = 6.0, 50.0
LAY = """
import json
from datetime import timedelta
from django.conf import settings
from django.utils import timezone
from chat.actions import open_conversation
from fairplatform.accounts.models import Token
from tests.factories import make_buyer, make_exhibitor, make_fair, make_staff

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
fair, end = make_fair(), timezone.now() + timedelta(hours=1)
rows, seats = ["conversation.read", "conversation.write"], []
sells, buys = make_exhibitor(fair), make_buyer(fair)
for _ in range(PAIRS):
    people = [make_staff(sells), make_staff(buys)]
    topic = open_conversation(fair=fair, people=people).topic
    for person in people:
        seats.append([topic, Token.issue(person, fair=fair, permissions=rows, expires_at=end)[1]])
print(json.dumps(seats))
"""


@dataclass
class Writer:
    """One socket that writes at a steady pace, whether or not the last message is acknowledged."""

    topic: str
    wire: ClientConnection
    waiting: dict[int, float] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    refused: int = 0
    ref: int = 0

    async def send(self, kind: str, **fields: Any) -> None:
        self.ref += 1
        self.waiting[self.ref] = perf_counter()
        await self.wire.send(json.dumps({"ref": self.ref, "topic": self.topic, "type": kind, **fields}))

    async def join(self) -> None:
        await self.send("join")
        while self.waiting:
            self.hear(await self.wire.recv())

    def hear(self, text: str | bytes) -> None:
        frame = json.loads(text)
        if (sent := self.waiting.pop(frame.get("ref"), None)) is not None:
            self.waits.append((perf_counter() - sent) * 1000)
            self.refused += frame["type"] != "ok"

    async def listen(self) -> None:
        async for text in self.wire:
            self.hear(text)

    async def write(self, first: float, end: float, pause: float) -> None:
        due = first
        while due < end:
            await asyncio.sleep(max(0.0, due - perf_counter()))
            await self.send("message.post", client_id=str(uuid.uuid4()), body=f"Price for lot {self.ref}, CIF Karachi?")
            due += pause


@dataclass
class Row:
    """What one server showed."""

    label: str
    waits: list[float]
    refused: int
    cpu: float  # seconds of the server's processor for each message

    def print(self) -> None:
        cuts = statistics.quantiles(self.waits, n=100)
        sys.stdout.write(
            f"  {self.label:38}{cuts[49]:9.1f}{cuts[94]:9.1f}{cuts[98]:9.1f}"
            f"{self.cpu * 1e6:9.0f} µs{len(self.waits):9}{self.refused:9}\n"
        )


async def measure(label: str, url: str, process: int, seats: list[list[str]]) -> Row:
    writers = []
    for topic, token in seats:
        headers = {"Authorization": f"Bearer {token}"}
        writers.append(Writer(topic, await connect(url, additional_headers=headers, compression=None)))
        await writers[-1].join()
    listening = [asyncio.create_task(writer.listen()) for writer in writers]
    pause, begin = len(writers) / RATE, perf_counter()
    await write(writers, begin, WARM, pause)
    for writer in writers:
        writer.waits.clear()
    used, begin = cpu_seconds(process), perf_counter()
    await write(writers, begin, SECONDS, pause)
    used = cpu_seconds(process) - used
    waits = [wait for writer in writers for wait in writer.waits]
    for task, writer in zip(listening, writers, strict=True):
        task.cancel()
        await writer.wire.close()
    return Row(label, waits, sum(writer.refused for writer in writers), used / len(waits))


async def write(writers: list[Writer], begin: float, seconds: float, pause: float) -> None:
    starts = [begin + pause * n / len(writers) for n in range(len(writers))]
    await asyncio.gather(
        *(writer.write(start, begin + seconds, pause) for writer, start in zip(writers, starts, strict=True))
    )
    async with asyncio.timeout(30):
        while any(writer.waiting for writer in writers):  # noqa: ASYNC110 — any of the writers may be the last
            await asyncio.sleep(0.01)


def cpu_seconds(process: int) -> float:
    """User and system time of a process so far."""
    words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def durable_commit(folder: Path) -> float:
    """Milliseconds that one row on its own takes to be safe on this disk: no acknowledgement can be quicker."""
    database = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (x)")
    took = []
    for n in range(200):
        begin = perf_counter()
        database.execute("INSERT INTO t VALUES (?)", [n])
        took.append((perf_counter() - begin) * 1000)
    database.close()
    return statistics.median(took)


async def relay(port: int) -> None:
    """The bare server: an acknowledgement and the message to both, nothing checked and nothing kept."""
    places: dict[str, set[ServerConnection]] = defaultdict(set)

    async def talk(wire: ServerConnection) -> None:
        async for text in wire:
            frame = json.loads(text)
            place = places[frame["topic"]]
            if frame["type"] == "join":
                place.add(wire)
            await wire.send(json.dumps({"ref": frame["ref"], "type": "ok"}))
            if frame["type"] == "message.post":
                event = json.dumps(frame | {"ref": None, "type": "message.posted"})
                for member in place:
                    await member.send(event)

    async with serve(talk, "127.0.0.1", port, compression=None):
        await asyncio.get_running_loop().create_future()


def run_relay(port: int) -> None:
    asyncio.run(relay(port))


def listens(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def bare(seats: list[list[str]]) -> Row:
    port = free_port()
    process = multiprocessing.get_context("spawn").Process(target=run_relay, args=(port,), daemon=True)
    process.start()
    try:
        wait_until(lambda: listens(port), seconds=20, what="the relay")
        assert process.pid
        return asyncio.run(measure("a bare relay, nothing stored", f"ws://127.0.0.1:{port}", process.pid, seats))
    finally:
        process.terminate()
        process.join()


def ours(folder: Path) -> tuple[Row, list[list[str]]]:
    (templates := folder / "templates").mkdir()
    servers = Servers(templates, folder)
    try:
        server = servers("--no-clock", "--no-tasks")
        seats = json.loads(server.manage("shell", "-v", "0", "-c", LAY.replace("PAIRS", str(PAIRS))))
        process = server.program.process
        assert process
        row = asyncio.run(measure("the fair, stored and numbered", server.socket_url, process.pid, seats))
        stored = server.manage("shell", "-v", "0", "-c", "from chat.models import *; print(Message.objects.count())")
        assert int(stored) >= len(row.waits), "acknowledged and not stored"
        return row, seats
    finally:
        servers.stop()


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        row, seats = ours(folder)
        other, commit = bare(seats), durable_commit(folder)
    title = f"Acknowledgements, {RATE:.0f} messages a second"
    sys.stdout.write(f"{title:40}   p50 ms   p95 ms   p99 ms    CPU each messages  refused\n")
    other.print()
    row.print()
    sys.stdout.write(f"  one row alone, made durable on this disk{commit:7.1f}\n")
    sys.stdout.write(f"  goal: p50 at most {GOAL_P50:.0f} ms, p95 at most {GOAL_P95:.0f} ms\n")


if __name__ == "__main__":
    main()
