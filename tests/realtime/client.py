"""A page's side of the socket, inside the test's own process."""

import json
from typing import Any, ClassVar

from asgiref.testing import ApplicationCommunicator
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from fairplatform.accounts.models import User
from fairplatform.asgi import application
from fairplatform.asgi_types import Application

ORIGIN = (b"origin", settings.PUBLIC_URL.encode())


def session_of(person: User) -> str:
    """The key of a fresh session of this person."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.create()
    assert session.session_key
    return session.session_key


def cookie(key: str, language: str = "en") -> tuple[bytes, bytes]:
    pairs = f"{settings.SESSION_COOKIE_NAME}={key}; {settings.LANGUAGE_COOKIE_NAME}={language}"
    return b"cookie", pairs.encode()


class Client:
    """Opens the socket, numbers its commands, keeps the frames that came while it waited for another."""

    application: ClassVar[Application] = application

    def __init__(self, *headers: tuple[bytes, bytes]) -> None:
        self.wire = WebsocketCommunicator(self.application, "/ws/", headers=list(headers))
        self.ref = 0
        self.frames: list[dict[str, Any]] = []

    @classmethod
    async def open(cls, key: str, language: str = "en") -> "Client":
        return await cls.open_with(cookie(key, language), ORIGIN)

    @classmethod
    async def open_with(cls, *headers: tuple[bytes, bytes]) -> "Client":
        client = cls(*headers)
        accepted, _ = await client.wire.connect(timeout=5)
        assert accepted
        return client

    async def send(self, kind: str, topic: str = "counter:open", **fields: Any) -> dict[str, Any]:
        """A command and its answer."""
        self.ref += 1
        await self.wire.send_to(text_data=json.dumps({"ref": self.ref, "topic": topic, "type": kind, **fields}))
        while True:
            frame = await self._read()
            if frame.get("ref") == self.ref:
                return frame
            self.frames.append(frame)

    async def raw(self, text: str) -> dict[str, Any]:
        await self.wire.send_to(text_data=text)
        return await self._read()

    async def event(self, kind: str) -> dict[str, Any]:
        """The next frame of this type, from those received or still to come."""
        while True:
            for frame in self.frames:
                if frame["type"] == kind:
                    self.frames.remove(frame)
                    return frame
            self.frames.append(await self._read())

    async def closed_with(self) -> int:
        while True:
            message = await ApplicationCommunicator.receive_output(self.wire, timeout=5)
            if message["type"] == "websocket.close":
                return int(message["code"])

    async def _read(self) -> dict[str, Any]:
        return json.loads(await self.wire.receive_from(timeout=5))

    async def close(self) -> None:
        await self.wire.disconnect(timeout=5)
