"""The server killed with SIGKILL while people write and book: what was acknowledged is stored, once, without gaps."""

import asyncio
import json
import random
import uuid
from collections import Counter
from typing import Any

from websockets.exceptions import WebSocketException

from tests.faults.booking_race import BookingRace
from tests.servers.serve import Server, Servers
from tests.sizes import full
from tests.webrtc_peers import RefusedFrame, SocketClient

CUTS = full(50, small=3)
WRITERS = 4
MESSAGES, MEETINGS = 8, 1  # acknowledged in each round before the kill
_MAKE_SCENARIO = """
import json
from datetime import timedelta
from django.conf import settings
from django.utils import timezone
from fairplatform.accounts.models import Token
from tests.factories import (
    make_buyer, make_conversation, make_exhibitor, make_fair, make_person, make_slots, make_staff,
)
from tests.realtime.client import session_of

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
fair, now = make_fair(), timezone.now()
people = [make_person() for _ in range(WRITERS)]
conversation = make_conversation(fair, people)
rows, end = ["conversation.read", "conversation.write"], now + timedelta(hours=1)
# Five slots of each morning in Pakistan: afternoon in China, and no prayer.
tomorrow = now.replace(hour=5, minute=0, second=0, microsecond=0) + timedelta(days=1)
slots = [slot for day in range(24) for slot in make_slots(fair, first=tomorrow + timedelta(days=day), number=5)]

def cast():
    # New companies for each round: one may request meetings with another only a few times a day.
    exhibitors = [make_exhibitor(fair) for _ in range(2)]
    return {
        "exhibitors": {place.pk: session_of(make_staff(place)) for place in exhibitors},
        "buyers": [session_of(make_staff(make_buyer(fair))) for _ in range(3)],
    }

print(json.dumps({
    "topic": conversation.topic,
    "tokens": [Token.issue(person, fair=fair, permissions=rows, expires_at=end)[1] for person in people],
    "fair": fair.slug,
    "slots": [slot.pk for slot in slots],
    "casts": [cast() for _ in range(CUTS)],
}))
"""
_READ = """
import json
from chat.models import Message
from fairplatform.realtime.models import TopicVersion
from django.db import connection
from meetings.models import Booking, Meeting, MeetingRequest

def wrongs():
    # What SQLite's checks find; PostgreSQL checks pages and keys as it reads and writes them.
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        problems = [cursor.execute(f"PRAGMA {check}").fetchall() for check in ("integrity_check", "foreign_key_check")]
        return [row for rows in problems for row in rows if row != ("ok",)]

print(json.dumps({
    "messages": [[m.seq, str(m.client_id)] for m in Message.objects.order_by("seq")],
    "newest": TopicVersion.objects.get(topic="TOPIC").version,
    "meetings": {m.pk: [m.state, m.slot_id] for m in Meeting.objects.all()},
    "accepted": [r.meeting_id for r in MeetingRequest.objects.filter(state="accepted")],
    "bookings": [[b.meeting_id, b.slot_id, b.resource] for b in Booking.objects.all()],
    "wrongs": wrongs(),
}))
"""


async def write(server: Server, topic: str, token: str, acknowledged: dict[str, int], name: str) -> None:
    """Writes as fast as the limits allow until the server is killed; collects what was acknowledged."""
    client = await SocketClient.open(server.socket_url, token)
    await client.send(topic, "join")
    for number in range(10_000):
        key = str(uuid.uuid4())
        try:
            answer = await client.send(topic, "message.post", client_id=key, body=f"{name} {number}")
        except (WebSocketException, TimeoutError, RefusedFrame, OSError):
            return
        acknowledged[key] = answer["seq"]
        await asyncio.sleep(0.06)


async def work_until_the_kill(
    server: Server, scenario: dict[str, Any], acknowledged: dict[str, int], race: BookingRace
) -> None:
    """Kills the server at a random moment, once messages and a meeting are acknowledged and somebody was too late."""
    letters, meetings, late = len(acknowledged) + MESSAGES, len(race.booked) + MEETINGS, race.late
    writers = [
        asyncio.create_task(write(server, scenario["topic"], token, acknowledged, f"writer {number}"))
        for number, token in enumerate(scenario["tokens"])
    ]
    booking = asyncio.create_task(asyncio.to_thread(race.run))
    try:
        async with asyncio.timeout(60):
            # Several tasks take part.
            while len(acknowledged) < letters or len(race.booked) < meetings or race.late == late:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        await asyncio.sleep(random.uniform(0, 0.2))
    finally:
        # The race ends only with the server.
        server.kill()
        await asyncio.gather(booking, *writers, return_exceptions=True)


def test_nothing_acknowledged_is_lost_and_nothing_is_double(serve: Servers) -> None:
    server = serve("--no-tasks")
    make = _MAKE_SCENARIO.replace("WRITERS", str(WRITERS)).replace("CUTS", str(CUTS))
    scenario = json.loads(server.manage("shell", "-v", "0", "-c", make))
    race = BookingRace(server.port, scenario["fair"], scenario["slots"])
    acknowledged: dict[str, int] = {}
    for cast in scenario["casts"]:
        race.exhibitors, race.buyers = cast["exhibitors"], cast["buyers"]
        asyncio.run(work_until_the_kill(server, scenario, acknowledged, race))
        server.start()
    rows = json.loads(server.manage("shell", "-v", "0", "-c", _READ.replace("TOPIC", scenario["topic"])))
    assert rows["wrongs"] == []
    assert_messages(rows, acknowledged)
    assert_meetings(rows, race)


def assert_messages(rows: dict[str, Any], acknowledged: dict[str, int]) -> None:
    numbers = [seq for seq, _ in rows["messages"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert rows["newest"] == len(numbers)
    stored = {client_id: seq for seq, client_id in rows["messages"]}
    assert len(stored) == len(numbers)
    assert {key: stored.get(key) for key in acknowledged} == acknowledged
    assert len(acknowledged) >= MESSAGES * CUTS


def assert_meetings(rows: dict[str, Any], race: BookingRace) -> None:
    """Each acknowledged meeting has its two desks and two people, and no resource is booked twice in a slot."""
    meetings = {int(pk): (state, slot) for pk, (state, slot) in rows["meetings"].items()}
    assert {pk: meetings.get(pk, ("lost", 0))[0] for pk in race.booked} == dict.fromkeys(race.booked, "confirmed")
    assert sorted(rows["accepted"]) == sorted(meetings)
    assert Counter(pk for pk, _, _ in rows["bookings"]) == dict.fromkeys(meetings, 4)
    assert all(meetings[pk][1] == slot for pk, slot, _ in rows["bookings"])
    assert max(Counter((slot, resource) for _, slot, resource in rows["bookings"]).values()) == 1
    assert len(race.booked) >= MEETINGS * CUTS
