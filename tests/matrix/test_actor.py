"""Acting for somebody, and acting through a program: never more than the person may, and some things never at all."""

from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Token
from fairplatform.errors import Refused
from fairplatform.policy import TABLE, load, may
from tests.matrix.world import World, make_world
from tests.realtime.client import Client

NEVER_FOR_OTHERS = {
    "account.own", "brief.approve", "calendar.keep", "demand.confirm", "favourites.keep", "invitation.answer",
    "outcome.confirm", "paper.release", "registration.answer", "satisfaction.say", "tokens.keep",
}  # fmt: skip
# What belongs to a person or a company and to no one fair: a token, which is for one, does not reach it.
WITHOUT_A_FAIR = ("product", "file", "attachment", "demand_picture", "upload", "me")


@pytest.fixture
def world(db: None) -> World:
    """The small world, in which each thing is asked only once what somebody is to it."""
    world = make_world()
    for thing in world.things.values():
        if hasattr(thing, "roles_of"):
            thing.roles_of = cache(thing.roles_of)
    return world


def things(world: World, name: str) -> dict[str, Any]:
    """Those with roles of their own: a colleague, for one, is loaded by the company's booth."""
    having = {key: thing for key, thing in world.things.items() if hasattr(thing, "roles_of")}
    return {**having, "me": world.person(name)}


def what_may(world: World, actor: Actor, name: str) -> set[tuple[str, str]]:
    """Every pair of a row and a thing that is open to this actor."""
    objects = things(world, name)
    rows = [(row, key) for row in TABLE for key in objects]
    # A row that asks for states is about things that have them.
    asked = [(row, key) for row, key in rows if TABLE[row].states is None or hasattr(objects[key], "state")]
    return {(row, key) for row, key in asked if may(actor, row, objects[key])}


def test_for_another_one_may_what_they_may_except_what_is_theirs_alone(world: World) -> None:
    assert {name for name, row in TABLE.items() if not row.by_proxy} == NEVER_FOR_OTHERS
    for name in ("seller", "buyer", "visitor", "deactivated"):
        own = what_may(world, Actor(world.person(name)), name)
        proxy = what_may(world, Actor(world.person("organiser"), on_behalf_of=world.person(name)), name)
        assert proxy == {(row, key) for row, key in own if row not in NEVER_FOR_OTHERS}
    assert ("outcome.confirm", "meeting") in what_may(world, Actor(world.person("seller")), "seller")


def token(world: World, name: str, fair: Any, rows: list[str]) -> Actor:
    person = world.person(name)
    made, _ = Token.issue(person, fair=fair, permissions=rows, expires_at=timezone.now() + timedelta(days=1))
    return Actor(person, token=made)


@pytest.mark.parametrize("name", ["seller", "organiser"])
def test_a_token_opens_its_rows_in_its_fair_and_nothing_else(world: World, name: str) -> None:
    own = what_may(world, Actor(world.person(name)), name)
    of_the_fair = {(row, key) for row, key in own if key not in WITHOUT_A_FAIR}
    few = ["meeting.watch", "conversation.read", "control.see"]
    foreign = world.foreign
    assert what_may(world, token(world, name, world.fair, list(TABLE)), name) == of_the_fair
    assert what_may(world, token(world, name, world.fair, few), name) == {p for p in of_the_fair if p[0] in few}
    assert what_may(world, token(world, name, world.fair, []), name) == set()
    assert what_may(world, token(world, name, foreign, list(TABLE)), name) == set()


def test_a_token_of_another_fair_loads_nothing(world: World) -> None:
    actor = token(world, "seller", world.foreign, list(TABLE))
    for key, row in (("meeting", "meeting.see"), ("conversation", "conversation.write"), ("request", "request.answer")):
        thing = world.things[key]
        assert load(type(thing), Actor(world.person("seller")), row, pk=thing.pk) == thing
        with pytest.raises(Refused) as refused:
            load(type(thing), actor, row, pk=thing.pk)
        assert refused.value.code == "not_permitted"


@pytest.mark.django_db(transaction=True)
async def test_a_programs_socket_follows_the_same_rule() -> None:
    world = await sync_to_async(make_world)()
    person, end = world.people["seller"], timezone.now() + timedelta(days=1)
    rows = ["meeting.watch", "me.watch", "booth.watch"]
    got = {}
    for fair in (world.fair, world.foreign):
        _, secret = await sync_to_async(Token.issue)(person, fair=fair, permissions=rows, expires_at=end)
        client = Client((b"authorization", f"Bearer {secret}".encode()))
        accepted, _ = await client.wire.connect(timeout=5)
        assert accepted
        for topic in (f"meeting:{world.things['meeting'].pk}", f"chat:{world.things['conversation'].pk}", "me"):
            got[fair.pk, topic.partition(":")[0]] = (await client.send("join", topic=topic)).get("code", "ok")
        enter = await client.send("enter", topic=f"meeting:{world.things['meeting'].pk}")
        got[fair.pk, "enter"] = enter.get("code", "ok")
        await client.close()
    ours, other = world.fair.pk, world.foreign.pk
    refused = "not_permitted"
    assert got == {
        (ours, "meeting"): "ok",
        (ours, "chat"): refused,
        (ours, "me"): refused,
        (ours, "enter"): refused,
        (other, "meeting"): refused,
        (other, "chat"): refused,
        (other, "me"): refused,
        (other, "enter"): "not_joined",
    }
