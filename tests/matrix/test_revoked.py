"""Who loses a role while their page is open loses what it had opened, at the next look at all open sockets."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone

from fairplatform.accounts.models import Staff, User
from fairplatform.accounts.socket_auth import recheck
from fairplatform.fairs.models import Participation, RoleAssignment
from fairplatform.office.people.merging import merge
from fairplatform.realtime import maintenance
from fairplatform.realtime.publish import send_ephemeral
from fairplatform.realtime.registry import OPEN_SOCKETS
from meetings.call.protocol import TrackChanged
from tests.factories import actor, make_staff
from tests.matrix.world import World, make_world
from tests.realtime.client import Client, session_of

pytestmark = pytest.mark.django_db(transaction=True)


def _dismiss(world: World) -> None:
    RoleAssignment.objects.get(user=world.people["organiser"], fair=world.fair).delete()


def _demote(world: World) -> None:
    place = RoleAssignment.objects.get(user=world.people["organiser"], fair=world.fair)
    place.role = "liaison"
    place.save()


def _leave_the_company(world: World) -> None:
    Staff.objects.get(user=world.people["seller"]).delete()


def _no_longer_manage(world: World) -> None:
    place = Staff.objects.get(user=world.people["seller"])
    place.is_manager = False
    place.save()


def _send_the_company_away(world: World) -> None:
    company = Participation.objects.get(pk=world.things["exhibitor"].pk)
    company.state = "refused"
    company.save()


@pytest.mark.parametrize(
    ("name", "topic", "change", "code"),
    [
        ("organiser", lambda world: f"monitor:{world.fair.slug}", _dismiss, "not_permitted"),
        ("organiser", lambda world: f"monitor:{world.fair.slug}", _demote, "not_permitted"),
        ("organiser", lambda world: f"meeting:{world.things['settled'].pk}", _dismiss, "not_found"),
    ],
)
async def test_a_topic_closes_when_the_role_is_gone(
    name: str, topic: Callable[[World], str], change: Callable[[World], None], code: str
) -> None:
    world = await sync_to_async(make_world)()
    client = await Client.open(await sync_to_async(session_of)(world.people[name]))
    assert (await client.send("join", topic=topic(world)))["type"] == "ok"
    [socket] = OPEN_SOCKETS
    assert await sync_to_async(recheck)([socket.identity]) == ["same"]
    await sync_to_async(change)(world)
    assert await sync_to_async(recheck)([socket.identity]) == ["changed"]
    await socket.recheck()
    assert await client.event("left") == {"type": "left", "topic": topic(world), "code": code}
    await client.close()


@pytest.mark.parametrize("change", [_leave_the_company, _no_longer_manage, _send_the_company_away])
async def test_commands_are_refused_when_the_company_or_its_trust_is_gone(change: Callable[[World], None]) -> None:
    world: Any = await sync_to_async(make_world)()
    client = await Client.open(await sync_to_async(session_of)(world.people["seller"]))
    booth = f"booth:{world.things['booth'].pk}"
    assert (await client.send("join", topic=booth))["type"] == "ok"
    assert (await client.send("visitors.load", topic=booth))["type"] == "ok"
    [socket] = OPEN_SOCKETS
    await sync_to_async(change)(world)
    assert await sync_to_async(recheck)([socket.identity]) == ["changed"]
    await socket.recheck()
    got = (await client.send("visitors.load", topic=booth)).get("code")
    assert (
        got
        == {_leave_the_company: "not_permitted", _no_longer_manage: None, _send_the_company_away: "not_joined"}[change]
    )
    await client.close()


def _deactivate(world: World) -> None:
    User.objects.filter(pk=world.people["buyer"].pk).update(is_active=False)


def _merge_with_another_account(world: World) -> None:
    kept = make_staff(Participation.objects.get(company__staff__user=world.people["buyer"]))
    organiser, buyer = actor(world.people["organiser"]), world.people["buyer"]
    merge(organiser, fair=world.fair.slug, kept=kept.pk, other=buyer.pk, choices={}, now=timezone.now())


@pytest.mark.parametrize("end", [_deactivate, _merge_with_another_account])
async def test_the_socket_of_an_account_that_has_ended_is_closed_and_receives_no_more(
    monkeypatch: pytest.MonkeyPatch, end: Callable[[World], None]
) -> None:
    world = await sync_to_async(make_world)()
    topic = f"meeting:{world.things['settled'].pk}"
    going, staying = [
        await Client.open(await sync_to_async(session_of)(world.people[name])) for name in ("buyer", "seller")
    ]
    for page in (going, staying):
        assert (await page.send("join", topic=topic))["type"] == "ok"
    await sync_to_async(end)(world)
    monkeypatch.setattr(maintenance, "RECHECK_SECONDS", 0)
    looking = asyncio.create_task(maintenance.revocations(recheck))
    assert await going.closed_with() == 4401
    looking.cancel()
    await send_ephemeral(topic, TrackChanged(connection_id="secret", mic=True, camera=True, screen=False))
    assert (await staying.event("track.changed"))["connection_id"] == "secret"
    assert await going.wire.receive_nothing()
    await staying.close()
