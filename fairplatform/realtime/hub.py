"""Delivery inside one process: which sockets are on which topic, and one layer channel for all of them."""

import asyncio
import json
import logging
from collections import defaultdict
from typing import Any, Protocol

from channels.layers import get_channel_layer
from django.conf import settings

from .presence import Presence, presence_store
from .protocol import Event, Heartbeat

logger = logging.getLogger(__name__)


class Member(Protocol):
    """A socket, as the hub sees it."""

    async def deliver(self, topic: str, text: str, seq: int | None) -> None: ...
    async def send_text(self, text: str) -> None: ...


def group_name(topic: str) -> str:
    return topic.replace(":", ".")


def wire_name(topic: str) -> str:
    """The topic as clients call it: everybody's own topic is `me`."""
    return "me" if topic.startswith("me:") else topic


def encode(topic: str, event: Event, seq: int | None = None) -> str:
    """The one text of an event that every member of the topic receives."""
    frame: dict[str, Any] = {"topic": wire_name(topic), **event.model_dump(mode="json", by_alias=True)}
    if seq is not None:
        frame["seq"] = seq
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))


class Hub:
    """The members of each topic in this process. The layer only wakes it: numbers and the database are the truth."""

    def __init__(self) -> None:
        self.members: dict[str, set[Member]] = defaultdict(set)
        self.seen: dict[str, int] = {}
        self.loop: asyncio.AbstractEventLoop | None = None
        self.presence: Presence = presence_store()
        self._listening: asyncio.Task[None] | None = None
        self._channel = ""

    async def start(self) -> None:
        """Binds the hub to the running loop. Called by the first socket and by `serve`."""
        if self._listening is None or self._listening.done():
            self.loop = asyncio.get_running_loop()
            self._channel = await get_channel_layer().new_channel("hub")
            self._listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        layer = get_channel_layer()
        while True:
            try:
                message = await layer.receive(self._channel)
                await self.fan_out(message["topic"], message["text"], message["seq"])
            except asyncio.CancelledError:
                raise
            except Exception:
                # A lost wake-up delays an event until the next heartbeat; it must never end the listening.
                logger.exception("the layer failed")
                await asyncio.sleep(0.5)

    async def subscribe(self, topic: str, member: Member) -> None:
        await self.start()
        if not self.members[topic]:
            await get_channel_layer().group_add(group_name(topic), self._channel)
        self.members[topic].add(member)

    async def unsubscribe(self, topic: str, member: Member) -> None:
        members = self.members.get(topic)
        if members is None:
            return
        members.discard(member)
        if not members:
            del self.members[topic]
            self.seen.pop(topic, None)
            await get_channel_layer().group_discard(group_name(topic), self._channel)

    async def fan_out(self, topic: str, text: str, seq: int | None) -> None:
        if seq is not None:
            self.seen[topic] = max(seq, self.seen.get(topic, 0))
        for count, member in enumerate(list(self.members.get(topic, ())), 1):
            await member.deliver(topic, text, seq)
            if count % 200 == 0:
                await asyncio.sleep(0)

    async def pulse(self, numbers: dict[str, int], *, only_news: bool) -> None:
        """Tells members the newest numbers of their topics; `only_news`: only of topics that moved unseen."""
        moved = {t: n for t, n in numbers.items() if n > self.seen.get(t, -1)} if only_news else numbers
        self.seen.update(moved)
        frames: dict[Member, dict[str, int]] = defaultdict(dict)
        for topic, number in moved.items():
            for member in self.members.get(topic, ()):
                frames[member][wire_name(topic)] = number
        for member, seqs in frames.items():
            await member.send_text(Heartbeat(seqs=seqs).model_dump_json())

    def here(self, topic: str) -> set[int]:
        """From a thread: the people who are on a topic now."""
        if self.loop is None or not self.loop.is_running():
            return set()
        return asyncio.run_coroutine_threadsafe(self.presence.here(topic), self.loop).result(timeout=5)

    def post(self, topic: str, text: str, seq: int | None) -> None:
        """From any thread: hands an event to the layer, and so to every process with somebody on the topic."""
        message = {"type": "hub.event", "topic": topic, "text": text, "seq": seq}
        if self.loop is not None and self.loop.is_running():
            asyncio.run_coroutine_threadsafe(self._send(topic, message), self.loop)
        elif settings.REDIS_URL:
            asyncio.run(self._send(topic, message))
        # Else a command beside the server: the server notices the commit by SQLite's data_version (wake.py).

    async def _send(self, topic: str, message: dict[str, Any]) -> None:
        try:
            await get_channel_layer().group_send(group_name(topic), message)
        except Exception:
            logger.warning("no wake-up for %s: the layer does not answer", topic, exc_info=True)


HUB = Hub()
