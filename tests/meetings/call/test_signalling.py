"""aiortc peers meet in a room of a real server: a second implementation of the signalling protocol."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from tests.running_meetings import RunningMeeting, make_running_meetings
from tests.servers.serve import Server, Servers
from tests.webrtc_peers import Peer, RefusedFrame

BOTH = {"audio", "video"}


@pytest.fixture(scope="module")
def server(plain_server: Server) -> Server:
    """One server; each test has a fair and a meeting of its own on it."""
    return plain_server


@pytest.fixture(scope="module")
def meetings(server: Server) -> Iterator[RunningMeeting]:
    return iter(make_running_meetings(server, *[3] * 8))


@pytest.fixture
def running(meetings: Iterator[RunningMeeting]) -> RunningMeeting:
    return next(meetings)


async def come(server: Server, running: RunningMeeting, name: str, **more: Any) -> Peer:
    return await Peer.open(server.socket_url, running.tokens[name], running.meeting, **more)


def events(peer: Peer, *kinds: str) -> list[dict[str, Any]]:
    return [frame for frame in peer.socket.received if frame["type"] in kinds]


async def test_two_peers_see_and_hear_each_other(server: Server, running: RunningMeeting) -> None:
    async with await come(server, running, "exhibitor") as first, await come(server, running, "buyer") as second:
        await first.enter()
        await second.enter()
        await asyncio.gather(first.wait_for_media(BOTH), second.wait_for_media(BOTH))
        assert {connection.state for peer in (first, second) for connection in peer.connections.values()} == {
            "connected"
        }


async def test_the_interpreter_joins_as_third_with_sound_only(server: Server, running: RunningMeeting) -> None:
    async with (
        await come(server, running, "exhibitor") as first,
        await come(server, running, "buyer") as second,
        await come(server, running, "interpreter", sound_only=True) as third,
    ):
        for peer in (first, second, third):
            await peer.enter()
        await third.wait_for_media(BOTH, others=2)
        await asyncio.gather(first.wait_for_media({"audio"}, others=2), second.wait_for_media({"audio"}, others=2))
        received = [peer.connections[third.connection_id].received for peer in (first, second)]
        assert received == [{"audio"}, {"audio"}]


async def test_signals_reach_only_their_receiver_and_name_their_sender(server: Server, running: RunningMeeting) -> None:
    async with (
        await come(server, running, "exhibitor") as first,
        await come(server, running, "buyer") as second,
        await come(server, running, "interpreter") as third,
    ):
        for peer in (first, second, third):
            peer.connection_id = (await peer.send("enter"))["snapshot"]["connection_id"]
            peer.socket.listener = None
        signal = {"pair": "p1", "candidate": {"candidate": "candidate:1 1 udp 1 192.0.2.1 9 typ host", "sdpMid": "0"}}
        await first.send("rtc.candidate", to=second.connection_id, **signal)
        await second.socket.until(lambda: events(second, "rtc.candidate") != [])
        # A later message on the same path has arrived: had the signal been for the third, it would be there.
        await first.send("track.state", mic=True, camera=True, screen=False)
        await third.socket.until(lambda: events(third, "track.changed") != [])
        [event] = events(second, "rtc.candidate")
        assert event["from"] == first.connection_id
        assert event["candidate"]["candidate"] == signal["candidate"]["candidate"]  # type: ignore[index]
        assert events(third, "rtc.candidate") == events(first, "rtc.candidate") == []


async def refused(peer: Peer, kind: str, **fields: Any) -> str:
    with pytest.raises(RefusedFrame) as refusal:
        await peer.send(kind, **fields)
    return refusal.value.code


async def test_signals_are_refused_when_forged_oversized_early_or_to_nobody(
    server: Server, running: RunningMeeting
) -> None:
    async with await come(server, running, "exhibitor") as first, await come(server, running, "buyer") as second:
        second.socket.listener = None
        there = (await second.send("enter"))["snapshot"]["connection_id"]
        offer = {"to": there, "pair": "p1", "sdp": "v=0"}
        assert await refused(first, "rtc.offer", **offer) == "not_entered"
        await first.send("enter")
        forged = {**offer, "from": there}
        oversized = {**offer, "sdp": "v" * 32_001}
        assert await refused(first, "rtc.offer", **forged) == "malformed"
        assert await refused(first, "rtc.offer", **oversized) == "malformed"
        assert await refused(first, "rtc.offer", **{**offer, "to": "nobody-here"}) == "peer_gone"
        assert await refused(first, "quality.report", quality={"rtt_ms": -1}) == "malformed"
        await first.send("rtc.offer", **offer)
        await second.socket.until(lambda: events(second, "rtc.offer") != [])
        assert [event["sdp"] for event in events(second, "rtc.offer")] == ["v=0"]


async def test_strangers_get_not_found(server: Server, running: RunningMeeting) -> None:
    peer = await come(server, running, "stranger")
    try:
        assert await refused(peer, "join") == "not_found"
        assert await refused(peer, "enter") == "not_joined"
    finally:
        await peer.socket.close()


async def test_a_second_page_takes_over_and_the_first_stays_on_the_topic(
    server: Server, running: RunningMeeting
) -> None:
    async with await come(server, running, "buyer") as first, await come(server, running, "buyer") as second:
        old = (await first.send("enter"))["snapshot"]["connection_id"]
        new = (await second.send("enter"))["snapshot"]["connection_id"]
        await first.socket.until(lambda: len(events(first, "connection.entered")) == 2)
        assert [event["connection_id"] for event in events(first, "connection.replaced")] == [old]
        assert await refused(first, "rtc.offer", to=new, pair="p1", sdp="v=0") == "not_entered"
        present = (await first.send("join"))["snapshot"]["present"]
        assert [one["connection_id"] for one in present] == [new]


async def test_a_lost_socket_is_announced_and_can_be_resumed(server: Server, running: RunningMeeting) -> None:
    async with await come(server, running, "exhibitor") as watcher:
        async with await come(server, running, "buyer") as first:
            old = (await first.send("enter"))["snapshot"]["connection_id"]
        await watcher.socket.until(lambda: events(watcher, "connection.left") != [])
        assert [(e["connection_id"], e["reason"]) for e in events(watcher, "connection.left")] == [(old, "lost")]
        async with await come(server, running, "buyer") as again:
            await again.send("enter", resumes=old)
            await watcher.socket.until(lambda: len(events(watcher, "connection.entered")) == 2)
            assert [event["resumes"] for event in events(watcher, "connection.entered")] == [None, old]


async def test_an_organiser_is_announced_before_their_first_signal(server: Server, running: RunningMeeting) -> None:
    async with await come(server, running, "buyer") as party, await come(server, running, "organiser") as organiser:
        there = (await party.send("enter"))["snapshot"]["connection_id"]
        party.socket.listener = None
        await organiser.send("enter")
        await organiser.send("rtc.offer", to=there, pair="p1", sdp="v=0")
        await party.socket.until(lambda: events(party, "rtc.offer") != [])
        received = events(party, "connection.entered", "rtc.offer")
        assert [(event["type"], event.get("connection", {}).get("part")) for event in received] == [
            ("connection.entered", "party"),
            ("connection.entered", "organiser"),
            ("rtc.offer", None),
        ]


async def test_relay_credentials_are_only_for_admitted_people(serve: Servers) -> None:
    server = serve("--no-clock", "--no-tasks", TURN_URLS="turn:fair.example:3478", TURN_SECRET="secret")
    [running] = make_running_meetings(server, 3)
    async with await come(server, running, "buyer") as peer:
        lobby = (await peer.send("join"))["snapshot"]
        admission = (await peer.send("enter"))["snapshot"]
        assert lobby["ice_servers"] == []
        [relay] = admission["ice_servers"]
        assert relay["urls"] == ["turn:fair.example:3478"]
        [person] = [one["person"]["id"] for one in (await peer.send("join"))["snapshot"]["present"]]
        assert relay["username"].partition(":")[2] == f"{running.meeting}-{person}"


async def test_the_room_is_closed_until_ten_minutes_before(server: Server) -> None:
    [running] = make_running_meetings(server, -11)
    async with await come(server, running, "buyer") as peer:
        assert await refused(peer, "enter") == "too_early"
