"""Delivery inside one process: which sockets are on which topic, and how events reach them and other processes."""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Awaitable
from typing import Any, Protocol

from channels.layers import get_channel_layer

from fairplatform.observability.duties import attempt, duty, keep_running
from fairplatform.observability.sockets import events_delivered
from fairplatform.server.frames import frame

from .presence import Presence, presence_store
from .protocol import Event, Heartbeat
from .topic_names import public_name

logger = logging.getLogger(__name__)
Numbers = dict[str, int | None]  # topic → the event's number there; None: it has no number and may be lost
EVERYBODY = "hub"  # the group of all processes, for events that concern many topics
SLICE = 200  # deliveries before other work of the loop gets its turn


class Outgoing:
    """One event for all members of a topic: its text, its number, and its frame, made once."""

    __slots__ = ("octets", "seq", "text")

    def __init__(self, text: str, seq: int | None) -> None:
        self.text, self.seq = text, seq
        self.octets = frame(text)


class Member(Protocol):
    """A socket, as the hub sees it."""

    def hold(self, event: Outgoing) -> None: ...
    def deliver(self, topic: str, event: Outgoing) -> Awaitable[None] | None: ...
    async def send_text(self, text: str) -> None: ...


def group_name(topic: str) -> str:
    return topic.replace(":", ".")


def encode(topic: str, event: Event) -> str:
    """The text of an event that every member of the topic receives, but for its number."""
    frame: dict[str, Any] = {"topic": public_name(topic), **event.model_dump(mode="json", by_alias=True)}
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))


def numbered(text: str, seq: int | None) -> str:
    return text if seq is None else f'{text[:-1]},"seq":{seq}}}'


def _take_out(circles: dict[str, set[Member]], topic: str, member: Member) -> None:
    circle = circles.get(topic)
    if circle is not None:
        circle.discard(member)
        if not circle:
            del circles[topic]


