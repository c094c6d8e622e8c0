"""Delivery inside one process: which sockets are on which topic, and how events reach them and other processes."""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Awaitable, Sequence
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
ALL_PROCESSES = "hub"  # the layer's group that every process is in, for events of several topics
SLICE = 200  # deliveries before the loop's other tasks get their turn


class EncodedEvent:
    """One event for all members of a topic: its JSON text, its number, and the WebSocket frame, built once."""

    __slots__ = ("frame", "seq", "text")

    def __init__(self, text: str, seq: int | None) -> None:
        self.text, self.seq = text, seq
        self.frame = frame(text)


class TopicMember(Protocol):
    """A socket, as the hub sees it: `buffer` takes events of a topic that it is still joining."""

    def buffer(self, event: EncodedEvent) -> None: ...
    def deliver(self, topic: str, event: EncodedEvent) -> Awaitable[None] | None: ...
    async def send_text(self, text: str) -> None: ...


def group_name(topic: str) -> str:
    return topic.replace(":", ".")


def encode(topic: str, event: Event) -> str:
    """The text of an event that every member of the topic receives, but for its number."""
    frame: dict[str, Any] = {"topic": public_name(topic), **event.model_dump(mode="json", by_alias=True)}
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))


def numbered(text: str, seq: int | None) -> str:
    return text if seq is None else f'{text[:-1]},"seq":{seq}}}'


def _remove(members_by_topic: dict[str, set[TopicMember]], topic: str, member: TopicMember) -> None:
    members = members_by_topic.get(topic)
    if members is not None:
        members.discard(member)
        if not members:
            del members_by_topic[topic]


