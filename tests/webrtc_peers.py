"""A second implementation of the room: a program that meets people through our socket, with aiortc, no browser.

It calls those who are there when it comes in, answers those who come later, and
notifies the test when sound and picture arrive.
"""

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack, MediaStreamTrack, VideoStreamTrack
from aiortc.sdp import candidate_from_sdp
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

Frame = dict[str, Any]
DEADLINE = 10.0


class RefusedFrame(Exception):
    """The server refused a command."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame["code"])
        self.code: str = frame["code"]


class SocketClient:
    """One socket with a token: commands with their answers, and every other frame in `received`."""

    def __init__(self, wire: ClientConnection) -> None:
        self.wire = wire
        self.ref = 0
        self.waiting: dict[int, asyncio.Future[Frame]] = {}
        self.received: list[Frame] = []
        self.changed = asyncio.Condition()
        self.listener: Callable[[Frame], Awaitable[None]] | None = None
        self.reading = asyncio.create_task(self._read())

    @classmethod
    async def open(cls, url: str, secret: str) -> "SocketClient":
        return cls(await connect(url, additional_headers={"Authorization": f"Bearer {secret}"}, compression=None))

    async def send(self, topic: str, kind: str, **fields: Any) -> Frame:
        """The answer; raises RefusedFrame."""
        self.ref += 1
        answer = self.waiting[self.ref] = asyncio.get_running_loop().create_future()
        await self.wire.send(json.dumps({"ref": self.ref, "topic": topic, "type": kind, **fields}))
        async with asyncio.timeout(DEADLINE):
            frame = await answer
        if frame["type"] == "refused":
            raise RefusedFrame(frame)
        return frame

    async def until(self, wanted: Callable[[], bool], *, seconds: float = DEADLINE) -> None:
        """Waits until a received frame has made it true."""
        async with asyncio.timeout(seconds), self.changed:
            await self.changed.wait_for(wanted)

    async def _read(self) -> None:
        try:
            async for text in self.wire:
                await self._on_frame(json.loads(text))
        except ConnectionClosed as gone:
            for answer in self.waiting.values():
                answer.set_exception(gone)
            self.waiting.clear()

    async def _on_frame(self, frame: Frame) -> None:
        if frame.get("ref") in self.waiting:
            self.waiting.pop(frame["ref"]).set_result(frame)
            return
        self.received.append(frame)
        if self.listener:
            await self.listener(frame)
        await self.notify()

    async def notify(self) -> None:
        async with self.changed:
            self.changed.notify_all()

    async def close(self) -> None:
        self.reading.cancel()
        with suppress(asyncio.CancelledError):
            await self.reading
        await self.wire.close()


class PeerConnection:
    """A peer connection to one other, and the kinds of media that have arrived on it."""

    def __init__(self, pair: str, *, sound_only: bool, arrived: Callable[[], Awaitable[None]]) -> None:
        self.pair = pair
        # aiortc's default asks a public STUN server for addresses: an empty list asks none.
        self.rtc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.received: set[str] = set()
        self.arrived = arrived
        self.readers: set[asyncio.Task[None]] = set()
        self.rtc.addTrack(AudioStreamTrack())
        if sound_only:
            self.rtc.addTransceiver("video", direction="recvonly")
        else:
            self.rtc.addTrack(VideoStreamTrack())
        self.rtc.on("track", self._take)

    @property
    def state(self) -> str:
        return self.rtc.connectionState

    def _take(self, track: MediaStreamTrack) -> None:
        self.readers.add(asyncio.create_task(self._read(track)))

    async def _read(self, track: MediaStreamTrack) -> None:
        await track.recv()
        self.received.add(track.kind)
        await self.arrived()
        while True:
            await track.recv()

    async def close(self) -> None:
        for reader in self.readers:
            reader.cancel()
        await asyncio.gather(*self.readers, return_exceptions=True)
        async with asyncio.timeout(DEADLINE):
            await self.rtc.close()


class Peer:
    """Somebody in a room. Use `async with await Peer.open(...)`: every peer connection is closed at the end."""

    def __init__(self, socket: SocketClient, meeting: int, *, sound_only: bool = False) -> None:
        self.socket = socket
        self.topic = f"meeting:{meeting}"
        self.sound_only = sound_only
        self.connection_id = ""
        self.connections: dict[str, PeerConnection] = {}
        socket.listener = self._on_frame

    @classmethod
    async def open(cls, url: str, secret: str, meeting: int, *, sound_only: bool = False) -> "Peer":
        return cls(await SocketClient.open(url, secret), meeting, sound_only=sound_only)

    async def __aenter__(self) -> "Peer":
        await self.send("join")
        return self

    async def __aexit__(self, *_: object) -> None:
        try:
            await asyncio.gather(*(connection.close() for connection in self.connections.values()))
        finally:
            await self.socket.close()

    async def send(self, kind: str, **fields: Any) -> Frame:
        return await self.socket.send(self.topic, kind, **fields)

    async def enter(self) -> Frame:
        """Comes in and calls everybody who is there; returns the admission."""
        admission = (await self.send("enter"))["snapshot"]
        self.connection_id = admission["connection_id"]
        for other in admission["present"]:
            await self._call(other["connection_id"])
        return admission

    async def wait_for_media(self, kinds: set[str], *, others: int = 1) -> None:
        """Waits until media of these kinds has come from so many others."""
        await self.socket.until(lambda: [one.received >= kinds for one in self.connections.values()] == [True] * others)

    async def _call(self, other: str) -> None:
        connection = self._connect(other, uuid.uuid4().hex)
        await connection.rtc.setLocalDescription(await connection.rtc.createOffer())
        await self._describe("rtc.offer", other, connection)

    def _connect(self, other: str, pair: str) -> PeerConnection:
        connection = self.connections[other] = PeerConnection(
            pair, sound_only=self.sound_only, arrived=self.socket.notify
        )

        @connection.rtc.on("connectionstatechange")
        async def changed() -> None:
            if connection.state == "connected":
                await self.send("media.report", peer=other, state="connected")
            await self.socket.notify()

        return connection

    async def _describe(self, kind: str, other: str, connection: PeerConnection) -> None:
        await self.send(kind, to=other, pair=connection.pair, sdp=connection.rtc.localDescription.sdp)

    async def _on_frame(self, frame: Frame) -> None:
        # The answers of our own commands come over the same socket: nothing may wait for them here.
        if frame["type"].startswith("rtc."):
            self.task = asyncio.create_task(self._signal(frame))

    async def _signal(self, frame: Frame) -> None:
        other, connection = frame["from"], self.connections.get(frame["from"])
        if frame["type"] == "rtc.offer":
            connection = (
                connection if connection and connection.pair == frame["pair"] else self._connect(other, frame["pair"])
            )
            await connection.rtc.setRemoteDescription(RTCSessionDescription(frame["sdp"], "offer"))
            await connection.rtc.setLocalDescription(await connection.rtc.createAnswer())
            await self._describe("rtc.answer", other, connection)
        elif connection and frame["type"] == "rtc.answer":
            await connection.rtc.setRemoteDescription(RTCSessionDescription(frame["sdp"], "answer"))
        elif connection and frame["candidate"]["candidate"]:
            path = candidate_from_sdp(frame["candidate"]["candidate"].removeprefix("candidate:"))
            path.sdpMid = frame["candidate"]["sdpMid"]
            path.sdpMLineIndex = frame["candidate"]["sdpMLineIndex"]
            await connection.rtc.addIceCandidate(path)
