"""The whole program as one ASGI application."""

import os
from collections.abc import Awaitable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairplatform.settings")

import django
from asgiref.sync import markcoroutinefunction

django.setup(set_prefix=False)

from fairplatform.server.handler import PageHandler

django_application = PageHandler()

from booths.topics import BoothTopic
from chat.topics import ChatTopic
from fairplatform.control_room.topics import MonitorTopic
from fairplatform.health.probes import probed
from fairplatform.observability.requests import recorded
from fairplatform.pages.live import FairTopic
from fairplatform.pages.topics import MeTopic
from fairplatform.realtime.socket import socket_application
from fairplatform.realtime.topics import Topic
from meetings.call.topics import MeetingTopic

TOPICS: dict[str, type[Topic]] = {
    topic.prefix: topic for topic in (MeTopic, FairTopic, ChatTopic, BoothTopic, MeetingTopic, MonitorTopic)
}
pages = probed(recorded(django_application))


@markcoroutinefunction
def application(scope: Any, receive: Any, send: Any) -> Awaitable[None]:
    """Pages, and the one socket."""
    if scope["type"] == "http":
        return pages(scope, receive, send)
    return socket_application(scope, receive, send) if scope["path"] == "/ws/" else _no_socket(receive, send)


async def _no_socket(receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.close"})
