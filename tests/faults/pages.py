"""A page with a conversation on it, as a program: it keeps what is written until it is stored, and comes back."""

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
SHORTEST, LONGEST = 0.5, 4.0  # seconds between two tries, before chance
SILENCE = 28.0
ANSWER_WITHIN = 15.0
LOST = (OSError, WebSocketException, TimeoutError)


class Refusal(Exception):
    """The server said no, and in which words."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame["code"])
        self.code, self.detail = frame["code"], frame["detail"]


@dataclass
class Page:
    """One person's page. `seen` are the bodies on the screen, in order; `stored` the numbers of its own messages."""

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
    beats: int = 0  # heartbeats that came
    _outbox: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    _wire: ClientConnection | None = None
    _ref: int = 0
    _early: dict[int, str] = field(default_factory=dict)
    _answers: dict[int, "asyncio.Future[Frame]"] = field(default_factory=dict)
    _joined: asyncio.Event = field(default_factory=asyncio.Event)
    _asking: "asyncio.Task[None] | None" = None

    @asynccontextmanager
    async def kept_open(self) -> AsyncIterator["Page"]:
        tasks = [asyncio.create_task(self._keep()), asyncio.create_task(self._deliver())]
        try:
            await self.until(self._joined.is_set, seconds=30)
            yield self
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def until(self, wanted: Callable[[], bool], *, seconds: float) -> float:
        """Waits until it is true; returns how long that took."""
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
        """The answer; raises Refusal, or one of LOST."""
        if self._wire is None:
            raise ConnectionError("no line")
        self._ref += 1
        ref, answer = self._ref, asyncio.get_running_loop().create_future()
        self._answers[ref] = answer
        try:
            await self._wire.send(json.dumps({"ref": ref, "topic": self.topic, "type": kind, **fields}))
            async with asyncio.timeout(ANSWER_WITHIN):
                frame = await answer
        finally:
            self._answers.pop(ref, None)
        if frame["type"] == "refused":
            raise Refusal(frame)
        return frame

    async def _keep(self) -> None:
        tries = 0
        while True:
            headers = {"Authorization": f"Bearer {self.token}"}
            with suppress(*LOST):
                async with connect(
                    self.url, additional_headers=headers, compression=None, ping_interval=None, open_timeout=10
                ) as wire:
                    self._wire, tries = wire, 0
                    self.opened.append(monotonic())
                    self._ask()
                    await self._listen(wire)
            self._lose()
            tries += 1
            await asyncio.sleep(SHORTEST / 2 + random.uniform(0, min(LONGEST, SHORTEST * 2**tries)))

    async def _listen(self, wire: ClientConnection) -> None:
        try:
            while True:
                async with asyncio.timeout(self.silence):
                    text = await wire.recv()
                await self._hear(json.loads(text), wire)
        finally:
            # A line that says nothing is not asked to close: it would not answer.
            self.closed_with.append(wire.close_code)
            wire.transport.abort()

    def _lose(self) -> None:
        self._wire = None
        self._joined.clear()
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(ConnectionError("lost"))

    def _ask(self) -> None:
        """Joins, or joins again for what is missing."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._join())

    async def _join(self) -> None:
        while True:
            try:
                answer = await self.send("join", after=len(self.seen))
            except Refusal as refusal:
                self.refusals.append(refusal)
                await asyncio.sleep(1)
            except LOST:
                return
            else:
                self._joined.set()
                if not answer["more"]:
                    return
                await asyncio.sleep(0.1)

    async def _hear(self, frame: Frame, wire: ClientConnection) -> None:
        if frame.get("ref") in self._answers and not self._answers[frame["ref"]].done():
            self._answers[frame["ref"]].set_result(frame)
        elif frame["type"] == "heartbeat":
            self.beats += 1
            await wire.send(json.dumps({"type": "heartbeat"}))
            if frame["seqs"].get(self.topic, 0) > len(self.seen):
                self._ask()
        elif frame["type"] == "message.posted":
            self._show(frame)

    def _show(self, frame: Frame) -> None:
        """Numbers begin at one and have no gap: the screen shows n + 1 only, and asks when it does not come."""
        if frame["seq"] > len(self.seen):
            self._early[frame["seq"]] = frame["body"]
        while body := self._early.pop(len(self.seen) + 1, None):
            self.seen.append(body)
        if self._early:
            asyncio.get_running_loop().call_later(0.3, self._ask_again)

    def _ask_again(self) -> None:
        if self._early and self._wire is not None:
            self._early.clear()
            self._ask()

    async def _deliver(self) -> None:
        """One after the other, and each until it is stored."""
        while True:
            body, key, began = await self._outbox.get(), str(uuid.uuid4()), monotonic()
            while body not in self.stored:
                await self._joined.wait()
                try:
                    self.stored[body] = (await self.send("message.post", client_id=key, body=body))["seq"]
                except Refusal as refusal:
                    self.refusals.append(refusal)
                    await asyncio.sleep(1)
                except LOST:
                    await asyncio.sleep(0.2)
            self.waits.append(monotonic() - began)
