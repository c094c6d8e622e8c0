"""A bad line between a browser and a server: a TCP relay that is slow, breaks off, or swallows what it is given."""

import asyncio
import random
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

CHUNK = 16 * 1024
MOST_ON_THE_WAY = 64  # chunks; beyond it the sender is made to wait, as a full line would
SMALL_BUFFER = 8 * 1024
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends RST


@dataclass(frozen=True)
class Weather:
    """How a line is. Seconds, octets a second towards the browser; None: as many as there are."""

    latency: float = 0.0
    jitter: float = 0.0
    down: float | None = None


@dataclass(eq=False)
class _Connection:
    """Both ends of one connection through the line."""

    here: asyncio.StreamWriter
    there: asyncio.StreamWriter
    weather: Weather
    swallows: bool = False

    def reset(self) -> None:
        for end in (self.here, self.there):
            if not end.transport.is_closing():
                end.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            end.transport.abort()


class Line:
    """Listens on `port`; everything that comes is passed on to `to`. It may be changed at any time, from any thread.

    `listener`: a socket that listens already, such as one in another network.
    """

    def __init__(self, listener: socket.socket | None = None) -> None:
        self._listener = listener or socket.create_server(("127.0.0.1", 0))
        self.to = 0
        self.port = 0
        self.weather = Weather()
        self._is_cut = False
        self._is_dark = False
        self._connections: set[_Connection] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/"

    def changes(self, weather: Weather) -> None:
        """For the connections there are, too."""
        self._do(self._change, weather)

    def resets(self) -> None:
        """Every connection ends with RST; new ones are welcome."""
        self._do(self._reset)

    def cuts(self) -> None:
        """Every connection ends, and new ones do at once, until it heals."""
        self._is_cut = True
        self._do(self._reset)

    def goes_half_open(self) -> None:
        """The connections there are stay, and pass on nothing ever again; neither end is told. New ones are well."""
        self._do(self._swallow)

    def goes_dark(self) -> None:
        """Nothing passes any more, neither on connections there are nor on new ones, and neither end is told."""
        self._is_dark = True
        self._do(self._swallow)

    def heals(self) -> None:
        """New connections are well; those that were swallowed never are again."""
        self._is_cut = self._is_dark = False
        self._do(self._change, Weather())

    def start(self) -> None:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(5)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _do(self, act: Callable[..., None], *arguments: Any) -> None:
        done = threading.Event()

        def run() -> None:
            try:
                act(*arguments)
            finally:
                done.set()

        self._loop.call_soon_threadsafe(run)
        done.wait(5)

    def _change(self, weather: Weather) -> None:
        self.weather = weather
        for connection in self._connections:
            connection.weather = weather

    def _reset(self) -> None:
        for connection in self._connections:
            connection.reset()

    def _swallow(self) -> None:
        for connection in self._connections:
            connection.swallows = True

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accept, sock=self._listener)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _end(self) -> None:
        self._server.close()
        self._reset()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, here: asyncio.StreamWriter) -> None:
        if self._is_cut:
            here.transport.abort()
            return
        with suppress(OSError):
            from_server, there = await asyncio.open_connection(sock=await self._connected(), limit=CHUNK)
            connection = _Connection(here, there, self.weather, swallows=self._is_dark)
            self._connections.add(connection)
            try:
                await asyncio.gather(
                    self._pass_on(connection, reader, there, down=False),
                    self._pass_on(connection, from_server, here, down=True),
                )
            finally:
                self._connections.discard(connection)
                for end in (here, there):
                    end.close()

    async def _connected(self) -> socket.socket:
        """Small buffers: what a slow browser has not taken must be seen to wait at the server."""
        end = socket.socket()
        end.setblocking(False)
        end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
        await self._loop.sock_connect(end, ("127.0.0.1", self.to))
        return end

    async def _pass_on(
        self, connection: _Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, down: bool
    ) -> None:
        on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(MOST_ON_THE_WAY)
        delivering = asyncio.create_task(self._deliver(connection, on_the_way, writer, down=down))
        due = 0.0
        try:
            while chunk := await reader.read(CHUNK):
                late = connection.weather.latency + random.uniform(0, connection.weather.jitter)
                # TCP keeps the order: what comes later is never sooner there.
                due = max(due, self._loop.time() + late)
                await on_the_way.put((due, chunk))
                if down and connection.weather.down is not None:
                    await asyncio.sleep(len(chunk) / connection.weather.down)
            await on_the_way.put((due, b""))
            await delivering
        finally:
            delivering.cancel()

    async def _deliver(
        self, connection: _Connection, on_the_way: asyncio.Queue[tuple[float, bytes]], writer: Any, *, down: bool
    ) -> None:
        while True:
            due, chunk = await on_the_way.get()
            await asyncio.sleep(max(0.0, due - self._loop.time()))
            if connection.swallows:
                continue
            if not chunk:
                writer.write_eof()
                return
            writer.write(chunk)
            await writer.drain()


@contextmanager
def running_line(listener: socket.socket | None = None) -> Iterator[Line]:
    line = Line(listener)
    line.start()
    try:
        yield line
    finally:
        line.stop()
