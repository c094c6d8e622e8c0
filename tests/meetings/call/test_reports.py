"""Reports of a connection in the room: what the control room is sent, and which reports are refused."""

from typing import Any

import pytest
from asgiref.sync import sync_to_async

from tests.matrix.world import World, make_world
from tests.realtime.client import Client, session_of

pytestmark = pytest.mark.django_db(transaction=True)
TRACKS = {"mic": False, "camera": False, "screen": True}
GOOD = {"quality": {"rtt_ms": 20, "kbit_in": 900, "kbit_out": 900}}
WEAK = {"quality": {"rtt_ms": 800, "kbit_in": 900, "kbit_out": 900}}
LOST = {"quality": {"rtt_ms": 4000, "loss_percent": 40}}


async def come(world: World, name: str) -> Client:
    client = await Client.open(await sync_to_async(session_of)(world.people[name]))
    client.topic = f"meeting:{world.things['meeting'].pk}"  # type: ignore[attr-defined]
    await send(client, "join")
    return client


async def send(client: Client, kind: str, **fields: Any) -> dict[str, Any]:
    return await client.send(kind, topic=client.topic, **fields)  # type: ignore[attr-defined]


async def enter(client: Client) -> str:
    return (await send(client, "enter"))["snapshot"]["connection_id"]


async def reported(organiser: Client, monitor: str) -> list[tuple[str, str]]:
    """The (side, quality) pairs the control room was sent since the last call."""
    await organiser.send("leave", topic=monitor)
    measured = [frame for frame in organiser.frames if frame["type"] == "line.measured"]
    organiser.frames.clear()
    await organiser.send("join", topic=monitor)
    return [(frame["side"], frame["quality"]) for frame in measured]


async def test_reports_of_a_replaced_connection_are_refused() -> None:
    world = await sync_to_async(make_world)()
    first, second, seller, organiser = [await come(world, name) for name in ("buyer", "buyer", "seller", "organiser")]
    monitor = f"monitor:{world.fair.slug}"
    await organiser.send("join", topic=monitor)
    old, there = await enter(first), await enter(seller)
    assert (await send(first, "track.state", **TRACKS))["type"] == "ok"
    assert (await seller.event("track.changed"))["connection_id"] == old
    new = await enter(second)
    reports: list[tuple[str, dict[str, Any]]] = [
        ("track.state", TRACKS),
        ("quality.report", LOST),
        *(("media.report", {"peer": there, "state": state}) for state in ("connected", "disconnected", "failed")),
    ]
    assert [(await send(first, kind, **fields)).get("code") for kind, fields in reports] == ["not_entered"] * len(
        reports
    )
    # Reports of the new page arrive after anything the old one could have sent.
    await send(second, "media.report", peer=there, state="failed")
    await send(second, "track.state", **TRACKS)
    assert (await seller.event("track.changed"))["connection_id"] == new
    assert await reported(organiser, monitor) == [("exhibitor", "lost")]
    for client in (first, second, seller, organiser):
        await client.close()


async def test_a_media_report_names_another_persons_connection_in_the_room() -> None:
    world = await sync_to_async(make_world)()
    buyer, seller, organiser = [await come(world, name) for name in ("buyer", "seller", "organiser")]
    own, there = await enter(buyer), await enter(seller)
    monitor = f"monitor:{world.fair.slug}"
    await organiser.send("join", topic=monitor)
    for state in ("connected", "disconnected", "failed"):
        for peer in ("somebody-else", own):
            assert (await send(buyer, "media.report", peer=peer, state=state))["code"] == "peer_gone"
        assert (await send(buyer, "media.report", peer=there, state=state))["type"] == "ok"
    assert await reported(organiser, monitor) == [("exhibitor", "lost")]
    for client in (buyer, seller, organiser):
        await client.close()


async def test_a_connection_that_has_left_is_not_reported_as_lost() -> None:
    world = await sync_to_async(make_world)()
    buyer, seller, organiser = [await come(world, name) for name in ("buyer", "seller", "organiser")]
    await enter(buyer)
    there = await enter(seller)
    monitor = f"monitor:{world.fair.slug}"
    await organiser.send("join", topic=monitor)
    # As after a kill: the socket is lost at once, the peer connection fails some seconds later.
    await seller.close()
    [left] = [await buyer.event("connection.left")]
    assert (left["connection_id"], left["reason"]) == (there, "lost")
    assert (await send(buyer, "media.report", peer=there, state="failed"))["type"] == "ok"
    assert await reported(organiser, monitor) == []
    for client in (buyer, organiser):
        await client.close()


async def test_an_unreachable_side_is_reported_as_lost_until_it_is_reachable() -> None:
    world = await sync_to_async(make_world)()
    names = ("buyer", "seller", "interpreter", "organiser")
    buyer, seller, interpreter, organiser = [await come(world, name) for name in names]
    gone, staying, third = await enter(buyer), await enter(seller), await enter(interpreter)
    monitor = f"monitor:{world.fair.slug}"
    await organiser.send("join", topic=monitor)
    await send(seller, "quality.report", **WEAK)
    await send(buyer, "quality.report", **GOOD)
    assert await reported(organiser, monitor) == [("exhibitor", "weak"), ("buyer", "good")]
    # The buyer loses the network. Both others report it; the connection between those two is as good as before.
    for state in ("disconnected", "failed"):
        for client in (seller, interpreter):
            await send(client, "media.report", peer=gone, state=state)
    await send(seller, "quality.report", **GOOD)
    await send(interpreter, "quality.report", **GOOD)
    assert await reported(organiser, monitor) == [("buyer", "lost")]
    # A peer connection to the interpreter belongs to neither side.
    await send(seller, "media.report", peer=third, state="failed")
    # The buyer reports the same of the seller: then both sides are lost, even if both receive the interpreter.
    await send(buyer, "media.report", peer=staying, state="failed")
    await send(buyer, "quality.report", **WEAK)
    assert await reported(organiser, monitor) == [("exhibitor", "lost")]
    for client, peer in ((seller, gone), (buyer, staying)):
        await send(client, "media.report", peer=peer, state="connected")
    await send(seller, "quality.report", **GOOD)
    await send(buyer, "quality.report", **WEAK)
    ends = [("buyer", "good"), ("exhibitor", "good"), ("exhibitor", "good"), ("buyer", "weak")]
    assert await reported(organiser, monitor) == ends
    for client in (buyer, seller, interpreter, organiser):
        await client.close()


async def test_a_side_is_reported_again_once_the_unreachable_one_has_left() -> None:
    world = await sync_to_async(make_world)()
    buyer, seller, organiser = [await come(world, name) for name in ("buyer", "seller", "organiser")]
    gone, _ = await enter(buyer), await enter(seller)
    monitor = f"monitor:{world.fair.slug}"
    await organiser.send("join", topic=monitor)
    await send(seller, "media.report", peer=gone, state="failed")
    await send(seller, "quality.report", **GOOD)
    assert await reported(organiser, monitor) == [("buyer", "lost")]
    await send(buyer, "exit")
    await send(seller, "quality.report", **GOOD)
    assert await reported(organiser, monitor) == [("exhibitor", "good")]
    for client in (buyer, seller, organiser):
        await client.close()
