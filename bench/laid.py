"""Rows for the benches, written in bulk: conversations of people who work for companies of one fair, with sessions."""

import json
from dataclasses import dataclass

from bench.processes import handshake
from tests.servers.serve import Server

_LAY = """
import json, uuid
from datetime import timedelta
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from chat.models import Conversation, Member, Message
from fairplatform.accounts.models import Company, Staff, User
from fairplatform.fairs.models import Participation
from fairplatform.realtime.models import TopicVersion
from tests.factories import make_fair, three

CIRCLES, SIZE, MESSAGES = map(int, "ASKED".split())
PEOPLE = CIRCLES * SIZE
store, now = import_module(settings.SESSION_ENGINE).SessionStore(), timezone.now()


def signed_in(person):
    held = {
        SESSION_KEY: str(person.pk),
        HASH_SESSION_KEY: person.get_session_auth_hash(),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
    }
    text, end = store.encode(held), now + timedelta(days=1)
    return Session(session_key=get_random_string(32).lower(), session_data=text, expire_date=end)


with transaction.atomic():
    fair, run = make_fair(slug=f"bench{User.objects.count()}"), uuid.uuid4().hex[:8]
    companies = Company.objects.bulk_create(
        Company(name=three(f"Company {n}"), slug=f"{run}-{n}", kind="both", country="PK", city="lahore")
        for n in range(SIZE)
    )
    Participation.objects.bulk_create(
        Participation(fair=fair, company=company, buys=True, state="approved") for company in companies
    )
    people = User.objects.bulk_create(
        User(email=f"{run}-{n}@bench.example", name=three(f"Person {n}"), password=f"!{n}") for n in range(PEOPLE)
    )
    Staff.objects.bulk_create(
        Staff(company=companies[n % SIZE], user=person, position="proprietor") for n, person in enumerate(people)
    )
    circles = Conversation.objects.bulk_create(Conversation(fair=fair, last_message_at=now) for _ in range(CIRCLES))
    Member.objects.bulk_create(
        Member(conversation=circles[n // SIZE], user=person) for n, person in enumerate(people)
    )
    Message.objects.bulk_create(
        Message(
            conversation=circle,
            seq=seq,
            author=people[place * SIZE + seq % SIZE],
            client_id=uuid.uuid4(),
            body="We can ship 12,000 pieces by the end of the month, FOB Ningbo.",
        )
        for place, circle in enumerate(circles) for seq in range(1, MESSAGES + 1)
    )
    TopicVersion.objects.bulk_create(TopicVersion(topic=circle.topic, version=MESSAGES) for circle in circles)
    sessions = Session.objects.bulk_create(map(signed_in, people))
print(json.dumps({
    "topics": [circle.topic for circle in circles],
    "sessions": [session.session_key for session in sessions],
}))
"""


@dataclass(frozen=True)
class Circles:
    """Conversations of `size` people each; the sessions of the first one's members come first."""

    topics: list[str]
    sessions: list[str]

    @property
    def size(self) -> int:
        return len(self.sessions) // len(self.topics)

    def requests(self, server: Server) -> list[str]:
        """The handshake of each person's page."""
        return [
            handshake(server.port, "/ws/", Origin=server.url, Cookie=f"sessionid={session}")
            for session in self.sessions
        ]

    def joins(self) -> list[str]:
        """What each of these pages sends first."""
        return [
            json.dumps({"ref": 1, "topic": topic, "type": "join"}) for topic in self.topics for _ in range(self.size)
        ]


def lay(server: Server, *, circles: int, size: int, messages: int) -> Circles:
    """Writes `circles` conversations of `size` people with `messages` messages each beside the running server."""
    asked = _LAY.replace("ASKED", f"{circles} {size} {messages}")
    return Circles(**json.loads(server.manage("shell", "--no-imports", "-c", asked).splitlines()[-1]))