class Hub:
    """The members of each topic in this process, and the sockets that are joining it (`pending`).

    Only members are sent events and numbers. A pending socket buffers them until its permission has been checked and
    its snapshot read. Members in this process receive an event at once, those in others through the channel layer. A
    message lost there delays an event and loses none: heartbeats carry the numbers, and clients read what is missing.
    """

    def __init__(self) -> None:
        self.members: dict[str, set[TopicMember]] = {}
        self.pending: dict[str, set[TopicMember]] = {}
        self.delivered_seqs: dict[str, int] = {}  # by topic, the newest number that its members were sent
        self.snapshot_seqs: dict[str, int] = {}  # by topic, the newest number that a member has a snapshot of
        self.loop: asyncio.AbstractEventLoop | None = None
        self.presence: Presence = presence_store()
        self._queue: asyncio.Queue[tuple[Numbers, str, bool]] = asyncio.Queue()
        self._channel = ""
        self._started: asyncio.Task[None] | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Binds the hub to the running event loop; returns when it can deliver. Idempotent."""
        loop = asyncio.get_running_loop()
        if self.loop is not loop or self._started is None:
            self.loop, self._queue = loop, asyncio.Queue()
            self._started = loop.create_task(self._start())
        if not self._started.done():
            await asyncio.shield(self._started)

    async def _start(self) -> None:
        try:
            if (layer := get_channel_layer()) is not None:
                self._channel = await layer.new_channel("hub")
                await layer.group_add(ALL_PROCESSES, self._channel)
        except BaseException:
            self._started = None  # the next call tries again
            raise
        self._tasks = [asyncio.create_task(self._deliver())]
        if layer is not None:
            self._tasks.append(asyncio.create_task(keep_running("hub.listen", self._listen)))

    # Members ----------------------------------------------------------------------------------------------------------
    async def subscribe_pending(self, topic: str, member: TopicMember) -> None:
        """From now on the socket buffers the topic's events. `confirm` or `unsubscribe` follows."""
        await self._add(self.pending, topic, member)

    def confirm(self, topic: str, member: TopicMember) -> None:
        """Makes a pending socket a member."""
        _remove(self.pending, topic, member)
        self.members.setdefault(topic, set()).add(member)

    async def subscribe(self, topic: str, member: TopicMember) -> None:
        """Makes a socket a member at once, of a topic that needs no permission."""
        await self._add(self.members, topic, member)

    async def _add(self, members_by_topic: dict[str, set[TopicMember]], topic: str, member: TopicMember) -> None:
        await self.start()
        is_first = self._is_empty(topic)
        members_by_topic.setdefault(topic, set()).add(member)
        if is_first and (layer := get_channel_layer()) is not None:
            await layer.group_add(group_name(topic), self._channel)

    async def unsubscribe(self, topic: str, member: TopicMember) -> None:
        """Removes a member or a pending socket."""
        if self._is_empty(topic):
            return
        _remove(self.members, topic, member)
        _remove(self.pending, topic, member)
        if self._is_empty(topic):
            self.delivered_seqs.pop(topic, None)
            self.snapshot_seqs.pop(topic, None)
            if (layer := get_channel_layer()) is not None:
                await layer.group_discard(group_name(topic), self._channel)

    def _is_empty(self, topic: str) -> bool:
        return topic not in self.members and topic not in self.pending

    def note_snapshot(self, topic: str, seq: int) -> None:
        """A member was sent a snapshot with this number."""
        self.snapshot_seqs[topic] = max(seq, self.snapshot_seqs.get(topic, 0))

    def here(self, topic: str) -> set[int]:
        """The people present on a topic. Called from a thread, never from the event loop."""
        return self.here_all([topic]).get(topic, set())

    def here_all(self, topics: Sequence[str]) -> dict[str, set[int]]:
        """The people on each of these topics; those with nobody may be left out. Called from a thread, like `here`."""
        if self.loop is None or not self.loop.is_running():
            return {}
        return asyncio.run_coroutine_threadsafe(self.presence.here_all(topics), self.loop).result(timeout=5)

    # Delivery in this process -----------------------------------------------------------------------------------------
    async def _deliver(self) -> None:
        """Delivers one event after the other, so that all members receive them in the same order."""
        while True:
            numbers, text, is_local = await self._queue.get()
            with attempt("delivery"):
                if is_local:
                    await self._send_to_other_processes(numbers, text)
                for topic, seq in numbers.items():
                    if not self._is_empty(topic):
                        await self.fan_out(topic, EncodedEvent(numbered(text, seq), seq))

    async def fan_out(self, topic: str, event: EncodedEvent) -> None:
        if event.seq is not None:
            self.delivered_seqs[topic] = max(event.seq, self.delivered_seqs.get(topic, 0))
        for member in self.pending.get(topic, ()):
            member.buffer(event)
        members = list(self.members.get(topic, ()))
        events_delivered.inc(len(members))
        for count, member in enumerate(members, 1):
            if member not in self.members.get(topic, ()):
                continue  # left, or was removed, while the loop ran other tasks
            try:
                if (sending := member.deliver(topic, event)) is not None:
                    await sending
            except Exception:
                logger.exception("an event on %s was not delivered to one member", topic)
            if count % SLICE == 0:
                await asyncio.sleep(0)

    async def send_heartbeat(self, numbers: dict[str, int], *, only_news: bool) -> None:
        """Sends members the newest numbers of their topics; `only_news`: only numbers they have not been sent yet."""
        newest = {
            t: n
            for t, n in numbers.items()
            if t in self.members and not (only_news and n <= self.delivered_seqs.get(t, -1))
        }
        self.delivered_seqs.update(newest)
        by_member: dict[TopicMember, list[str]] = defaultdict(list)
        for topic in newest:
            for member in self.members[topic]:
                by_member[member].append(topic)
        for count, (member, topics) in enumerate(by_member.items(), 1):
            seqs = {public_name(topic): newest[topic] for topic in topics if member in self.members.get(topic, ())}
            if seqs:
                await member.send_text(Heartbeat(seqs=seqs).model_dump_json())
            if count % SLICE == 0:
                await asyncio.sleep(0)

    # To and from other processes --------------------------------------------------------------------------------------
    def dispatch(self, numbers: Numbers, text: str) -> None:
        """Sends an event (the text of `encode`) to the members of these topics in every process. From any thread."""
        if self.loop is not None and self.loop.is_running():
            self.loop.call_soon_threadsafe(self._queue.put_nowait, (numbers, text, True))
        elif get_channel_layer() is not None:
            asyncio.run(self._send_to_other_processes(numbers, text))
        # Else a command beside the only process, which notices the commit itself (maintenance.other_commits).

    async def _send_to_other_processes(self, numbers: Numbers, text: str) -> None:
        """Neither waits nor raises while Redis is away: the layer promises it."""
        if (layer := get_channel_layer()) is not None:
            group = group_name(next(iter(numbers))) if len(numbers) == 1 else ALL_PROCESSES
            message = {"type": "hub.event", "from": self._channel, "numbers": numbers, "text": text}
            await layer.group_send(group, message)

    async def _listen(self) -> None:
        layer = get_channel_layer()
        while True:
            message = await layer.receive(self._channel)
            if message["from"] != self._channel:
                self._queue.put_nowait((message["numbers"], message["text"], False))
            duty("hub.listen").succeeded()


HUB = Hub()
