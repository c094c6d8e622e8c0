"""A TCP proxy that injects network faults: latency, limited bandwidth, resets, half-open connections, outages."""

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
MOST_IN_FLIGHT = 64  # chunks; beyond it the sender has to wait
SMALL_BUFFER = 8 * 1024
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends RST


@dataclass(frozen=True)
class Conditions:
    """Network conditions: seconds, and bytes per second towards the client (None: unlimited)."""

    latency: float = 0.0
    jitter: float = 0.0
    down: float | None = None


@dataclass(eq=False)
class _Connection:
    """Both ends of one proxied connection."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    conditions: Conditions
    swallows: bool = False

    def reset(self) -> None:
        for end in (self.client, self.server):
            if not end.transport.is_closing():
                end.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            end.transport.abort()


class FaultProxy:
    """Listens on `port` and forwards to the local port `to`. May be controlled at any time, from any thread.

    `listener`: a listening socket to use, such as one in another network namespace.
    """

    def __init__(self, listener: socket.socket | None = None) -> None:
        self._listener = listener or socket.create_server(("127.0.0.1", 0))
        self.to = 0
        self.port = 0
        self.conditions = Conditions()
        self._refuses = False
        self._swallows = False
        self._connections: set[_Connection] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/"

    def set_conditions(self, conditions: Conditions) -> None:
        """For open connections and new ones."""
        self._do(self._change, conditions)

    def reset_connections(self) -> None:
        """Resets every open connection (RST); new ones are accepted."""
        self._do(self._reset)

    def refuse(self) -> None:
        """Resets every open connection, and new ones at once, until `restore`."""
        self._refuses = True
        self._do(self._reset)

    def swallow_open(self) -> None:
        """Makes open connections half-open: nothing passes them again, and neither end learns it. New ones work."""
        self._do(self._swallow)

    def swallow_all(self) -> None:
        """Drops everything on open and new connections until `restore`, and neither end learns it."""
        self._swallows = True
        self._do(self._swallow)

    def restore(self) -> None:
        """Forwards new connections normally; half-open ones stay so."""
        self._refuses = self._swallows = False
        self._do(self._change, Conditions())

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

    def _change(self, conditions: Conditions) -> None:
        self.conditions = conditions
        for connection in self._connections:
            connection.conditions = conditions

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

    async def _accept(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        if self._refuses:
            client.transport.abort()
            return
        with suppress(OSError):
            from_server, server = await asyncio.open_connection(sock=await self._connected(), limit=CHUNK)
            connection = _Connection(client, server, self.conditions, swallows=self._swallows)
            self._connections.add(connection)
            try:
                await asyncio.gather(
                    self._forward(connection, reader, server, down=False),
                    self._forward(connection, from_server, client, down=True),
                )
            finally:
                self._connections.discard(connection)
                for end in (client, server):
                    end.close()

    async def _connected(self) -> socket.socket:
        """With a small receive buffer, so that what a slow client has not read waits at the server."""
        end = socket.socket()
        end.setblocking(False)
        end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
        await self._loop.sock_connect(end, ("127.0.0.1", self.to))
        return end

    async def _forward(
        self, connection: _Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, down: bool
    ) -> None:
        in_flight: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(MOST_IN_FLIGHT)
        delivering = asyncio.create_task(self._deliver(connection, in_flight, writer, down=down))
        due = 0.0
        try:
            while chunk := await reader.read(CHUNK):
                late = connection.conditions.latency + random.uniform(0, connection.conditions.jitter)
                # TCP keeps the order: a later chunk never arrives earlier.
                due = max(due, self._loop.time() + late)
                await in_flight.put((due, chunk))
                if down and connection.conditions.down is not None:
                    await asyncio.sleep(len(chunk) / connection.conditions.down)
            await in_flight.put((due, b""))
            await delivering
        finally:
            delivering.cancel()

    async def _deliver(
        self, connection: _Connection, in_flight: asyncio.Queue[tuple[float, bytes]], writer: Any, *, down: bool
    ) -> None:
        while True:
            due, chunk = await in_flight.get()
            await asyncio.sleep(max(0.0, due - self._loop.time()))
            if connection.swallows:
                continue
            if not chunk:
                writer.write_eof()
                return
            writer.write(chunk)
            await writer.drain()


@contextmanager
def running_proxy(listener: socket.socket | None = None) -> Iterator[FaultProxy]:
    proxy = FaultProxy(listener)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()
