"""Coming in: a signed-in socket and a conversation with its newest messages, beside a bare Channels consumer.

The bare consumer stands behind Django's session authentication on the same Daphne, and answers with an empty frame.
CPU and memory are the server's.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.laid import lay
from bench.processes import Load, cpu_seconds, handshake, memory_kib, our_servers, pid_of, rival
from bench.table import Row, as_cheap_as, at_most, show
from tests.servers.serve import Servers

WARM, CALM, STORM = 50, 400, 1_000  # people: before it counts, twenty at a time, all at once
AT_ONCE = 20
MOST = 1.3
READY = '"type":"ok"'
BARE = str(Path(__file__).with_name("rivals") / "bare_consumer.py")


@dataclass(frozen=True)
class Joins:
    """CPU in ms and memory in KiB of one join; of the storm the refused, and the seconds until all were in."""

    cpu: float
    memory: float
    refused: int
    seconds: float
    storm_cpu: float


def timed(pid: int, port: int, requests: list[str], firsts: list[str]) -> Joins:
    """Some come and stay; others come all at once."""
    calm, storm = slice(WARM, WARM + CALM), slice(WARM + CALM, None)
    with Load() as load:
        load.open(port, requests[:WARM], firsts[:WARM], ready=READY, at_once=AT_ONCE)
        load.rest(1)
        cpu, memory = cpu_seconds(pid), memory_kib(pid)
        load.open(port, requests[calm], firsts[calm], ready=READY, at_once=AT_ONCE)
        cpu = cpu_seconds(pid) - cpu
        load.rest(1)
        memory = memory_kib(pid) - memory
        storm_cpu = cpu_seconds(pid)
        opened = load.open(port, requests[storm], firsts[storm], ready=READY, at_once=STORM)
        storm_cpu = cpu_seconds(pid) - storm_cpu
    return Joins(cpu / CALM * 1e3, memory / CALM, opened.refused, opened.seconds, storm_cpu / STORM * 1e3)


def ours(servers: Servers) -> Joins:
    server = servers("--no-clock", "--no-tasks")
    circles = lay(server, circles=(WARM + CALM + STORM) // 2, size=2, messages=50)
    try:
        return timed(pid_of(server.program), server.port, circles.requests(server), circles.joins())
    finally:
        servers.stop()


@contextmanager
def bare_consumer() -> Iterator[tuple[int, int, list[str]]]:
    """Its process, its port, and the sessions of its people."""
    people = str(WARM + CALM + STORM)
    with tempfile.TemporaryDirectory() as folder, rival(sys.executable, BARE, folder, people) as (pid, port):
        yield pid, port, (Path(folder) / "sessions").read_text().split()


def bare() -> Joins:
    with bare_consumer() as (pid, port, sessions):
        requests = [handshake(port, "/ws/", Cookie=f"sessionid={session}") for session in sessions]
        return timed(pid, port, requests, ["join"] * len(requests))


def measure(servers: Servers) -> list[Row]:
    theirs, our = bare(), ours(servers)
    return [
        as_cheap_as("join with a conversation: CPU", our.cpu, "ms", "bare consumer", theirs.cpu, MOST),
        as_cheap_as(f"join, {STORM:,} at once: CPU", our.storm_cpu, "ms", "bare consumer", theirs.storm_cpu, MOST),
        as_cheap_as(f"join, {STORM:,} at once: all in", our.seconds, "s", "bare consumer", theirs.seconds, MOST),
        at_most(f"join, {STORM:,} at once: refused", our.refused, "", 0),
        at_most("the same at the bare consumer", theirs.refused, ""),
        as_cheap_as("idle connection: memory", our.memory, "KiB", "bare consumer", theirs.memory, MOST),
    ]


if __name__ == "__main__":
    with our_servers() as started:
        show(measure(started))
