"""A client that behaves like the page of a conversation: it keeps messages until they are stored, and reconnects."""

import asyncio
import json
import random
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

Frame = dict[str, Any]
SHORTEST, LONGEST = 0.5, 4.0  # seconds between two attempts to connect, before jitter
SILENCE = 28.0  # seconds without a frame after which the connection counts as lost
ANSWER_WITHIN = 15.0
CONNECTION_LOST = (OSError, WebSocketException, TimeoutError)


class Refusal(Exception):
    """The server's refusal: its code and its sentence."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame["code"])
        self.code, self.detail = frame["code"], frame["detail"]


@dataclass
class Page:
    """One person's page. `seen`: the bodies of all messages, in order; `stored`: the numbers of its own messages."""

    url: str
    token: str
    topic: str
    silence: float = SILENCE
    seen: list[str] = field(default_factory=list)
    stored: dict[str, int] = field(default_factory=dict)  # body → number
    waits: list[float] = field(default_factory=list)  # how long each message waited until it was stored
    refusals: list[Refusal] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)  # when the socket was opened, by the monotonic clock
    closed_with: list[int | None] = field(default_factory=list)
    written: int = 0
    heartbeats: int = 0  # received
    _outbox: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    _connection: ClientConnection | None = None
    _ref: int = 0
    _early: dict[int, str] = field(default_factory=dict)
    _answers: dict[int, "asyncio.Future[Frame]"] = field(default_factory=dict)
    _joined: asyncio.Event = field(default_factory=asyncio.Event)
    _asking: "asyncio.Task[None] | None" = None

    @asynccontextmanager
    async def kept_open(self) -> AsyncIterator["Page"]:
        tasks = [asyncio.create_task(self._stay_connected()), asyncio.create_task(self._deliver())]
        try:
            await self.until(self._joined.is_set, seconds=30)
            yield self
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def until(self, wanted: Callable[[], bool], *, seconds: float) -> float:
        """Waits until the condition holds; returns the seconds that took."""
        began = monotonic()
        async with asyncio.timeout(seconds):
            while not wanted():  # noqa: ASYNC110 — several pages and servers have a part in it
                await asyncio.sleep(0.02)
        return monotonic() - began

    @property
    def is_open(self) -> bool:
        return self._joined.is_set()

    def write(self, body: str) -> None:
        self.written += 1
        self._outbox.put_nowait(body)

    async def send(self, kind: str, **fields: Any) -> Frame:
        """The answer; raises Refusal, or one of CONNECTION_LOST."""
        if self._connection is None:
            raise ConnectionError("not connected")
        self._ref += 1
        ref, answer = self._ref, asyncio.get_running_loop().create_future()
        self._answers[ref] = answer
        try:
            sent = {"ref": ref, "topic": self.topic, "type": kind, **fields}
            await self._connection.send(json.dumps(sent, ensure_ascii=False))  # as a browser writes it
            async with asyncio.timeout(ANSWER_WITHIN):
                frame = await answer
        finally:
            self._answers.pop(ref, None)
        if frame["type"] == "refused":
            raise Refusal(frame)
        return frame

    async def _stay_connected(self) -> None:
        tries = 0
        while True:
            headers = {"Authorization": f"Bearer {self.token}"}
            with suppress(*CONNECTION_LOST):
                async with connect(
                    self.url, additional_headers=headers, compression=None, ping_interval=None, open_timeout=10
                ) as connection:
                    self._connection, tries = connection, 0
                    self.opened.append(monotonic())
                    self._start_joining()
                    await self._receive(connection)
            self._disconnected()
            tries += 1
            await asyncio.sleep(SHORTEST / 2 + random.uniform(0, min(LONGEST, SHORTEST * 2**tries)))

    async def _receive(self, connection: ClientConnection) -> None:
        try:
            while True:
                async with asyncio.timeout(self.silence):
                    text = await connection.recv()
                await self._handle(json.loads(text), connection)
        finally:
            # A silent connection is not closed by a handshake: it would not answer.
            self.closed_with.append(connection.close_code)
            connection.transport.abort()

    def _disconnected(self) -> None:
        self._connection = None
        self._joined.clear()
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(ConnectionError("lost"))

    def _start_joining(self) -> None:
        """Joins the topic, or joins it again for missing messages."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._join())

    async def _join(self) -> None:
        while True:
            try:
                answer = await self.send("join", after=len(self.seen))
            except Refusal as refusal:
                self.refusals.append(refusal)
                await asyncio.sleep(1)
            except CONNECTION_LOST:
                return
            else:
                self._joined.set()
                if not answer["more"]:
                    return
                await asyncio.sleep(0.1)

    async def _handle(self, frame: Frame, connection: ClientConnection) -> None:
        if frame.get("ref") in self._answers and not self._answers[frame["ref"]].done():
            self._answers[frame["ref"]].set_result(frame)
        elif frame["type"] == "heartbeat":
            self.heartbeats += 1
            await connection.send(json.dumps({"type": "heartbeat"}))
            if frame["seqs"].get(self.topic, 0) > len(self.seen):
                self._start_joining()
        elif frame["type"] == "message.posted":
            self._show(frame)

    def _show(self, frame: Frame) -> None:
        """Numbers start at 1 without gaps: message n + 1 only is shown next, and missing ones are asked for."""
        if frame["seq"] > len(self.seen):
            self._early[frame["seq"]] = frame["body"]
        while body := self._early.pop(len(self.seen) + 1, None):
            self.seen.append(body)
        if self._early:
            asyncio.get_running_loop().call_later(0.3, self._fill_gap)

    def _fill_gap(self) -> None:
        if self._early and self._connection is not None:
            self._early.clear()
            self._start_joining()

    async def _deliver(self) -> None:
        """Sends the messages one after the other, each again until it is stored."""
        while True:
            body, key, began = await self._outbox.get(), str(uuid.uuid4()), monotonic()
            while body not in self.stored:
                await self._joined.wait()
                try:
                    self.stored[body] = (await self.send("message.post", client_id=key, body=body))["seq"]
                except Refusal as refusal:
                    self.refusals.append(refusal)
                    await asyncio.sleep(1)
                except CONNECTION_LOST:
                    await asyncio.sleep(0.2)
            self.waits.append(monotonic() - began)
