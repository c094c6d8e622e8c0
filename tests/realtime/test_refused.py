"""Who may not be on a topic is told nothing of it: not while that is being asked, and not when it has been answered."""

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
MEMBERS, STRANGERS = 20, 4  # as many strangers as there are threads to ask in
SECRET = {"topic": "counter:open", "type": "counter.raised", "by": 4711}
PUBLIC = {"topic": "counter:public", "type": "counter.raised", "by": 1}


class Gate:
    """Everybody's frames of one kind wait in front of it; what is sent to one after the other stops at the first."""

    def __init__(self, kind: str) -> None:
        self.kind, self.reached, self.opened = kind, asyncio.Event(), asyncio.Event()

    async def application(self, scope: Any, receive: Any, send: Any) -> None:
        async def gated(message: dict[str, Any]) -> None:
            if f'"type":"{self.kind}"' in message.get("text", ""):
                self.reached.set()
                await self.opened.wait()
            await send(message)

        await CounterClient.application(scope, receive, gated)


class Ask:
    """Holds up the question whether an anonymous visitor may be on `counter:open`, until it is answered with no."""

    def __init__(self) -> None:
        self.asked, self.answer = Semaphore(0), Event()

    def open(self, topic: CounterTopic) -> None:
        if topic.key == "open" and not topic.actor.person.is_authenticated:
            self.asked.release()
            self.answer.wait(30)
            raise Refused("not_permitted")

    @sync_to_async(thread_sensitive=False)
    def all_ask(self) -> None:
        for _ in range(STRANGERS):
            assert self.asked.acquire(timeout=30)


@pytest.fixture(autouse=True)
def counter_topic(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CounterTopic, "has_presence", False)


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Ask:
    ask = Ask()
    monkeypatch.setattr(CounterTopic, "authorize", lambda topic: ask.open(topic))
    return ask


@pytest.fixture
async def opened() -> AsyncIterator[list[CounterClient]]:
    """Sockets that are closed at the end."""
    clients: list[CounterClient] = []
    yield clients
    for client in clients:
        await client.close()


async def members(gate: Gate, opened: list[CounterClient]) -> list[CounterClient]:
    key = await sync_to_async(lambda: session_of(make_person()))()
    clients = [CounterClient(cookie(key), ORIGIN) for _ in range(MEMBERS)]
    for client in clients:
        client.wire = WebsocketCommunicator(gate.application, "/ws/", headers=[cookie(key), ORIGIN])
        await client.wire.connect(timeout=5)
        await client.send("join")
        opened.append(client)
    return clients


async def strangers(ask: Ask, opened: list[CounterClient]) -> list[CounterClient]:
    """Visitors on a topic that is open to them, whose next join is being asked about."""
    clients = [CounterClient(ORIGIN) for _ in range(STRANGERS)]
    for client in clients:
        await client.wire.connect(timeout=5)
        assert (await client.send("join", topic="counter:public"))["type"] == "ok"
        await client.wire.send_to(text_data=json.dumps({"ref": 99, "topic": "counter:open", "type": "join"}))
        opened.append(client)
    await ask.all_ask()
    return clients


async def told(client: CounterClient) -> list[dict[str, Any]]:
    """All that has come until the public event, which was handed over after everything else."""
    while not (client.frames and client.frames[-1].get("by") == PUBLIC["by"]):
        client.frames.append(await client.wire.receive_json_from(timeout=5))
    return client.frames[:-1]


async def test_refused_while_others_are_told_is_told_nothing(ask: Ask, opened: list[CounterClient]) -> None:
    gate = Gate("counter.raised")
    insiders = await members(gate, opened)
    outsiders = await strangers(ask, opened)
    HUB.dispatch({"counter:open": 1}, json.dumps(SECRET, separators=(",", ":")))
    await gate.reached.wait()
    ask.answer.set()
    for client in outsiders:
        assert (await client.event("refused"))["code"] == "not_permitted"
    HUB.dispatch({"counter:public": 1}, json.dumps(PUBLIC))
    gate.opened.set()
    assert [await client.event("counter.raised") for client in insiders] == [SECRET | {"seq": 1}] * MEMBERS
    assert [await told(client) for client in outsiders] == [[]] * STRANGERS
    assert (await outsiders[0].send("counter.raise"))["code"] == "not_joined"
    assert [len(HUB.members["counter:open"]), HUB.pending] == [MEMBERS, {}]


async def test_numbers_of_a_topic_are_told_to_nobody_who_only_asks_for_it(
    ask: Ask, opened: list[CounterClient]
) -> None:
    gate = Gate("heartbeat")
    insiders = await members(gate, opened)
    outsiders = await strangers(ask, opened)
    pulse = asyncio.create_task(HUB.send_heartbeat({"counter:open": 4711, "counter:public": 5}, only_news=False))
    await gate.reached.wait()
    ask.answer.set()
    for client in outsiders:
        await client.event("refused")
    gate.opened.set()
    await pulse
    await HUB.send_heartbeat({"counter:open": 4712, "counter:public": 6}, only_news=True)
    HUB.dispatch({"counter:public": 7}, json.dumps(PUBLIC))
    for client in insiders:
        assert [(await client.event("heartbeat"))["seqs"] for _ in range(2)] == [
            {"counter:open": 4711},
            {"counter:open": 4712},
        ]
    for client in outsiders:
        assert [frame["seqs"] for frame in await told(client)] == [{"counter:public": 5}, {"counter:public": 6}]


@pytest.mark.parametrize("kind", ["counter.raised", "heartbeat"])
async def test_put_out_while_others_are_told_is_told_no_more(kind: str, opened: list[CounterClient]) -> None:
    gate = Gate(kind)
    clients = await members(gate, opened)
    telling = asyncio.create_task(
        HUB.send_heartbeat({"counter:open": 4711}, only_news=False)
        if kind == "heartbeat"
        else HUB.fan_out("counter:open", EncodedEvent(json.dumps(SECRET, separators=(",", ":")), 1))
    )
    await gate.reached.wait()
    for socket in list(OPEN_SOCKETS):
        await socket.drop("counter:open")
    gate.opened.set()
    await telling
    for client in clients:
        await client.send("leave")
    # Only the first of them, who was being told already.
    assert [frame["type"] for client in clients for frame in client.frames] == [kind]


async def test_a_right_that_ends_while_its_join_is_read_opens_nothing(
    opened: list[CounterClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await sync_to_async(make_person)()
    client = await CounterClient.open(await sync_to_async(session_of)(person))
    opened.append(client)
    [socket] = OPEN_SOCKETS
    read, loop = CounterTopic.snapshot, asyncio.get_running_loop()
    monkeypatch.setattr(CounterTopic, "closed", set())

    @sync_to_async(thread_sensitive=False)
    def take_away() -> list[str]:
        CounterTopic.closed.add("open")
        User.objects.filter(pk=person.pk).update(access_version=1)
        return [*recheck([socket.identity])]

    async def look() -> None:
        assert await take_away() == ["changed"]
        await socket.recheck()

    def meanwhile(topic: CounterTopic, after: int | None) -> JoinResult:
        joined = read(topic, after)
        asyncio.run_coroutine_threadsafe(look(), loop).result(timeout=30)
        return joined

    monkeypatch.setattr(CounterTopic, "snapshot", meanwhile)
    assert (await client.send("join"))["code"] == "not_found"
    assert (HUB.members, HUB.pending) == ({}, {})
