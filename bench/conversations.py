"""Conversations for the benches, written in bulk: of people who work for companies of one fair, with their sessions."""

import json
from dataclasses import dataclass

from bench.processes import handshake
from tests.servers.serve import Server

_SCRIPT = """
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

COUNT, MEMBERS, MESSAGES = map(int, "ARGUMENTS".split())
PEOPLE = COUNT * MEMBERS
store, now = import_module(settings.SESSION_ENGINE).SessionStore(), timezone.now()


def session_of(person):
    data = {
        SESSION_KEY: str(person.pk),
        HASH_SESSION_KEY: person.get_session_auth_hash(),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
    }
    encoded, end = store.encode(data), now + timedelta(days=1)
    return Session(session_key=get_random_string(32).lower(), session_data=encoded, expire_date=end)


with transaction.atomic():
    fair, run = make_fair(slug=f"bench{User.objects.count()}"), uuid.uuid4().hex[:8]
    companies = Company.objects.bulk_create(
        Company(name=three(f"Company {n}"), slug=f"{run}-{n}", kind="both", country="PK", city="lahore")
        for n in range(MEMBERS)
    )
    Participation.objects.bulk_create(
        Participation(fair=fair, company=company, buys=True, state="approved") for company in companies
    )
    people = User.objects.bulk_create(
        User(email=f"{run}-{n}@bench.example", name=three(f"Person {n}"), password=f"!{n}") for n in range(PEOPLE)
    )
    Staff.objects.bulk_create(
        Staff(company=companies[n % MEMBERS], user=person, position="proprietor") for n, person in enumerate(people)
    )
    conversations = Conversation.objects.bulk_create(
        Conversation(fair=fair, last_message_at=now) for _ in range(COUNT)
    )
    Member.objects.bulk_create(
        Member(conversation=conversations[n // MEMBERS], user=person) for n, person in enumerate(people)
    )
    Message.objects.bulk_create(
        Message(
            conversation=conversation,
            seq=seq,
            author=people[n * MEMBERS + seq % MEMBERS],
            client_id=uuid.uuid4(),
            body="We can ship 12,000 pieces by the end of the month, FOB Ningbo.",
        )
        for n, conversation in enumerate(conversations) for seq in range(1, MESSAGES + 1)
    )
    TopicVersion.objects.bulk_create(
        TopicVersion(topic=conversation.topic, version=MESSAGES) for conversation in conversations
    )
    sessions = Session.objects.bulk_create(map(session_of, people))
print(json.dumps({
    "topics": [conversation.topic for conversation in conversations],
    "sessions": [session.session_key for session in sessions],
}))
"""


@dataclass(frozen=True)
class Conversations:
    """The topics of conversations with equally many members, and a session key of each member, in the same order."""

    topics: list[str]
    sessions: list[str]

    @property
    def members(self) -> int:
        """How many people each conversation has."""
        return len(self.sessions) // len(self.topics)

    def requests(self, server: Server) -> list[str]:
        """The WebSocket handshake of each person's page."""
        return [
            handshake(server.port, "/ws/", Origin=server.url, Cookie=f"sessionid={session}")
            for session in self.sessions
        ]

    def joins(self) -> list[str]:
        """The first frame that each of these pages sends."""
        return [
            json.dumps({"ref": 1, "topic": topic, "type": "join"}) for topic in self.topics for _ in range(self.members)
        ]


def make_conversations(server: Server, count: int, *, members: int, messages: int) -> Conversations:
    """Writes `count` conversations with so many members and messages each into the database of a running server."""
    script = _SCRIPT.replace("ARGUMENTS", f"{count} {members} {messages}")
    return Conversations(**json.loads(server.manage("shell", "--no-imports", "-c", script).splitlines()[-1]))
