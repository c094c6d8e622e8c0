"""The start of a web process: what fails is reported and tried again, and everything after it starts all the same."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from channels.layers import InMemoryChannelLayer

from fairplatform.accounts.socket_auth import recheck
from fairplatform.health.readiness import READINESS
from fairplatform.observability import duties
from fairplatform.observability.duties import failing_duties
from fairplatform.operations.web_process import WebProcess
from fairplatform.realtime.maintenance import start_background_tasks

PATIENCE = 30.0  # of the test alone, on a machine that has much else to do


class Layer(InMemoryChannelLayer):
    """Fails three times; `failed`: the duties that were failing at each call."""

    failed: ClassVar[list[list[str]]] = []

    async def new_channel(self, prefix: str = "specific.") -> str:
        self.failed.append([one.name for one in failing_duties()])
        if len(self.failed) <= 3:
            raise LookupError
        return str(await super().new_channel(prefix))


@pytest.fixture
def begins(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process that has not started; afterwards its global state is as before."""
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": f"{__name__}.Layer"}}
    monkeypatch.setattr(duties, "RESTART_DELAY", 0.0)
    monkeypatch.setattr(Layer, "failed", [])
    dependencies, stopping = READINESS.dependencies, READINESS.stopping
    yield
    READINESS.dependencies, READINESS.stopping = dependencies, stopping


# With Redis, its outage is reported first.
@pytest.mark.embedded
@pytest.mark.usefixtures("begins")
@pytest.mark.django_db(transaction=True)
async def test_a_start_that_fails_is_reported_and_tried_again() -> None:
    lives = threading.Semaphore(0)

    def worker(stop: threading.Event) -> None:
        """Dies in its first two lives."""
        lives.release()
        if len(deaths) < 2:
            deaths.append("died")
            raise SystemExit
        stop.wait()

    deaths: list[str] = []
    process = WebProcess({"worker": worker}, recheck=recheck)
    process.startup()
    await asyncio.wait_for(process.tasks[0], PATIENCE)
    for _ in range(3):
        assert await asyncio.to_thread(lives.acquire, timeout=PATIENCE)
    expected = start_background_tasks(recheck)
    for task in expected:
        task.cancel()
    started = list(process.tasks)
    await process.shutdown()
    assert [[name for name in names if name == "start"] for names in Layer.failed] == [[], [], [], ["start"]]
    assert len(started) == 1 + len(expected)
    assert [thread.is_alive() for thread in process.threads] == [False]
