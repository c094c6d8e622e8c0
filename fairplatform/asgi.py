"""The program as one ASGI application: HTTP, and one WebSocket at /ws/."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairplatform.settings")

import django

django.setup(set_prefix=False)

from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import path, re_path

from booths.hall_topics import HallsTopic, HallTopic
from booths.topics import BoothTopic
from chat.topics import ChatTopic
from fairplatform.accounts.socket_auth import authenticate
from fairplatform.booth_office.topics import BoothOfficeTopic
from fairplatform.control_room.topics import ControlRoomTopic
from fairplatform.health.probes import with_probes
from fairplatform.observability.requests import log_requests
from fairplatform.pages.topics import FairTopic, MeTopic
from fairplatform.realtime.socket import Socket, deny
from fairplatform.realtime.topics import Topic
from fairplatform.server.handler import PageHandler
from meetings.call.topics import MeetingTopic

TOPICS: dict[str, type[Topic]] = {
    topic.prefix: topic
    for topic in (
        MeTopic,
        FairTopic,
        ChatTopic,
        BoothTopic,
        BoothOfficeTopic,
        HallTopic,
        HallsTopic,
        MeetingTopic,
        ControlRoomTopic,
    )
}

application = ProtocolTypeRouter(
    {
        "http": with_probes(log_requests(PageHandler())),
        # Channels routes ASGI applications by Django's path(), which is declared for views.
        "websocket": URLRouter(
            [
                path("ws/", Socket.as_asgi(topics=TOPICS, authenticate=authenticate)),  # type: ignore[arg-type]
                re_path("", deny),  # type: ignore[arg-type] # else an unknown path would be an error in the log
            ]
        ),
    }
)
