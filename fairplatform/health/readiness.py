"""Whether this process can serve people now: whether what it depends on is available, and its vital duties succeed.

Each dependency is checked every second in a thread of its own, so /readyz responds at once, and a check that hangs
delays neither the response nor the other checks.
"""

import asyncio
import logging
import secrets
import threading
from collections.abc import Callable, Iterable
from copy import deepcopy
from time import monotonic

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import connection
from redis import Redis

from fairplatform.observability.duties import failing_duties

logger = logging.getLogger(__name__)
INTERVAL = 1.0  # seconds between two checks
CHECK_TIMEOUT = 2  # seconds a check may take, where a library can be given a limit
AVAILABLE_FOR = 4.0  # seconds without a successful check after which a dependency counts as unavailable


class Dependency:
    """Something outside the process: `check` returns when it is available; else it raises, or never returns."""

    def __init__(self, name: str, check: Callable[[], object]) -> None:
        self.name = name
        self._check = check
        self._available_at: float | None = None

    @property
    def is_available(self) -> bool:
        return self._available_at is not None and monotonic() - self._available_at < AVAILABLE_FOR

    def keep_checking(self, stop: threading.Event) -> None:
        """Checks every INTERVAL until `stop` is set."""
        self.check()
        while not stop.wait(INTERVAL):
            self.check()

    def check(self) -> None:
        """Checks it once, and logs a change."""
        was_available = self.is_available
        try:
            self._check()
        except Exception:
            self._available_at = None
            if was_available:
                logger.warning("the %s is away", self.name, exc_info=True)
            return
        self._available_at = monotonic()
        if not was_available:
            logger.info("the %s is here", self.name)


class Readiness:
    """The dependencies of this process; before `start` it is not ready."""

    def __init__(self) -> None:
        self.dependencies: list[Dependency] = []
        self.stopping = threading.Event()

    def start(self, dependencies: Iterable[Dependency], *, stopping: threading.Event) -> None:
        """Starts a thread for each dependency. `stopping` ends them, and from then on the process is not ready."""
        self.dependencies, self.stopping = list(dependencies), stopping
        for dependency in self.dependencies:
            name = f"check-{dependency.name}"
            threading.Thread(target=dependency.keep_checking, args=(stopping,), name=name, daemon=True).start()

    def missing(self) -> list[str]:
        """The names of what keeps the process from serving people, empty when it is ready.

        Failing vital duties are named only while all dependencies are available: one that is not explains them.
        """
        if self.stopping.is_set() or not self.dependencies:
            return ["stopping" if self.dependencies else "starting"]
        unavailable = [dependency.name for dependency in self.dependencies if not dependency.is_available]
        return unavailable or [duty.name for duty in failing_duties() if duty.is_vital]


def required_dependencies(loop: asyncio.AbstractEventLoop) -> list[Dependency]:
    """Those that the settings ask for. `loop`: the event loop that uses the channel layer."""
    dependencies = [Dependency("database", _database_check())]
    if settings.REDIS_URL:
        redis = Redis.from_url(settings.REDIS_URL, socket_timeout=CHECK_TIMEOUT, socket_connect_timeout=CHECK_TIMEOUT)
        dependencies += [Dependency("redis", redis.ping), Dependency("layer", _LayerCheck(loop))]
    return dependencies


def _database_check() -> Callable[[], object]:
    """Uses a connection outside the pool: that the pool is exhausted does not mean that the database is away."""
    own = connection.copy()
    own.settings_dict = deepcopy(own.settings_dict)
    own.inc_thread_sharing()
    if own.vendor == "postgresql":
        own.settings_dict["OPTIONS"].pop("pool", None)
        # The kernel gives up a query that is under way when the network fails (milliseconds).
        own.settings_dict["OPTIONS"] |= {"connect_timeout": CHECK_TIMEOUT, "tcp_user_timeout": CHECK_TIMEOUT * 1000}

    def check() -> None:
        try:
            with own.cursor() as cursor:
                cursor.execute("SELECT 1")
        except Exception:
            own.close()
            raise

    return check


class _LayerCheck:
    """Sends a message through the channel layer to this process and waits for it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._channel = ""

    def __call__(self) -> None:
        future = asyncio.run_coroutine_threadsafe(self._send_and_receive(), self._loop)
        try:
            future.result(CHECK_TIMEOUT)
        finally:
            future.cancel()

    async def _send_and_receive(self) -> None:
        layer, mark = get_channel_layer(), secrets.token_hex(8)
        if not self._channel:
            self._channel = await layer.new_channel("ready")
        await layer.send(self._channel, {"type": "ready", "mark": mark})
        try:
            while (await layer.receive(self._channel))["mark"] != mark:
                pass
        except asyncio.CancelledError:
            # The layer takes a cancelled receiver for one that has left, and forgets its channel.
            self._channel = ""
            raise


READINESS = Readiness()
