"""What a web process begins with: what fails there is told of and tried again, and nothing after it is left out."""

import asyncio
import gc
import threading
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from channels.layers import InMemoryChannelLayer
from daphne.ws_protocol import WebSocketFactory

from fairplatform.accounts.socket_auth import recheck
from fairplatform.health.readiness import READINESS
from fairplatform.observability import duties
from fairplatform.observability.duties import failing_duties
from fairplatform.realtime.hub import HUB
from fairplatform.realtime.maintenance import watches
from fairplatform.server.web_server import FairServer

PATIENCE = 30.0  # of the test alone, on a machine that has much else to do


class Layer(InMemoryChannelLayer):
    """A layer that cannot be used before the fourth time; it keeps what failed as it was asked."""

    failed: ClassVar[list[list[str]]] = []

    async def new_channel(self, prefix: str = "specific.") -> str:
        self.failed.append([one.name for one in failing_duties()])
        if len(self.failed) <= 3:
            raise LookupError
        return str(await super().new_channel(prefix))


@pytest.fixture
def begins(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As at the beginning of a process; and of what it sets for good nothing stays."""
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": f"{__name__}.Layer"}}
    monkeypatch.setattr(duties, "RESTART_DELAY", 0.0)
    monkeypatch.setattr(HUB, "_started", None)
    monkeypatch.setattr(Layer, "failed", [])
    parts, stopping, thresholds = READINESS.dependencies, READINESS.stopping, gc.get_threshold()
    yield
    READINESS.dependencies, READINESS.stopping = parts, stopping
    gc.set_threshold(*thresholds)
    gc.unfreeze()


# With Redis it is Redis whose absence is told first.
@pytest.mark.embedded
@pytest.mark.usefixtures("begins")
@pytest.mark.django_db(transaction=True)
async def test_a_start_that_fails_is_told_of_and_tried_again() -> None:
    lives = threading.Semaphore(0)

    def worker(stop: threading.Event) -> None:
        """Dies in its first two lives."""
        lives.release()
        if len(deaths) < 2:
            deaths.append("died")
            raise SystemExit
        stop.wait()

    deaths: list[str] = []
    server = FairServer(None, bind="127.0.0.1", port=0, loops=[worker], proxies=[], recheck=recheck)
    server.ws_factory = WebSocketFactory(server, server="fair")
    server._ready()
    await asyncio.wait_for(server.watches[0], PATIENCE)
    for _ in range(3):
        assert await asyncio.to_thread(lives.acquire, timeout=PATIENCE)
    server.stopping.set()
    wanted = watches(recheck)
    for task in (*server.watches, *wanted):
        task.cancel()
    assert [[name for name in names if name == "start"] for names in Layer.failed] == [[], [], [], ["start"]]
    assert len(server.watches) == 1 + len(wanted)
