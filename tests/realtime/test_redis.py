"""The layer, presence and cache in Redis: while it is away they answer at once and raise nothing, and come back."""

import asyncio
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import redis.asyncio
import time_machine
from django.core.cache import caches
from django.test import override_settings
from redis.asyncio.client import PubSub

from fairplatform.db.circuit_breaker import REDIS
from fairplatform.realtime.presence import RedisPresence
from fairplatform.realtime.redis_layer import RedisLayer
from tests.faults.fault_proxy import Conditions, running_proxy
from tests.servers.programs import wait_until
from tests.servers.redis_server import RedisServer

PATIENCE = 30.0  # seconds until a wait is given up


@pytest.fixture
def server(redis_server: RedisServer) -> Iterator[RedisServer]:
    with redis.Redis.from_url(redis_server.url) as client:
        client.flushdb()
    yield redis_server
    if redis_server.program.ended:
        redis_server.start()
    REDIS.success()


async def received(layer: RedisLayer, channel: str, *, seconds: float = PATIENCE) -> Any:
    async with asyncio.timeout(seconds):
        return (await layer.receive(channel))["n"]


async def test_layer_subscribes_to_all_its_groups_again(server: RedisServer) -> None:
    here, there = RedisLayer(server.url), RedisLayer(server.url)
    channel, _ = await here.new_channel(), await there.new_channel()
    await here.group_add("before", channel)
    await there.group_send("before", {"n": 1})
    assert await received(here, channel) == 1
    await asyncio.to_thread(server.stop)
    # Nothing is raised, whatever was asked.
    await there.group_send("before", {"n": 2})
    await here.group_add("meanwhile", channel)
    await asyncio.to_thread(server.start)
    arrived = []
    async with asyncio.timeout(PATIENCE):
        listening = asyncio.create_task(here.receive(channel))
        while not listening.done():
            await there.group_send("meanwhile", {"n": 3})
            await asyncio.sleep(0.1)
        arrived.append((await listening)["n"])
    await there.group_send("before", {"n": 4})
    while arrived[-1] != 4:
        arrived.append(await received(here, channel))
    # What was sent while Redis was away is lost; nothing of later is.
    assert set(arrived) == {3, 4}


async def test_a_group_joined_during_a_reconnect_receives(server: RedisServer) -> None:
    groups = [f"joined.{number}" for number in range(30)]
    with running_proxy() as proxy:
        proxy.to = urlsplit(server.url).port or 0
        here, there = RedisLayer(server.url.replace(str(proxy.to), str(proxy.port))), RedisLayer(server.url)
        channel = await here.new_channel()
        proxy.set_conditions(Conditions(latency=0.2))
        proxy.reset_connections()
        # Some before the next try, some while Redis is greeted, some after.
        for group in groups:
            await here.group_add(group, channel)
            await asyncio.sleep(0.05)
        proxy.restore()
        await asyncio.to_thread(wait_until, lambda: not REDIS.is_open, seconds=PATIENCE, what="the connection to Redis")
        for number, group in enumerate(groups):
            await there.group_send(group, {"n": number})
        assert [await received(here, channel) for _ in groups] == list(range(len(groups)))


async def test_layers_on_different_databases_are_separate(server: RedisServer) -> None:
    here, there = RedisLayer(server.url), RedisLayer(server.url.replace("/0", "/1"))
    mine, theirs = await here.new_channel(), await there.new_channel()
    await here.group_add("all", mine)
    await there.group_add("all", theirs)
    await there.group_send("all", {"n": "theirs"})
    await here.group_send("all", {"n": "mine"})
    assert (await received(here, mine), await received(there, theirs)) == ("mine", "theirs")


async def test_a_command_without_a_channel_can_send(server: RedisServer) -> None:
    here = RedisLayer(server.url)
    channel = await here.new_channel()
    await here.group_add("all", channel)
    await asyncio.to_thread(lambda: asyncio.run(RedisLayer(server.url).group_send("all", {"n": 5})))
    assert await received(here, channel) == 5


async def test_a_receiver_may_be_cancelled_at_any_moment(server: RedisServer) -> None:
    for moments in list(range(1, 41)) * 40:
        layer = RedisLayer(server.url)
        channel = await layer.new_channel()
        await layer.group_send("nobody", {"n": 6})
        receiver = asyncio.create_task(layer.receive(channel))
        for _ in range(moments):
            await asyncio.sleep(0)
        receiver.cancel()
        await asyncio.wait([receiver])
    await asyncio.sleep(0)
    if others := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(others, timeout=3)
    assert len(asyncio.all_tasks()) == 1