class Hub:
    """The members of each topic in this process, and those who are about to join it.

    Nothing but a member is ever sent an event or a number. For who is coming, events are only put by: whether they are
    theirs is being asked.
    People of this process hear of an event at once. Other processes, where there are any, hear of it through the
    channel layer, which only wakes: numbers and the database are the truth, so a lost wake-up delays and never loses.
    """

    def __init__(self) -> None:
        self.members: dict[str, set[Member]] = {}
        self.coming: dict[str, set[Member]] = {}
        self.seen: dict[str, int] = {}
        self.read: dict[str, int] = {}
        self.loop: asyncio.AbstractEventLoop | None = None
        self.presence: Presence = presence_store()
        self._due: asyncio.Queue[tuple[Numbers, str, bool]] = asyncio.Queue()
        self._channel = ""
        self._started: asyncio.Task[None] | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Binds the hub to the running loop. Called by the first socket and by `serve`."""
        loop = asyncio.get_running_loop()
        if self.loop is not loop or self._started is None:
            self.loop, self._due = loop, asyncio.Queue()
            self._started = loop.create_task(self._start())
        if not self._started.done():
            await asyncio.shield(self._started)

    async def _start(self) -> None:
        try:
            if (layer := get_channel_layer()) is not None:
                self._channel = await layer.new_channel("hub")
                await layer.group_add(EVERYBODY, self._channel)
        except BaseException:
            self._started = None  # whoever comes next tries again
            raise
        self._tasks = [asyncio.create_task(self._deliver())]
        if layer is not None:
            self._tasks.append(asyncio.create_task(keep_running("hearing", self._listen)))

    # Members ----------------------------------------------------------------------------------------------------------
    async def expect(self, topic: str, member: Member) -> None:
        """From now on what happens on the topic is put by for somebody who may turn out not to be allowed to join."""
        await self._enlist(self.coming, topic, member)

    def admit(self, topic: str, member: Member) -> None:
        """Who was expected is a member from now on."""
        _take_out(self.coming, topic, member)
        self.members.setdefault(topic, set()).add(member)

    async def subscribe(self, topic: str, member: Member) -> None:
        """Makes somebody a member who needs no permission for it."""
        await self._enlist(self.members, topic, member)

    async def _enlist(self, circles: dict[str, set[Member]], topic: str, member: Member) -> None:
        await self.start()
        is_first = self._is_empty(topic)
        circles.setdefault(topic, set()).add(member)
        if is_first and (layer := get_channel_layer()) is not None:
            await layer.group_add(group_name(topic), self._channel)

    async def unsubscribe(self, topic: str, member: Member) -> None:
        """Ends a membership, or its expectation."""
        if self._is_empty(topic):
            return
        _take_out(self.members, topic, member)
        _take_out(self.coming, topic, member)
        if self._is_empty(topic):
            self.seen.pop(topic, None)
            self.read.pop(topic, None)
            if (layer := get_channel_layer()) is not None:
                await layer.group_discard(group_name(topic), self._channel)

    def _is_empty(self, topic: str) -> bool:
        return topic not in self.members and topic not in self.coming

    def has_read(self, topic: str, seq: int) -> None:
        """A member has a snapshot with this number; `read` has the newest one of each topic."""
        self.read[topic] = max(seq, self.read.get(topic, 0))

    def here(self, topic: str) -> set[int]:
        """From a thread: the people who are on a topic now."""
        if self.loop is None or not self.loop.is_running():
            return set()
        return asyncio.run_coroutine_threadsafe(self.presence.here(topic), self.loop).result(timeout=5)

    # Delivery in this process -----------------------------------------------------------------------------------------
    async def _deliver(self) -> None:
        """Passes on one event after the other, so that their order is everybody's."""
        while True:
            numbers, text, is_ours = await self._due.get()
            with attempt("delivery"):
                if is_ours:
                    await self._tell_others(numbers, text)
                for topic, seq in numbers.items():
                    if not self._is_empty(topic):
                        await self.fan_out(topic, Outgoing(numbered(text, seq), seq))

    async def fan_out(self, topic: str, event: Outgoing) -> None:
        if event.seq is not None:
            self.seen[topic] = max(event.seq, self.seen.get(topic, 0))
        for member in self.coming.get(topic, ()):
            member.hold(event)
        members = list(self.members.get(topic, ()))
        events_delivered.inc(len(members))
        for count, member in enumerate(members, 1):
            if member not in self.members.get(topic, ()):
                continue  # has left, or was put out, while others had their turn
            try:
                if (waiting := member.deliver(topic, event)) is not None:
                    await waiting
            except Exception:
                logger.exception("a member of %s could not be told", topic)
            if count % SLICE == 0:
                await asyncio.sleep(0)

    async def pulse(self, numbers: dict[str, int], *, only_news: bool) -> None:
        """Tells members the newest numbers of their topics; `only_news`: only of topics that moved unseen."""
        moved = {
            t: n for t, n in numbers.items() if t in self.members and not (only_news and n <= self.seen.get(t, -1))
        }
        self.seen.update(moved)
        news: dict[Member, list[str]] = defaultdict(list)
        for topic in moved:
            for member in self.members[topic]:
                news[member].append(topic)
        for count, (member, topics) in enumerate(news.items(), 1):
            seqs = {public_name(topic): moved[topic] for topic in topics if member in self.members.get(topic, ())}
            if seqs:
                await member.send_text(Heartbeat(seqs=seqs).model_dump_json())
            if count % SLICE == 0:
                await asyncio.sleep(0)

    # To and from other processes --------------------------------------------------------------------------------------
    def post(self, numbers: Numbers, text: str) -> None:
        """From any thread: hands an event (`encode`) to everybody on these topics, in every process."""
        if self.loop is not None and self.loop.is_running():
            self.loop.call_soon_threadsafe(self._due.put_nowait, (numbers, text, True))
        elif get_channel_layer() is not None:
            asyncio.run(self._tell_others(numbers, text))
        # Else a command beside the server: the server notices the commit by SQLite's data_version (watch.py).

    async def _tell_others(self, numbers: Numbers, text: str) -> None:
        """Returns at once, whether or not the layer is there (its own promise)."""
        if (layer := get_channel_layer()) is not None:
            group = group_name(next(iter(numbers))) if len(numbers) == 1 else EVERYBODY
            message = {"type": "hub.event", "from": self._channel, "numbers": numbers, "text": text}
            await layer.group_send(group, message)

    async def _listen(self) -> None:
        layer = get_channel_layer()
        while True:
            message = await layer.receive(self._channel)
            if message["from"] != self._channel:
                self._due.put_nowait((message["numbers"], message["text"], False))
            duty("hearing").succeeded()


HUB = Hub()
