"""How long until a message is acknowledged, at 500 a second, beside a relay that stores nothing.

Fifty people in conversations of two write ten messages a second each, over sockets with tokens, to a real `serve` on
SQLite (WAL, synchronous=FULL: durable). Reports the time to the acknowledgement and the server's CPU per message.
"""

import asyncio
import json
import multiprocessing
import sqlite3
import statistics
import tempfile
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve

from bench.processes import cpu_seconds, listens, our_servers, pid_of
from bench.table import Row, as_cheap_as, at_most, show
from tests.servers.programs import free_port, wait_until
from tests.servers.serve import Servers

PAIRS = 25
RATE = 500.0  # messages a second, of all together
WARM, SECONDS = 2.0, 10.0
GOAL_P50, GOAL_P95 = 6.0, 50.0
SCRIPT = """
import json
from datetime import timedelta
from django.conf import settings
from django.utils import timezone
from fairplatform.accounts.models import Token
from tests.factories import make_buyer, make_conversation, make_exhibitor, make_fair, make_staff

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
fair, end = make_fair(), timezone.now() + timedelta(hours=1)
rows, credentials = ["conversation.read", "conversation.write"], []
sells, buys = make_exhibitor(fair), make_buyer(fair)
for _ in range(PAIRS):
    people = [make_staff(sells), make_staff(buys)]
    topic = make_conversation(fair, people).topic
    for person in people:
        credentials.append([topic, Token.issue(person, fair=fair, permissions=rows, expires_at=end)[1]])
print(json.dumps(credentials))
"""


@dataclass
class Writer:
    """One socket that writes at a steady rate, whether or not its last message is acknowledged."""

    topic: str
    connection: ClientConnection
    unacknowledged: dict[int, float] = field(default_factory=dict)  # ref → when it was sent
    latencies: list[float] = field(default_factory=list)  # ms
    refused: int = 0
    ref: int = 0

    async def send(self, kind: str, **fields: Any) -> None:
        self.ref += 1
        self.unacknowledged[self.ref] = perf_counter()
        await self.connection.send(json.dumps({"ref": self.ref, "topic": self.topic, "type": kind, **fields}))

    async def join(self) -> None:
        await self.send("join")
        while self.unacknowledged:
            self.receive(await self.connection.recv())

    def receive(self, text: str | bytes) -> None:
        frame = json.loads(text)
        if (sent := self.unacknowledged.pop(frame.get("ref"), None)) is not None:
            self.latencies.append((perf_counter() - sent) * 1000)
            self.refused += frame["type"] != "ok"

    async def listen(self) -> None:
        async for text in self.connection:
            self.receive(text)

    async def write(self, first: float, end: float, pause: float) -> None:
        due = first
        while due < end:
            await asyncio.sleep(max(0.0, due - perf_counter()))
            await self.send("message.post", client_id=str(uuid.uuid4()), body=f"Price for lot {self.ref}, CIF Karachi?")
            due += pause


@dataclass
class Acknowledgements:
    """What one server took: latencies in ms, commands refused, and CPU in µs per message."""

    latencies: list[float]
    refused: int
    cpu: float

    def percentile(self, percent: int) -> float:
        return statistics.quantiles(self.latencies, n=100)[percent - 1]


async def timed(url: str, process: int, credentials: list[list[str]]) -> Acknowledgements:
    writers = []
    for topic, token in credentials:
        headers = {"Authorization": f"Bearer {token}"}
        writers.append(Writer(topic, await connect(url, additional_headers=headers, compression=None)))
        await writers[-1].join()
    listening = [asyncio.create_task(writer.listen()) for writer in writers]
    pause, begin = len(writers) / RATE, perf_counter()
    await write(writers, begin, WARM, pause)
    for writer in writers:
        writer.latencies.clear()
    used, begin = cpu_seconds(process), perf_counter()
    await write(writers, begin, SECONDS, pause)
    used = cpu_seconds(process) - used
    latencies = [latency for writer in writers for latency in writer.latencies]
    for task, writer in zip(listening, writers, strict=True):
        task.cancel()
        await writer.connection.close()
    return Acknowledgements(latencies, sum(writer.refused for writer in writers), used / len(latencies) * 1e6)


