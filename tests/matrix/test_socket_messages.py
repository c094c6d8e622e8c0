"""Every topic and every command of the socket × everybody, against the policy table."""

import uuid
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import AnonymousUser

from fairplatform.accounts import socket_auth as identity_module
from fairplatform.asgi import TOPICS
from fairplatform.policy import TABLE
from fairplatform.realtime import socket as socket_module
from meetings.call import actions as room_actions
from tests.matrix.world import PEOPLE, World, make_world
from tests.realtime.client import ORIGIN, Client, session_of

# The thing each topic is about, in the small world, and the topic's key.
THINGS = {
    "me": ("me", lambda world: ""),
    "fair": ("fair", lambda world: world.fair.slug),
    "chat": ("conversation", lambda world: world.things["conversation"].pk),
    "booth": ("booth", lambda world: world.things["booth"].pk),
    "office": ("kept_booth", lambda world: world.things["booth"].pk),
    "hall": ("hall", lambda world: world.things["hall"].pk),
    "halls": ("fair", lambda world: world.fair.slug),
    "meeting": ("meeting", lambda world: world.things["meeting"].pk),
    "monitor": ("fair", lambda world: world.fair.slug),
}
PEER = "somebody-else"  # replaced by the connection of somebody in the room
SIGNAL = {"to": PEER, "pair": "p1"}
NOTICE = -1  # replaced by the buyer's notice
# A well-formed example of each command, in an order that makes sense: entering before signalling, leaving last.
COMMANDS: dict[str, dict[str, Any]] = {
    "message.post": {"client_id": str(uuid.uuid4()), "body": "Good day"},
    "messages.load": {"before": 5},
    "typing.report": {},
    "read.mark": {"up_to": 1},
    "visitors.load": {},
    "notice.read": {"notice": NOTICE},
    "enter": {},
    "rtc.offer": SIGNAL | {"sdp": "v=0"},
    "rtc.answer": SIGNAL | {"sdp": "v=0"},
    "rtc.candidate": SIGNAL | {"candidate": {"candidate": ""}},
    "media.report": {"peer": PEER, "state": "connected"},
    "track.state": {"mic": True, "camera": True, "screen": False},
    "quality.report": {"quality": {"rtt_ms": 80}},
    "exit": {},
}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_limits(monkeypatch) -> None:
    monkeypatch.setattr(identity_module, "PERSON_BURST", 1e6)
    monkeypatch.setattr(socket_module, "BURST", 1e6)
    monkeypatch.setattr(room_actions, "ENTRIES", 1_000)


def test_every_topic_and_command_names_a_row_of_the_table() -> None:
    assert sorted(THINGS) == sorted(TOPICS)
    for topic in TOPICS.values():
        assert topic.permission in TABLE
        assert sorted(topic.permissions) == sorted(topic.commands)
        assert set(topic.permissions.values()) <= set(TABLE)
    assert sorted(COMMANDS) == sorted({kind for topic in TOPICS.values() for kind in topic.commands})


async def opened(world: World, name: str) -> Client:
    """The person's socket; of the deactivated, and of visitors without an account, one without a session."""
    person = world.people[name]
    if isinstance(person, AnonymousUser) or name == "deactivated":
        client = Client(ORIGIN)
        await client.wire.connect(timeout=5)
        return client
    return await Client.open(await sync_to_async(session_of)(await sync_to_async(world.person)(name)))


def topic_of(world: World, prefix: str) -> str:
    key = THINGS[prefix][1](world)
    return f"{prefix}:{key}" if key != "" else prefix


async def peer_in_the_room(world: World, prefix: str, name: str) -> tuple[Client | None, str]:
    """Somebody else who is in the meeting's room, and the connection."""
    if prefix != "meeting":
        return None, PEER
    client, topic = await opened(world, "clerk" if name != "clerk" else "buyer"), topic_of(world, prefix)
    await client.send("join", topic=topic)
    return client, (await client.send("enter", topic=topic))["snapshot"]["connection_id"]


def command_of(world: World, kind: str, peer: str) -> dict[str, Any]:
    stands_for = {PEER: peer, NOTICE: world.things["notice"].pk}
    return {
        key: value if isinstance(value, dict) else stands_for.get(value, value) for key, value in COMMANDS[kind].items()
    }


async def answers(world: World, name: str, prefix: str) -> dict[str, str]:
    """What joining and each command came to: ok, or the refusal's code."""
    topic = topic_of(world, prefix)
    other, peer = await peer_in_the_room(world, prefix, name)
    client = await opened(world, name)
    asked = {"join": await client.send("join", topic=topic)}
    for kind in (k for k in COMMANDS if k in TOPICS[prefix].commands):
        asked[kind] = await client.send(kind, topic=topic, **command_of(world, kind, peer))
    await client.close()
    if other:
        await other.close()
    return {kind: answer.get("code", answer["type"]) for kind, answer in asked.items()}


def expected(world: World, name: str, prefix: str) -> dict[str, str]:
    """For joining and each command what the table makes of it for this person."""
    topic, roles = TOPICS[prefix], world.roles(name, THINGS[prefix][0])
    refused = "not_found" if not roles else "sign_in" if name in ("anonymous", "deactivated") else "not_permitted"

    def may(permission: str) -> str:
        return "ok" if TABLE[permission].roles & roles else refused

    joins = may(topic.permission)
    wanted = {kind: may(row) if joins == "ok" else "not_joined" for kind, row in topic.permissions.items()}
    if prefix == "me" and joins == "ok" and name != "buyer":
        wanted["notice.read"] = "not_found"  # one's own topic, and somebody else's notice
    return {"join": joins} | wanted


@pytest.mark.parametrize("prefix", sorted(THINGS))
async def test_topic_is_open_to_exactly_those_the_table_names(prefix: str) -> None:
    world = await sync_to_async(make_world)()
    got = {name: await answers(world, name, prefix) for name in PEOPLE}
    assert got == {name: expected(world, name, prefix) for name in PEOPLE}


@pytest.mark.parametrize("prefix", sorted(THINGS))
async def test_topic_has_one_name(prefix: str) -> None:
    """Who may join a topic finds nothing under another spelling of its key, nor under what the server calls it."""
    world = await sync_to_async(make_world)()
    name = {"monitor": "organiser", "office": "seller"}.get(prefix, "buyer")
    own, topic = world.people[name].pk, topic_of(world, prefix)
    client = await opened(world, name)
    key = topic.partition(":")[2]
    spellings = [f"me:{own}", f"me:0{own}"] if prefix == "me" else [f"{prefix}:0{key}", f"{prefix}:{key}0", prefix]
    got = {alias: (await client.send("join", topic=alias)).get("code") for alias in [topic, *spellings]}
    assert got == {topic: None} | dict.fromkeys(spellings, "not_found")
    await client.close()