@pytest.fixture
def subscribers(monkeypatch: pytest.MonkeyPatch) -> list[PubSub]:
    """The subscribers that redis-py has made, one for each connection of a layer."""
    made: list[PubSub] = []
    make = redis.asyncio.Redis.pubsub

    def pubsub(client: redis.asyncio.Redis) -> PubSub:
        made.append(make(client))
        return made[-1]

    monkeypatch.setattr(redis.asyncio.Redis, "pubsub", pubsub)
    return made


async def test_a_group_joined_while_the_connection_breaks_receives(
    server: RedisServer, subscribers: list[PubSub]
) -> None:
    there, *layers = (RedisLayer(server.url) for _ in range(13))
    channels = [await layer.new_channel() for layer in (there, *layers)][1:]
    connections: list[Any] = [subscriber.connection for subscriber in subscribers[1:]]
    for moments, (layer, channel, connection) in enumerate(zip(layers, channels, connections, strict=True)):
        REDIS.success()
        joining = asyncio.create_task(layer.group_add("broken", channel))
        for _ in range(moments):
            await asyncio.sleep(0)
        await connection.disconnect(nowait=True)
        await joining
    listening = [asyncio.create_task(layer.receive(channel)) for layer, channel in zip(layers, channels, strict=True)]
    async with asyncio.timeout(PATIENCE):
        while not all(task.done() for task in listening):
            await there.group_send("broken", {"n": 7})
            await asyncio.wait(listening, timeout=0.2)
    assert [(await task)["n"] for task in listening] == [7] * 12


async def test_presence_knows_its_own_people_and_enters_them_again(server: RedisServer) -> None:
    here, there = RedisPresence(server.url), RedisPresence(server.url)
    await here.enter("chat:1", 7, "a")
    await there.enter("chat:1", 8, "b")
    assert await here.here("chat:1") == {7, 8}
    await asyncio.to_thread(server.stop)
    await here.enter("chat:1", 9, "c")
    assert (await here.here("chat:1"), await there.here("chat:1")) == ({7, 9}, {8})
    await asyncio.to_thread(server.start)
    REDIS.success()
    # Redis has forgotten everybody; each process brings its own people back with the next thing it asks.
    assert (await there.here("chat:1"), await here.here("chat:1")) == ({8}, {7, 8, 9})
    await here.leave("chat:1", 7, "a")
    assert await there.here("chat:1") == {8, 9}


async def test_presence_of_many_topics_is_asked_in_one_journey(server: RedisServer) -> None:
    here, there = RedisPresence(server.url), RedisPresence(server.url)
    await here.enter("booth:1", 5, "tab one")
    await there.enter("booth:1", 5, "tab two")
    await there.enter("booth:1", 6, "tab")
    await there.enter("booth:3", 7, "tab")
    topics = [f"booth:{number}" for number in range(1, 301)]
    with redis.Redis.from_url(server.url) as client:
        before = client.info("commandstats")["cmdstat_eval"]["calls"]
        people = await here.here_all(topics)
        assert client.info("commandstats")["cmdstat_eval"]["calls"] == before + 1
    assert {topic: those for topic, those in people.items() if those} == {"booth:1": {5, 6}, "booth:3": {7}}
    assert await here.here_all([]) == {}
    await asyncio.to_thread(server.stop)
    assert await here.here_all(topics) == {"booth:1": {5}}


async def test_presence_does_not_mind_the_clock_of_a_process(server: RedisServer) -> None:
    late, early = RedisPresence(server.url), RedisPresence(server.url)
    with time_machine.travel("2020-05-14T07:03:00Z"):
        await late.enter("chat:1", 7, "a")
    with time_machine.travel("2030-05-14T07:03:00Z"):
        assert await early.here("chat:1") == {7}


@pytest.fixture
def cache(server: RedisServer) -> Iterator[Any]:
    where = {"BACKEND": "fairplatform.db.cache.TolerantRedisCache", "LOCATION": server.url}
    with override_settings(CACHES={"default": where, "shared": where}):
        yield caches["shared"]
        caches["shared"].close()


def test_cache_without_redis_is_an_empty_one(server: RedisServer, cache: Any, caplog: pytest.LogCaptureFixture) -> None:
    cache.set("hall", 3)
    assert cache.get("hall") == 3
    server.stop()
    with caplog.at_level(logging.WARNING, "fairplatform.db.circuit_breaker"):
        assert [cache.get("hall"), cache.get("hall", "none"), cache.get_many(["hall"]), cache.has_key("hall")] == [
            None, "none", {}, False,
        ]  # fmt: skip
        cache.set("hall", 4)
        cache.set_many({"hall": 4})
        cache.delete("hall")
        assert (cache.add("hall", 4), cache.get_or_set("hall", 5)) == (True, 5)
        with pytest.raises(ValueError, match="not found"):
            cache.incr("hall")
    assert len(caplog.records) == 1
    server.start()
    REDIS.success()
    cache.set("hall", 6)
    assert cache.get("hall") == 6
