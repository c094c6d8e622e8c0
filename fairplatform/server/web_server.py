"""Daphne as we run it: bounded frames, bodies and waits, and what a process does besides answering."""

# Daphne first: it installs Twisted's asyncio reactor.
from daphne.server import Server  # isort: skip

import asyncio
import contextlib
import gc
import logging
import threading
from collections.abc import Iterator
from typing import Any

from daphne.http_protocol import WebRequest
from django.conf import settings
from twisted.internet.defer import Deferred

from fairplatform.health.readiness import READINESS, required_dependencies
from fairplatform.observability.duties import Loop, keep_running, start_threads
from fairplatform.realtime.authentication import Recheck
from fairplatform.realtime.hub import HUB
from fairplatform.realtime.maintenance import going_away, watches
from fairplatform.server.forwarded_headers import apply_forwarded_headers, networks
from fairplatform.server.frames import EXTENSION, FastOutlet, Outlet, self_test
from fairplatform.server.http_limits import MAX_FRAME, BoundedFactory, BoundedSocket

logger = logging.getLogger(__name__)
LAST_ARRIVALS, LAST_ANSWERS = 0.2, 5.0  # seconds that a process told to end waits for requests, and for answers
MOST_KNOCKING = 1024  # connections the operating system keeps until we take them; more of them ask again, ever later
# Our own heartbeats tell who is gone; a ping of each connection at the same moment costs as much as a fan-out.
NEVER = 10**9
# Python's own for what is young. What thousands of sockets live on is walked through ten times less often: else a
# thousand who come at once are walked through five times meanwhile, and nobody is answered for a tenth of a second.
GENERATIONS = (700, 10, 100)


class FairServer(Server):
    """The web process. `loops` run beside it, each in a thread that ends when its event is set."""

    def __init__(
        self, application: Any, *, bind: str, port: int, loops: list[Loop], proxies: list[str], recheck: Recheck
    ) -> None:
        super().__init__(
            application,
            endpoints=[f"tcp:port={port}:interface={bind}:backlog={MOST_KNOCKING}"],
            http_timeout=settings.HTTP_TIMEOUT,
            websocket_timeout=-1,
            ping_interval=NEVER,
            websocket_connect_timeout=60,
            websocket_handshake_timeout=30,
            websocket_max_message_size=MAX_FRAME,
            websocket_max_frame_size=MAX_FRAME,
            server_name="fair",
            ready_callable=self._ready,
        )
        self.loops, self._recheck = loops, recheck
        self.proxies = networks(proxies)
        self.connections: dict[Any, Any] = {}
        self.young: set[Any] = set()  # connections that may take too long: requests, and sockets until they are open
        self.leaving: set[Any] = set()  # those whose line or whose application has ended
        self.outlet = FastOutlet if settings.FAST_FRAMES and self_test() else Outlet
        self.ports: list[Any] = []
        self.stopping = threading.Event()
        self.threads: list[threading.Thread] = []
        self.watches: list[asyncio.Task[None]] = []

    def run(self) -> None:
        # Daphne builds its factory inside run(); ours has to be the one that listens.
        import daphne.server

        daphne.server.HTTPFactory = BoundedFactory
        super().run()

    def listen_success(self, port: Any) -> None:
        super().listen_success(port)
        self.ports.append(port)

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """Whose request it is, and the fast way out of a socket."""
        # Daphne takes the prefix of all links from the header Daphne-Root-Path, whoever sends it.
        scope = apply_forwarded_headers(scope, self.proxies) | {"root_path": self.root_path}
        if scope["type"] == "websocket":
            scope["extensions"] = {EXTENSION: self.outlet(protocol)}
        queue = super().create_application(protocol, scope)
        if application := self.connections.get(protocol, {}).get("application_instance"):
            application.add_done_callback(lambda _: self.leaving.add(protocol))
        return queue

    # Daphne goes through all connections every second or two; of thousands of open sockets it has nothing to ask.
    def protocol_connected(self, protocol: Any) -> None:
        super().protocol_connected(protocol)
        self.young.add(protocol)

    def protocol_opened(self, protocol: Any) -> None:
        """A socket's handshake is done."""
        self.young.discard(protocol)

    def protocol_disconnected(self, protocol: Any) -> None:
        self.young.discard(protocol)
        super().protocol_disconnected(protocol)
        self.leaving.add(protocol)

    def timeout_checker(self) -> None:
        with self._looking_at(self.young):
            super().timeout_checker()

    def application_checker(self) -> None:
        with self._looking_at(self.leaving):
            super().application_checker()
        self.leaving &= self.connections.keys()

    @contextlib.contextmanager
    def _looking_at(self, some: set[Any]) -> Iterator[None]:
        """Shows Daphne these connections alone; those that it takes out are gone.

        It may end one, and take the next request of the same line in, before it is done.
        """
        everybody = self.connections
        self.connections = {protocol: everybody[protocol] for protocol in some if protocol in everybody}
        shown = set(self.connections)
        try:
            yield
        finally:
            for gone in shown - self.connections.keys():
                del everybody[gone]
            everybody |= self.connections
            self.connections = everybody

    def _ready(self) -> None:
        # A frame that is too big is answered with its close code; by default the line would just be cut.
        self.ws_factory.setProtocolOptions(failByDrop=False)
        BoundedSocket.configure(self.ws_factory)
        loop = asyncio.get_event_loop()
        READINESS.start(required_dependencies(loop), stopping=self.stopping)
        self.watches = [loop.create_task(keep_running("start", self._start))]
        self.threads = start_threads(self.loops, self.stopping)

    async def _start(self) -> None:
        await HUB.start()
        self.watches += watches(self._recheck)
        # The program itself is no garbage: whoever looks for some need not walk through all of it.
        gc.collect()
        gc.freeze()
        gc.set_threshold(*GENERATIONS)

    def kill_all_applications(self) -> Any:
        """Before the reactor stops. Daphne's own cuts off all who are here; they are sent on their way before."""
        self.stopping.set()
        return Deferred.fromFuture(asyncio.ensure_future(self._leave()))

    async def _leave(self) -> None:
        """Takes nobody in any more, tells every page to come back, lets the answers out and the loops end."""
        for port in self.ports:
            port.stopListening()
        for task in self.watches:
            task.cancel()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(going_away(), 3)
        await self._answer_all()
        for thread in self.threads:
            await asyncio.to_thread(thread.join, 3)
        for application in self._running():
            application.cancel()

    async def _answer_all(self) -> None:
        """Waits for the answers that are on their way, and for requests that came as the door was closed."""
        enough = asyncio.get_running_loop().time() + LAST_ANSWERS
        await asyncio.sleep(LAST_ARRIVALS)
        while (answers := self._running(WebRequest)) and asyncio.get_running_loop().time() < enough:
            await asyncio.wait(answers, timeout=LAST_ARRIVALS)

    def _running(self, kind: type = object) -> list["asyncio.Task[None]"]:
        """What still runs for the connections of this kind."""
        ours = [details for protocol, details in self.connections.items() if isinstance(protocol, kind)]
        tasks = [details.get("application_instance") for details in ours]
        return [task for task in tasks if task is not None and not task.done()]
