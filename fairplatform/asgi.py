"""The whole program as one ASGI application."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairplatform.settings")

import django
from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import path

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
application = ProtocolTypeRouter(
    {"http": probed(recorded(django_application)), "websocket": URLRouter([path("ws/", socket_application)])}  # type: ignore[arg-type]
)