async def write(writers: list[Writer], begin: float, seconds: float, pause: float) -> None:
    starts = [begin + pause * n / len(writers) for n in range(len(writers))]
    await asyncio.gather(
        *(writer.write(start, begin + seconds, pause) for writer, start in zip(writers, starts, strict=True))
    )
    async with asyncio.timeout(30):
        while any(writer.unacknowledged for writer in writers):  # noqa: ASYNC110 — any of the writers may be the last
            await asyncio.sleep(0.01)


def durable_commit() -> float:
    """Milliseconds that one durable INSERT takes on this disk: no acknowledgement can be quicker."""
    with tempfile.TemporaryDirectory() as folder:
        return _durable_commit(Path(folder) / "bare.sqlite3")


def _durable_commit(path: Path) -> float:
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (x)")
    durations = []
    for n in range(200):
        begin = perf_counter()
        database.execute("INSERT INTO t VALUES (?)", [n])
        durations.append((perf_counter() - begin) * 1000)
    database.close()
    return statistics.median(durations)


async def relay(port: int) -> None:
    """The bare server: acknowledges, and sends the message to both; checks and stores nothing."""
    members: dict[str, set[ServerConnection]] = defaultdict(set)

    async def handle(connection: ServerConnection) -> None:
        async for text in connection:
            frame = json.loads(text)
            topic = members[frame["topic"]]
            if frame["type"] == "join":
                topic.add(connection)
            await connection.send(json.dumps({"ref": frame["ref"], "type": "ok"}))
            if frame["type"] == "message.post":
                event = json.dumps(frame | {"ref": None, "type": "message.posted"})
                for member in topic:
                    await member.send(event)

    async with serve(handle, "127.0.0.1", port, compression=None):
        await asyncio.get_running_loop().create_future()


def run_relay(port: int) -> None:
    asyncio.run(relay(port))


def bare(credentials: list[list[str]]) -> Acknowledgements:
    port = free_port()
    process = multiprocessing.get_context("spawn").Process(target=run_relay, args=(port,), daemon=True)
    process.start()
    try:
        wait_until(lambda: listens(port), seconds=20, what="the relay")
        assert process.pid
        return asyncio.run(timed(f"ws://127.0.0.1:{port}", process.pid, credentials))
    finally:
        process.terminate()
        process.join()


def ours(servers: Servers) -> tuple[Acknowledgements, list[list[str]]]:
    server = servers("--no-clock", "--no-tasks")
    try:
        credentials = json.loads(server.manage("shell", "-v", "0", "-c", SCRIPT.replace("PAIRS", str(PAIRS))))
        acknowledgements = asyncio.run(timed(server.socket_url, pid_of(server.program), credentials))
        stored = server.manage("shell", "-v", "0", "-c", "from chat.models import *; print(Message.objects.count())")
        assert int(stored) >= len(acknowledgements.latencies), "acknowledged and not stored"
        return acknowledgements, credentials
    finally:
        servers.stop()


def measure(servers: Servers) -> list[Row]:
    our, credentials = ours(servers)
    theirs = bare(credentials)
    what = f"acknowledged, {RATE:.0f} a second"
    return [
        at_most(f"{what}: p50", our.percentile(50), "ms", GOAL_P50),
        at_most(f"{what}: p95", our.percentile(95), "ms", GOAL_P95),
        at_most(f"{what}: p99", our.percentile(99), "ms"),
        at_most(f"{what}: refused", our.refused, "", 0),
        as_cheap_as(f"{what}: p50", our.percentile(50), "ms", "stored nowhere", theirs.percentile(50)),
        as_cheap_as(f"{what}: CPU by message", our.cpu, "µs", "stored nowhere", theirs.cpu),
        at_most("one row made durable on this disk", durable_commit(), "ms"),
    ]


if __name__ == "__main__":
    with our_servers() as started:
        show(measure(started))
