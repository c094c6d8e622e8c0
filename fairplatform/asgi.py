"""The whole program as one ASGI application."""

import os
from collections.abc import Awaitable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairplatform.settings")

import django
from asgiref.sync import markcoroutinefunction

django.setup(set_prefix=False)

from fairplatform.handler import PageHandler

django_application = PageHandler()

from booths.topics import BoothTopic
from chat.topics import ChatTopic
from fairplatform.front.live import FairTopic
from fairplatform.front.topics import MeTopic
from fairplatform.monitor.topics import MonitorTopic
from fairplatform.realtime.socket import socket_application
from fairplatform.realtime.topics import Topic
from fairplatform.telemetry.requests import recorded
from fairplatform.vitals.probes import probed
from meetings.topics import MeetingTopic

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
