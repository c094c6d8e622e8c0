"""A socket that may not join a topic receives nothing of it, neither before nor after its join is refused."""

import asyncio
import json
from collections.abc import AsyncIterator
from threading import Event, Semaphore
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator

from fairplatform.accounts.models import User
from fairplatform.accounts.socket_auth import recheck
from fairplatform.errors import Refused
from fairplatform.realtime.hub import HUB, EncodedEvent
from fairplatform.realtime.registry import OPEN_SOCKETS
from fairplatform.realtime.topics import JoinResult
from tests.factories import make_person
from tests.realtime.client import ORIGIN, cookie, session_of
from tests.realtime.counter import CounterClient, CounterTopic

pytestmark = pytest.mark.django_db(transaction=True)
MEMBERS, VISITORS = 20, 4  # as many visitors as there are threads that authorize joins
SECRET = {"topic": "counter:open", "type": "counter.raised", "by": 4711}
PUBLIC = {"topic": "counter:public", "type": "counter.raised", "by": 1}


class BlockedSend:
    """Frames of one type wait until `opened`: a loop that sends to one socket after the other stops at the first."""

    def __init__(self, kind: str) -> None:
        self.kind, self.reached, self.opened = kind, asyncio.Event(), asyncio.Event()

    async def application(self, scope: Any, receive: Any, send: Any) -> None:
        async def blocked(message: dict[str, Any]) -> None:
            if f'"type":"{self.kind}"' in message.get("text", ""):
                self.reached.set()
                await self.opened.wait()
            await send(message)

        await CounterClient.application(scope, receive, blocked)


class BlockedAuthorize:
    """Blocks `authorize` of an anonymous visitor's join of `counter:open` until `answer` is set, then refuses it."""

    def __init__(self) -> None:
        self.waiting, self.answer = Semaphore(0), Event()

    def authorize(self, topic: CounterTopic) -> None:
        if topic.key == "open" and not topic.actor.person.is_authenticated:
            self.waiting.release()
            self.answer.wait(30)
            raise Refused("not_permitted")

    @sync_to_async(thread_sensitive=False)
    def all_waiting(self) -> None:
        for _ in range(VISITORS):
            assert self.waiting.acquire(timeout=30)


@pytest.fixture(autouse=True)
def counter_topic(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CounterTopic, "has_presence", False)


@pytest.fixture
def authorize(monkeypatch: pytest.MonkeyPatch) -> BlockedAuthorize:
    authorize = BlockedAuthorize()
    monkeypatch.setattr(CounterTopic, "authorize", lambda topic: authorize.authorize(topic))
    return authorize


@pytest.fixture
async def opened() -> AsyncIterator[list[CounterClient]]:
    """Sockets that are closed at the end."""
    clients: list[CounterClient] = []
    yield clients
    for client in clients:
        await client.close()


async def members(block: BlockedSend, opened: list[CounterClient]) -> list[CounterClient]:
    key = await sync_to_async(lambda: session_of(make_person()))()
    clients = [CounterClient(cookie(key), ORIGIN) for _ in range(MEMBERS)]
    for client in clients:
        client.wire = WebsocketCommunicator(block.application, "/ws/", headers=[cookie(key), ORIGIN])
        await client.wire.connect(timeout=5)
        await client.send("join")
        opened.append(client)
    return clients


async def visitors(authorize: BlockedAuthorize, opened: list[CounterClient]) -> list[CounterClient]:
    """Visitors who have joined a public topic, and whose join of `counter:open` is being authorized."""
    clients = [CounterClient(ORIGIN) for _ in range(VISITORS)]
    for client in clients:
        await client.wire.connect(timeout=5)
        assert (await client.send("join", topic="counter:public"))["type"] == "ok"
        await client.wire.send_to(text_data=json.dumps({"ref": 99, "topic": "counter:open", "type": "join"}))
        opened.append(client)
    await authorize.all_waiting()
    return clients


async def received(client: CounterClient) -> list[dict[str, Any]]:
    """All frames before the public event, which was published after everything else."""
    while not (client.frames and client.frames[-1].get("by") == PUBLIC["by"]):
        client.frames.append(await client.wire.receive_json_from(timeout=5))
    return client.frames[:-1]


