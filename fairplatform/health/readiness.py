"""Whether this process can serve people now. Its parts are looked at from the side, so that asking costs nothing.

Each part has a thread of its own: one that hangs for ever is away, and keeps neither the others nor the answer.
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

from fairplatform.observability.duties import failing

logger = logging.getLogger(__name__)
PAUSE = 1.0  # seconds between two looks
PATIENCE = 2  # seconds a look may take where it can be told so
SILENCE = 4.0  # seconds without a good look after which a part is away


class Part:
    """Something outside the process. `look` returns when it is well; it raises, or never comes back, when it is not."""

    def __init__(self, name: str, look: Callable[[], object]) -> None:
        self.name = name
        self._look = look
        self._well_at: float | None = None

    @property
    def is_here(self) -> bool:
        return self._well_at is not None and monotonic() - self._well_at < SILENCE

    def watch(self, stop: threading.Event) -> None:
        """Looks again and again until told to stop."""
        self.look()
        while not stop.wait(PAUSE):
            self.look()

    def look(self) -> None:
        was_here = self.is_here
        try:
            self._look()
        except Exception:
            self._well_at = None
            if was_here:
                logger.warning("the %s is away", self.name, exc_info=True)
            return
        self._well_at = monotonic()
        if not was_here:
            logger.info("the %s is here", self.name)


class Readiness:
    """The parts this process needs, by its settings; until `start` none of them has been seen."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.stopping = threading.Event()

    def start(self, parts: Iterable[Part], *, stopping: threading.Event) -> None:
        self.parts, self.stopping = list(parts), stopping
        for part in self.parts:
            threading.Thread(target=part.watch, args=(stopping,), name=f"look-{part.name}", daemon=True).start()

    def away(self) -> list[str]:
        """One word for each thing that is missing; nobody should send people here while there is one.

        What fails repeatedly is named where nothing is away: a part that is gone explains what fails for want of it.
        """
        if self.stopping.is_set() or not self.parts:
            return ["stopping" if self.parts else "starting"]
        return [part.name for part in self.parts if not part.is_here] or [one.name for one in failing() if one.is_vital]


def needed_parts(loop: asyncio.AbstractEventLoop) -> list[Part]:
    """The parts that the settings name. `loop`: where the channel layer is used."""
    parts = [Part("database", _database())]
    if settings.REDIS_URL:
        redis = Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        parts += [Part("redis", redis.ping), Part("layer", _Layer(loop))]
    return parts


def _database() -> Callable[[], object]:
    """A connection of its own: that all of the pool's are in use does not mean that the database is away."""
    own = connection.copy()
    own.settings_dict = deepcopy(own.settings_dict)
    own.inc_thread_sharing()
    if own.vendor == "postgresql":
        own.settings_dict["OPTIONS"].pop("pool", None)
        # A look that was under way when a network went is given up by the kernel.
        own.settings_dict["OPTIONS"] |= {"connect_timeout": PATIENCE, "tcp_user_timeout": PATIENCE * 1000}

    def look() -> None:
        try:
            with own.cursor() as cursor:
                cursor.execute("SELECT 1")
        except Exception:
            own.close()
            raise

    return look


class _Layer:
    """A message to ourselves, the way that all wake-ups go."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._channel = ""

    def __call__(self) -> None:
        under_way = asyncio.run_coroutine_threadsafe(self._there_and_back(), self._loop)
        try:
            under_way.result(PATIENCE)
        finally:
            under_way.cancel()

    async def _there_and_back(self) -> None:
        layer, mark = get_channel_layer(), secrets.token_hex(8)
        if not self._channel:
            self._channel = await layer.new_channel("ready")
        await layer.send(self._channel, {"type": "ready", "mark": mark})
        try:
            while (await layer.receive(self._channel))["mark"] != mark:
                pass
        except asyncio.CancelledError:
            # A layer takes a cancelled receiver for one that has left, and forgets its channel.
            self._channel = ""
            raise


READINESS = Readiness()
