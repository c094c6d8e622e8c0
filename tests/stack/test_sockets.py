"""What holds over processes: who is here, who was sent away, how much one person may send."""

import asyncio
import json
import signal
import time
from collections.abc import Iterator
from contextlib import suppress

import psycopg
import pytest
from redis import Redis
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from fairplatform.realtime.maintenance import RETRY_SECONDS
from fairplatform.realtime.shared_bucket import SharedBucket
from fairplatform.server import close_codes
from tests.running_meetings import RunningMeeting, make_running_meetings
from tests.servers.full_stack import PRESENCE, FullStack
from tests.servers.programs import wait_until
from tests.servers.serve import Server
from tests.servers.sign_out import sign_out
from tests.webrtc_peers import SocketClient

AS_MANY = 5
PATIENCE = 30.0  # seconds until a wait is given up
PERSON_RATE, PERSON_BURST = 40, 160


@pytest.fixture(scope="module")
def running_meetings(stack: FullStack) -> Iterator[RunningMeeting]:
    return iter(make_running_meetings(stack.front, *[3] * AS_MANY))


@pytest.fixture
def running(running_meetings: Iterator[RunningMeeting]) -> RunningMeeting:
    return next(running_meetings)


def here(client: SocketClient) -> list[int]:
    """Who is here, by the last event that the client received."""
    events = [frame["here"] for frame in client.received if frame["type"] == "presence.changed"]
    return events[-1] if events else []


async def test_both_see_each_other_over_processes_and_no_ghost_outlives_its_time(
    stack: FullStack, running: RunningMeeting
) -> None:
    topic = f"meeting:{running.meeting}"
    first, second = [
        await SocketClient.open(process.socket_url, running.tokens[name])
        for process, name in zip(stack.web, ("exhibitor", "buyer"), strict=True)
    ]
    await first.send(topic, "join")
    await first.until(lambda: len(here(first)) == 1)
    alone = here(first)
    await second.send(topic, "join")
    for client in (first, second):
        await client.until(lambda client=client: len(here(client)) == 2)
    assert here(first) == here(second)
    stack.web[1].kill()
    stack.web[1].start()
    await first.until(lambda: here(first) == alone, seconds=3 * PRESENCE)
    await first.close()


async def open_page(stack: FullStack, session: str) -> ClientConnection:
    """The socket of a page on the second process."""
    headers = {"Cookie": f"sessionid={session}"}
    wire = await connect(stack.web[1].socket_url, origin=stack.front.url, additional_headers=headers)  # type: ignore[arg-type]
    assert await answer_to(wire, "join") == "ok"
    return wire


async def answer_to(wire: ClientConnection, kind: str) -> str:
    """How the server answers this command about one's own topic."""
    await wire.send(json.dumps({"ref": 1, "topic": "me", "type": kind}))
    while True:
        frame = json.loads(await wire.recv())
        if frame.get("ref") == 1:
            return str(frame["type"])


async def closed_with(wire: ClientConnection) -> int:
    await rest_of(wire)
    return wire.close_code or 0


async def test_signing_out_at_one_process_closes_the_sockets_of_the_other(
    stack: FullStack, running: RunningMeeting
) -> None:
    wire, other = [await open_page(stack, running.sessions[name]) for name in ("buyer", "exhibitor")]
    assert await asyncio.to_thread(sign_out, stack.web[0], running.sessions["buyer"], stack.front.url) == (302, "")
    async with asyncio.timeout(PATIENCE):
        assert await closed_with(wire) == close_codes.SIGN_IN
    assert await answer_to(other, "leave") == "ok"
    await other.close()


async def send_one_by_one(process: Server, token: str, number: int) -> tuple[int, int | None]:
    """How many of so many commands were answered, each before the next, and the code the socket was closed with."""
    client = await SocketClient.open(process.socket_url, token)
    for ref in range(number):
        with suppress(ConnectionClosed):
            await client.wire.send(json.dumps({"ref": 10_000 + ref, "topic": "me", "type": "nothing"}))
        answered = asyncio.create_task(client.until(lambda: answers(client) == ref + 1, seconds=PATIENCE))  # noqa: B023
        await asyncio.wait({answered, client.reading}, return_when=asyncio.FIRST_COMPLETED)
        answered.cancel()
    code = client.wire.close_code
    await client.close()
    return answers(client), code


def answers(client: SocketClient) -> int:
    return sum(frame["type"] == "refused" for frame in client.received)


async def send_from_both(stack: FullStack, token: str, *, sockets: int, each: int) -> tuple[int, set[int | None]]:
    """How many commands were answered that came by so many sockets to each process, and how those were closed."""
    ends = [process for process in stack.web for _ in range(sockets)]
    answered, codes = zip(*await asyncio.gather(*(send_one_by_one(end, token, each) for end in ends)), strict=True)
    return sum(answered), set(codes)


async def test_a_person_has_one_limit_over_all_processes(stack: FullStack, running: RunningMeeting) -> None:
    with Redis.from_url(stack.redis.url) as client:
        others = set(client.keys("limit:person:*"))
    # No socket exceeds the limit of a socket; together they send five times what a person may.
    began = time.monotonic()
    answered, codes = await send_from_both(stack, running.tokens["buyer"], sockets=8, each=55)
    took = time.monotonic() - began
    # The sockets that are left stay open: they are within the rate.
    assert close_codes.TOO_FAST in codes
    # Each process may let through a portion too many, and as much again while it asks Redis.
    assert answered <= PERSON_BURST + PERSON_RATE * took + 2 * 2 * SharedBucket.PORTION
    with Redis.from_url(stack.redis.url) as client:
        assert len(set(client.keys("limit:person:*")) - others) == 1


async def test_within_the_limit_no_socket_is_closed(stack: FullStack, running: RunningMeeting) -> None:
    assert await send_from_both(stack, running.tokens["exhibitor"], sockets=3, each=20) == (120, {None})


async def test_a_stopping_process_announces_it_and_answers_pending_commands(
    stack: FullStack, running: RunningMeeting
) -> None:
    process = stack.web[1]
    wire = await open_page(stack, running.sessions["interpreter"])
    with psycopg.connect(stack.front.environment["DATABASE_URL"]) as holder:
        holder.execute(
            "SELECT 1 FROM django_session WHERE session_key = %s FOR UPDATE", [running.sessions["organiser"]]
        )
        signing_out = asyncio.create_task(
            asyncio.to_thread(sign_out, process, running.sessions["organiser"], stack.front.url)
        )
        await asyncio.to_thread(wait_until, lambda: somebody_waits(holder), seconds=10, what="the request")
        process.signal(signal.SIGTERM)
        frames = [json.loads(text) for text in await rest_of(wire)]
        assert frames[-1] == {"type": "going_away", "retry_after": RETRY_SECONDS}
        assert wire.close_code == close_codes.GOING_AWAY
        assert process.status("/healthz") is None
        assert not signing_out.done()
    assert await signing_out == (302, "")
    assert process.program.process is not None
    assert await asyncio.to_thread(process.program.process.wait, 20) == 0
    await asyncio.to_thread(process.start)


async def rest_of(wire: ClientConnection) -> list[str | bytes]:
    """What still comes until the socket is closed."""
    texts: list[str | bytes] = []
    with suppress(ConnectionClosed):
        while True:
            texts.append(await wire.recv())
    return texts


def somebody_waits(holder: psycopg.Connection) -> bool:
    """Whether a request waits for what `holder` has locked."""
    row = holder.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    ).fetchone()
    return row != (0,)
