"""What a web process runs besides requests: its hub, its background tasks, its worker threads, its readiness."""

import asyncio
import contextlib
import gc
import threading
from collections.abc import Mapping

from fairplatform.health.readiness import READINESS, required_dependencies
from fairplatform.observability.duties import Loop, keep_running, start_threads
from fairplatform.realtime.authentication import Recheck
from fairplatform.realtime.hub import HUB
from fairplatform.realtime.maintenance import going_away, start_background_tasks

# Seconds for telling every socket to come back later, and for each worker thread to finish its step.
FAREWELL, WORKER_END = 3.0, 3.0
# Thresholds of the garbage collector. The oldest generation, what open sockets live on, is collected ten times less
# often than by default: otherwise five times while a thousand join (row "1,000 at once: all in").
GC_THRESHOLDS = (700, 10, 100)


class WebProcess:
    """The server's lifespan. `loops`: by the names of their duties; each runs in a thread until its event is set."""

    def __init__(self, loops: Mapping[str, Loop], *, recheck: Recheck) -> None:
        self._loops, self._recheck = loops, recheck
        self.stopping = threading.Event()
        self.threads: list[threading.Thread] = []
        self.tasks: list[asyncio.Task[None]] = []

    def startup(self) -> None:
        loop = asyncio.get_event_loop()
        READINESS.start(required_dependencies(loop), stopping=self.stopping)
        self.tasks = [loop.create_task(keep_running("start", self._start))]
        self.threads = start_threads(self._loops, self.stopping)

    async def _start(self) -> None:
        await HUB.start()
        self.tasks += start_background_tasks(self._recheck)
        # The program's own objects are never garbage: collections skip them (row "hall of 60 booths: CPU").
        gc.collect()
        gc.freeze()
        gc.set_threshold(*GC_THRESHOLDS)

    async def shutdown(self) -> None:
        """Tells every page to come back later, and ends the tasks and threads."""
        self.stopping.set()
        for task in self.tasks:
            task.cancel()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(going_away(), FAREWELL)
        for thread in self.threads:
            await asyncio.to_thread(thread.join, WORKER_END)
