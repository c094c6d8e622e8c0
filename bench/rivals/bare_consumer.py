"""A bare Channels consumer behind Django's session authentication, on Daphne: the least any such program costs.

Usage: bare_consumer.py FOLDER PEOPLE PORT. Makes its database in FOLDER and writes each person's session key, one a
line, to FOLDER/sessions; then serves.
"""

import sys
from datetime import timedelta
from pathlib import Path

from daphne.server import Server  # isort: skip — it installs Twisted's asyncio reactor

import django
from django.conf import settings

FOLDER, PEOPLE, PORT = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    USE_TZ=True,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "channels"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "bare.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL;"},
        }
    },
    CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}},
)
django.setup()

from channels.auth import AuthMiddlewareStack
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django.utils.crypto import get_random_string


class Room(AsyncWebsocketConsumer):
    """Accepts people who are signed in, and replies to each frame."""

    groups = ["room"]

    async def connect(self) -> None:
        if self.scope["user"].is_authenticated:
            await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(text_data='{"type":"ok"}')


def session(person: User) -> Session:
    data = {
        SESSION_KEY: str(person.pk),
        HASH_SESSION_KEY: person.get_session_auth_hash(),
        BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
    }
    end = timezone.now() + timedelta(days=1)
    return Session(session_key=get_random_string(32), session_data=SessionStore().encode(data), expire_date=end)


def create_people() -> None:
    call_command("migrate", verbosity=0)
    people = User.objects.bulk_create(User(username=f"person{n}", password=f"!{n}") for n in range(PEOPLE))
    sessions = Session.objects.bulk_create(map(session, people))
    (FOLDER / "sessions").write_text("\n".join(row.session_key for row in sessions))


create_people()
application = ProtocolTypeRouter({"websocket": AuthMiddlewareStack(Room.as_asgi())})
Server(
    application,
    endpoints=[f"tcp:port={PORT}:interface=127.0.0.1:backlog=1024"],
    websocket_connect_timeout=60,
    websocket_handshake_timeout=60,
).run()
