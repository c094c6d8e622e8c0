"""How many people are at booths now."""

import asyncio
from collections.abc import Iterable

from fairplatform.realtime.hub import HUB

from .models import Booth


def present(booths: Iterable[Booth]) -> dict[int, int]:
    """The number of people at each of these booths; booths with nobody are left out. Called from a thread."""
    if HUB.loop is None or not HUB.loop.is_running():
        return {}
    return asyncio.run_coroutine_threadsafe(_count(list(booths)), HUB.loop).result(timeout=5)


async def _count(booths: list[Booth]) -> dict[int, int]:
    here = {booth.pk: len(await HUB.presence.here(booth.topic)) for booth in booths}
    return {pk: number for pk, number in here.items() if number}


def present_in_halls(booths: Iterable[Booth]) -> dict[int, int]:
    """The number of people at the booths of each hall, by the hall's key."""
    rows = list(booths)
    at = present(rows)
    totals: dict[int, int] = {}
    for booth in rows:
        if booth.pk in at:
            totals[booth.hall_id] = totals.get(booth.hall_id, 0) + at[booth.pk]
    return totals
