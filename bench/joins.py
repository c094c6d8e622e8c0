"""Joining: a signed-in socket that joins a conversation with its newest messages, beside a bare Channels consumer.

The bare consumer runs on the same Daphne behind Django's session authentication, and replies with an empty frame.
CPU and memory are the server's.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.conversations import make_conversations
from bench.processes import LoadProcess, OpenResult, cpu_seconds, handshake, memory_kib, our_servers, pid_of, rival
from bench.table import Row, as_cheap_as, at_most, show
from tests.servers.serve import Servers

WARM, STEADY, STORM = 50, 1_200, 1_000  # joins: before it counts, at most 20 unfinished, all at once
AT_ONCE = 20
TURN = 50  # steady joins at one server before as many at the other, so that other load on the machine meets both
BOUND = 1.3
READY = '"type":"ok"'
BARE = str(Path(__file__).with_name("rivals") / "bare_consumer.py")


@dataclass(frozen=True)
class Side:
    """A server, and the handshake and first frame of each of its people."""

    pid: int
    port: int
    requests: list[str]
    firsts: list[str]

    def open(self, load: LoadProcess, people: slice, *, at_once: int = AT_ONCE) -> tuple[OpenResult, float]:
        """These people join and stay connected; what the load saw, and the server's CPU seconds."""
        cpu = cpu_seconds(self.pid)
        opened = load.open(self.port, self.requests[people], self.firsts[people], ready=READY, at_once=at_once)
        return opened, cpu_seconds(self.pid) - cpu


@dataclass
class Joins:
    """CPU in ms and memory in KiB per join. Of the storm: joins refused, seconds until all have joined, CPU in ms."""

    cpu: float = 0
    memory: float = 0
    refused: int = 0
    seconds: float = 0
    storm_cpu: float = 0


def timed(sides: list[Side]) -> list[Joins]:
    """Steady joins at each server in turn; then the storm at each."""
    with ExitStack() as stack:
        loads = [stack.enter_context(LoadProcess()) for _ in sides]
        tables = list(zip(sides, loads, (joins := [Joins() for _ in sides]), strict=True))
        for side, load, _ in tables:
            side.open(load, slice(WARM))
            load.rest(1)
        before = [memory_kib(side.pid) for side in sides]
        for turn in range(WARM, WARM + STEADY, TURN):
            for side, load, join in tables:
                join.cpu += side.open(load, slice(turn, turn + TURN))[1] / STEADY * 1e3
        for (side, load, join), kib in zip(tables, before, strict=True):
            load.rest(1)
            join.memory = (memory_kib(side.pid) - kib) / STEADY
        for side, load, join in tables:
            opened, cpu = side.open(load, slice(WARM + STEADY, None), at_once=STORM)
            join.refused, join.seconds, join.storm_cpu = opened.refused, opened.seconds, cpu / STORM * 1e3
        return joins


def ours(servers: Servers) -> Side:
    server = servers("--no-clock", "--no-tasks")
    conversations = make_conversations(server, (WARM + STEADY + STORM) // 2, members=2, messages=50)
    return Side(pid_of(server.program), server.port, conversations.requests(server), conversations.joins())


@contextmanager
def bare_consumer() -> Iterator[Side]:
    people = WARM + STEADY + STORM
    with tempfile.TemporaryDirectory() as folder, rival(sys.executable, BARE, folder, str(people)) as (pid, port):
        sessions = (Path(folder) / "sessions").read_text().split()
        requests = [handshake(port, "/ws/", Cookie=f"sessionid={session}") for session in sessions]
        yield Side(pid, port, requests, ["join"] * people)


def measure(servers: Servers) -> list[Row]:
    with bare_consumer() as bare:
        theirs, our = timed([bare, ours(servers)])
    servers.stop()
    return [
        as_cheap_as("join with a conversation: CPU", our.cpu, "ms", "bare consumer", theirs.cpu, BOUND),
        as_cheap_as(f"join, {STORM:,} at once: CPU", our.storm_cpu, "ms", "bare consumer", theirs.storm_cpu, BOUND),
        as_cheap_as(f"join, {STORM:,} at once: all in", our.seconds, "s", "bare consumer", theirs.seconds, BOUND),
        at_most(f"join, {STORM:,} at once: refused", our.refused, "", 0),
        at_most("the same at the bare consumer", theirs.refused, ""),
        as_cheap_as("idle connection: memory", our.memory, "KiB", "bare consumer", theirs.memory, BOUND),
    ]


if __name__ == "__main__":
    with our_servers() as started:
        show(measure(started))
