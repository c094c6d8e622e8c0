"""The web server: Daphne with limits, the fast frame writer, and an orderly end."""

# Daphne first: it installs Twisted's asyncio reactor.
from daphne.server import Server  # isort: skip

import asyncio
from typing import Any, Protocol

from daphne.http_protocol import WebRequest
from django.conf import settings
from twisted.internet.defer import Deferred

from fairplatform.asgi_types import Application, Scope

from .forwarded_headers import apply_forwarded_headers, networks
from .frames import EXTENSION, FastFrameWriter, FrameWriter, self_test
from .http_limits import ErrorPage, LimitedFactory
from .websocket_limits import MAX_MESSAGE, LimitedWebSocket

# Seconds that a process told to stop waits for requests under way to arrive, and for their responses.
DRAIN_ARRIVALS, DRAIN_RESPONSES = 0.2, 5.0
BACKLOG = 1024  # connections that the operating system queues until they are accepted; further ones retry ever later
# The application's own heartbeats notice dead connections. Pings to all at the same moment would cost a fan-out.
NO_PINGS = 10**9


class Lifespan(Protocol):
    """What the process does besides serving requests, like the events of ASGI's lifespan protocol."""

    def startup(self) -> None:
        """Called in the server's event loop, before it runs."""

    async def shutdown(self) -> None:
        """Called when no connection is accepted any more, and before the last responses are waited for."""


class WebServer(Server):
    """Serves `application` until SIGTERM or SIGINT. `proxies`: addresses and networks whose headers are believed."""

    def __init__(
        self,
        application: Application,
        *,
        bind: str,
        port: int,
        proxies: list[str],
        lifespan: Lifespan,
        error_page: ErrorPage,
    ) -> None:
        super().__init__(
            application,
            endpoints=[f"tcp:port={port}:interface={bind}:backlog={BACKLOG}"],
            http_timeout=settings.HTTP_TIMEOUT,
            websocket_timeout=-1,
            ping_interval=NO_PINGS,
            websocket_connect_timeout=60,
            websocket_handshake_timeout=30,
            websocket_max_message_size=MAX_MESSAGE,
            websocket_max_frame_size=MAX_MESSAGE,
            server_name="fair",
            ready_callable=self._ready,
        )
        self.lifespan = lifespan
        self.error_page = error_page
        self.proxies = networks(proxies)
        self.connections: dict[Any, Any] = {}
        self.frame_writer = FastFrameWriter if settings.FAST_FRAMES and self_test() else FrameWriter
        self.ports: list[Any] = []

    def run(self) -> None:
        # Daphne builds its factory inside run(); ours has to be the one that listens.
        import daphne.server

        daphne.server.HTTPFactory = LimitedFactory
        super().run()

    def listen_success(self, port: Any) -> None:
        super().listen_success(port)
        self.ports.append(port)

    def create_application(self, protocol: Any, scope: Scope) -> Any:
        """Adds the client's address as the proxies tell it, and to a WebSocket the frame writer."""
        # Daphne takes the prefix of all links from the header Daphne-Root-Path, whoever sends it.
        scope = apply_forwarded_headers(scope, self.proxies) | {"root_path": self.root_path}
        if scope["type"] == "websocket":
            scope["extensions"] = {EXTENSION: self.frame_writer(protocol)}
        return super().create_application(protocol, scope)

    def _ready(self) -> None:
        # A message that is too large closes the connection with a code; by default the connection would just be cut.
        self.ws_factory.setProtocolOptions(failByDrop=False)
        LimitedWebSocket.configure(self.ws_factory)
        self.lifespan.startup()

    def kill_all_applications(self) -> Any:
        """Called before the reactor stops; Daphne's own would cancel every request and socket at once."""
        return Deferred.fromFuture(asyncio.ensure_future(self._stop()))

    async def _stop(self) -> None:
        for port in self.ports:
            port.stopListening()
        await self.lifespan.shutdown()
        await self._drain()
        for application in self._running():
            application.cancel()

    async def _drain(self) -> None:
        """Waits for the responses under way, and for requests whose connection was accepted just before."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + DRAIN_RESPONSES
        await asyncio.sleep(DRAIN_ARRIVALS)
        while (pending := self._running(WebRequest)) and loop.time() < deadline:
            await asyncio.wait(pending, timeout=DRAIN_ARRIVALS)

    def _running(self, kind: type = object) -> list["asyncio.Task[None]"]:
        """The unfinished applications of the connections of this kind."""
        ours = [details for protocol, details in self.connections.items() if isinstance(protocol, kind)]
        tasks = [details.get("application_instance") for details in ours]
        return [task for task in tasks if task is not None and not task.done()]
