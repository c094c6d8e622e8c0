"""What a process does for itself as time passes."""

import asyncio
import gc
import weakref

import pytest

from fairplatform.realtime import watch


class Loop:
    """Holds itself."""

    def __init__(self) -> None:
        self.me = self


async def test_garbage_that_grew_old_is_found_by_tidying_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "TIDY_SECONDS", 0.01)
    loop = Loop()
    gone = weakref.ref(loop)
    gc.collect()
    del loop
    gc.collect(1)
    assert gone() is not None
    tidying = asyncio.create_task(watch.tidying())
    async with asyncio.timeout(5):
        while gone() is not None:  # noqa: ASYNC110 — the collector tells nobody
            await asyncio.sleep(0.01)
    tidying.cancel()