async def test_a_join_refused_during_a_fan_out_receives_nothing(
    authorize: BlockedAuthorize, opened: list[CounterClient]
) -> None:
    block = BlockedSend("counter.raised")
    insiders = await members(block, opened)
    outsiders = await visitors(authorize, opened)
    HUB.dispatch({"counter:open": 1}, json.dumps(SECRET, separators=(",", ":")))
    await block.reached.wait()
    authorize.answer.set()
    for client in outsiders:
        assert (await client.event("refused"))["code"] == "not_permitted"
    HUB.dispatch({"counter:public": 1}, json.dumps(PUBLIC))
    block.opened.set()
    assert [await client.event("counter.raised") for client in insiders] == [SECRET | {"seq": 1}] * MEMBERS
    assert [await received(client) for client in outsiders] == [[]] * VISITORS
    assert (await outsiders[0].send("counter.raise"))["code"] == "not_joined"
    assert [len(HUB.members["counter:open"]), HUB.pending] == [MEMBERS, {}]


async def test_heartbeats_carry_no_number_of_a_topic_before_its_join_is_accepted(
    authorize: BlockedAuthorize, opened: list[CounterClient]
) -> None:
    block = BlockedSend("heartbeat")
    insiders = await members(block, opened)
    outsiders = await visitors(authorize, opened)
    pulse = asyncio.create_task(HUB.send_heartbeat({"counter:open": 4711, "counter:public": 5}, only_news=False))
    await block.reached.wait()
    authorize.answer.set()
    for client in outsiders:
        await client.event("refused")
    block.opened.set()
    await pulse
    await HUB.send_heartbeat({"counter:open": 4712, "counter:public": 6}, only_news=True)
    HUB.dispatch({"counter:public": 7}, json.dumps(PUBLIC))
    for client in insiders:
        assert [(await client.event("heartbeat"))["seqs"] for _ in range(2)] == [
            {"counter:open": 4711},
            {"counter:open": 4712},
        ]
    for client in outsiders:
        assert [frame["seqs"] for frame in await received(client)] == [{"counter:public": 5}, {"counter:public": 6}]


@pytest.mark.parametrize("kind", ["counter.raised", "heartbeat"])
async def test_a_socket_dropped_during_a_fan_out_receives_nothing_more(kind: str, opened: list[CounterClient]) -> None:
    block = BlockedSend(kind)
    clients = await members(block, opened)
    sending = asyncio.create_task(
        HUB.send_heartbeat({"counter:open": 4711}, only_news=False)
        if kind == "heartbeat"
        else HUB.fan_out("counter:open", EncodedEvent(json.dumps(SECRET, separators=(",", ":")), 1))
    )
    await block.reached.wait()
    for socket in list(OPEN_SOCKETS):
        await socket.drop("counter:open")
    block.opened.set()
    await sending
    for client in clients:
        await client.send("leave")
    # Only the first of them, to which the frame was being sent already.
    assert [frame["type"] for client in clients for frame in client.frames] == [kind]


async def test_a_permission_that_ends_while_the_snapshot_is_read_refuses_the_join(
    opened: list[CounterClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await sync_to_async(make_person)()
    client = await CounterClient.open(await sync_to_async(session_of)(person))
    opened.append(client)
    [socket] = OPEN_SOCKETS
    read, loop = CounterTopic.snapshot, asyncio.get_running_loop()
    monkeypatch.setattr(CounterTopic, "closed", set())

    @sync_to_async(thread_sensitive=False)
    def revoke() -> list[str]:
        CounterTopic.closed.add("open")
        User.objects.filter(pk=person.pk).update(access_version=1)
        return [*recheck([socket.identity])]

    async def look() -> None:
        assert await revoke() == ["changed"]
        await socket.recheck()

    def meanwhile(topic: CounterTopic, after: int | None) -> JoinResult:
        joined = read(topic, after)
        asyncio.run_coroutine_threadsafe(look(), loop).result(timeout=30)
        return joined

    monkeypatch.setattr(CounterTopic, "snapshot", meanwhile)
    assert (await client.send("join"))["code"] == "not_found"
    topics = [topic for known in (HUB.members, HUB.pending) for topic, those in known.items() if socket in those]
    assert topics == []
