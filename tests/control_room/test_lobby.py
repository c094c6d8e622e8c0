"""The control room shows who has a room of the next slot open, before anybody has joined it."""

from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone

from fairplatform.accounts.models import User
from meetings.models import Meeting
from tests.factories import make_fair, make_role, make_slots
from tests.meetings.cases import make_case
from tests.realtime.client import Client, session_of

pytestmark = pytest.mark.django_db(transaction=True)


def make_meetings() -> tuple[Meeting, User, User, list[User]]:
    fair = make_fair()
    now, following = make_slots(fair, first=timezone.now() - timedelta(minutes=5), number=2)
    make_case(fair, now)
    coming = make_case(fair, following, with_interpreter=True)
    others = [make_role(fair, "liaison"), coming.interpreter]
    return coming.meeting, make_role(fair, "organiser"), coming.buyer, others


async def joined(person: User, topic: str) -> tuple[Client, dict]:
    client = await Client.open(await sync_to_async(session_of)(person))
    return client, await client.send("join", topic=topic)


async def test_the_control_room_is_sent_who_opens_and_leaves_a_rooms_page() -> None:
    meeting, organiser, buyer, others = await sync_to_async(make_meetings)()
    topic = f"monitor:{meeting.fair.slug}"
    watching, answer = await joined(organiser, topic)
    assert answer["snapshot"]["lobby"] == {}
    waiting, _ = await joined(buyer, meeting.topic)
    event = {"topic": topic, "type": "lobby.changed", "meeting": meeting.pk}
    assert await watching.event("lobby.changed") == {**event, "sides": ["buyer"]}
    # People on neither side do not count.
    aside, _ = await joined(others[1], meeting.topic)
    assert await watching.event("lobby.changed") == {**event, "sides": ["buyer"]}
    late, answer = await joined(organiser, topic)
    assert answer["snapshot"]["lobby"] == {str(meeting.pk): ["buyer"]}
    await waiting.close()
    assert await watching.event("lobby.changed") == {**event, "sides": []}
    for client in (watching, aside, late):
        await client.close()
