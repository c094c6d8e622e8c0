"""Every topic and every command of the socket × everybody, against the policy table."""

import json
import uuid
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import AnonymousUser

from fairplatform.accounts import identity as identity_module
from fairplatform.asgi import TOPICS
from fairplatform.policy import TABLE
from fairplatform.realtime import socket as socket_module
from tests.matrix.world import PEOPLE, World, make_world
from tests.realtime.client import ORIGIN, Client, session_of

# The thing each topic is about, in the small world, and the topic's key.
THINGS = {
    "me": ("me", lambda world: ""),
    "fair": ("fair", lambda world: world.fair.slug),
    "chat": ("conversation", lambda world: world.things["conversation"].pk),
    "booth": ("booth", lambda world: world.things["booth"].pk),
    "meeting": ("meeting", lambda world: world.things["meeting"].pk),
    "monitor": ("fair", lambda world: world.fair.slug),
}
PEER = {"to": "somebody-else", "pair": "p1"}
# A well-formed example of each command, in an order that makes sense: entering before signalling, leaving last.
COMMANDS: dict[str, dict[str, Any]] = {
    "message.post": {"client_id": str(uuid.uuid4()), "body": "Good day"},
    "messages.load": {"before": 5},
    "typing.report": {},
    "read.mark": {"up_to": 1},
    "visitors.load": {},
    "notice.read": {"notice": 1},
    "enter": {},
    "rtc.offer": PEER | {"sdp": "v=0"},
    "rtc.answer": PEER | {"sdp": "v=0"},
    "rtc.candidate": PEER | {"candidate": {"candidate": ""}},
    "media.report": {"peer": "somebody-else", "state": "connected"},
    "track.state": {"mic": True, "camera": True, "screen": False},
    "quality.report": {"quality": {"rtt_ms": 80}},
    "exit": {},
}
WHO_IS_ASKING = {"not_found", "not_permitted", "sign_in", "not_joined"}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_limits(monkeypatch) -> None:
    monkeypatch.setattr(identity_module, "PERSON_BURST", 1e6)
    monkeypatch.setattr(socket_module, "BURST", 1e6)


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


def refusal_of(answer: dict[str, Any]) -> str | None:
    code = answer.get("code")
    return code if code in WHO_IS_ASKING else None


async def answers(world: World, name: str, prefix: str) -> dict[str, str | None]:
    """What joining and each command came to: None for done, or refused for another reason than who is asking."""
    key = THINGS[prefix][1](world)
    topic = f"{prefix}:{key}" if key != "" else prefix
    client = await opened(world, name)
    got = {"join": refusal_of(await client.send("join", topic=topic))}
    for kind in (k for k in COMMANDS if k in TOPICS[prefix].commands):
        got[kind] = refusal_of(await client.send(kind, topic=topic, **json.loads(json.dumps(COMMANDS[kind]))))
    await client.close()
    return got


def expected(world: World, name: str, prefix: str) -> dict[str, bool]:
    """For joining and each command whether the table opens it to this person."""
    topic, roles = TOPICS[prefix], world.roles(name, THINGS[prefix][0])
    joins = bool(TABLE[topic.permission].roles & roles)
    return {"join": joins} | {kind: joins and bool(TABLE[row].roles & roles) for kind, row in topic.permissions.items()}


@pytest.mark.parametrize("prefix", sorted(THINGS))
async def test_topic_is_open_to_exactly_those_the_table_names(prefix: str) -> None:
    world = await sync_to_async(make_world)()
    wrong = {}
    for name in PEOPLE:
        got = await answers(world, name, prefix)
        wanted = expected(world, name, prefix)
        # A notice that is not one's own does not exist; whose it is stands in a test of its own room.
        differs = {kind: got[kind] for kind in wanted if (got[kind] is None) != wanted[kind]} if got else {}
        differs.pop("notice.read", None)
        if differs:
            wrong[name] = differs
    assert wrong == {}
