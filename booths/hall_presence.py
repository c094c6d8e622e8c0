"""Tells those who look at a hall, or at all of a fair, which booths have people there.

Many look, and visitors come and go all the time: what has changed is gathered for INTERVAL, and sent as one event for
each hall, however many have moved. An event has the numbers as they are, so one that is lost is made good by the next.
"""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Mapping

from fairplatform.fairs.models import Fair
from fairplatform.observability.duties import attempt
from fairplatform.realtime import topic_names
from fairplatform.realtime.publish import send_ephemeral
from fairplatform.realtime.threads import read_in_thread

from .headcount import Headcount, hall_of_booths, headcount
from .protocol import BoothHeadcount, HallHeadcount, HallHeadcountChanged, HeadcountChanged

INTERVAL = 2.0  # seconds
NOBODY = Headcount()
_changed: dict[int, set[int]] = defaultdict(set)  # by fair: booths at which people have come or gone
_pending: dict[int, asyncio.Task[None]] = {}  # by fair
# By fair, when it was counted. A count that is not older than the events are gathered for misses nothing: whoever gets
# it has joined before the event that corrects it.
_counted: dict[int, tuple[float, dict[int, Headcount]]] = {}


def publish_headcount_soon(fair: Fair, booth: int) -> None:
    """Somebody came to this booth or left it. Called in the event loop."""
    _changed[fair.pk].add(booth)
    task = _pending.get(fair.pk)
    # A task of another event loop never runs: that loop has ended.
    if task is None or task.get_loop() is not asyncio.get_running_loop():
        _pending[fair.pk] = asyncio.ensure_future(_send(fair))


async def _send(fair: Fair) -> None:
    await asyncio.sleep(INTERVAL)
    await send_now(fair)


async def send_now(fair: Fair) -> None:
    """Sends what has been gathered."""
    _pending.pop(fair.pk, None)
    booths = _changed.pop(fair.pk, set())
    # A failure for one fair says nothing about the process.
    with attempt("headcount.publish", is_vital=False):
        hall_of, counts = await read_in_thread(_count_again, fair)
        by_hall: dict[int, list[BoothHeadcount]] = defaultdict(list)
        for booth in sorted(booths & hall_of.keys()):
            by_hall[hall_of[booth]].append(_message(booth, counts.get(booth, NOBODY)))
        totals = in_halls(hall_of, counts)
        for hall, changed in by_hall.items():
            await send_ephemeral(topic_names.hall(hall), HallHeadcountChanged(booths=changed))
            nobody = HallHeadcount(hall=hall, staffed=0, visitors=0)
            await send_ephemeral(topic_names.halls(fair.slug), HeadcountChanged(hall=totals.get(hall, nobody)))


def counts_of(fair: Fair) -> tuple[Mapping[int, int], dict[int, Headcount]]:
    """The hall of each booth, and the booths with somebody there as counted lately. Called from a thread."""
    counted_at, counts = _counted.get(fair.pk, (0.0, {}))
    if counted_at and time.monotonic() - counted_at < INTERVAL:
        return hall_of_booths(fair), counts
    return _count_again(fair)


def _count_again(fair: Fair) -> tuple[Mapping[int, int], dict[int, Headcount]]:
    hall_of, now = hall_of_booths(fair), time.monotonic()
    counts = headcount(hall_of)
    _counted[fair.pk] = now, counts
    return hall_of, counts


def in_booths(booths: Mapping[int, Headcount]) -> list[BoothHeadcount]:
    """As the socket sends them."""
    return [_message(booth, count) for booth, count in sorted(booths.items())]


def _message(booth: int, count: Headcount) -> BoothHeadcount:
    return BoothHeadcount(booth=booth, staff=list(count.staff), visitors=count.visitors)


def in_halls(hall_of: Mapping[int, int], counts: Mapping[int, Headcount]) -> dict[int, HallHeadcount]:
    """The halls with somebody in them."""
    staffed, visitors = Counter[int](), Counter[int]()
    for booth, count in counts.items():
        staffed[hall_of[booth]] += bool(count.staff)
        visitors[hall_of[booth]] += count.visitors
    return {hall: HallHeadcount(hall=hall, staffed=staffed[hall], visitors=visitors[hall]) for hall in staffed}
