"""How long both companies of a meeting were connected at the same time. Pure: no database, no clock of its own."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from meetings.models.meeting import Side


class Interval(NamedTuple):
    """One connection's media time. `connected_at` None: media never flowed; `left_at` None: it still flows."""

    side: str
    connected_at: datetime | None
    left_at: datetime | None


def seconds_together(intervals: Iterable[Interval], now: datetime) -> float:
    """The seconds in which at least one connection of each side was connected, up to `now`.

    Interpreters and organisers have no side and do not count.
    """
    changes: list[tuple[datetime, str, int]] = []
    for side, start, end in intervals:
        until = now if end is None else min(end, now)
        if side and start is not None and start < until:
            changes += [(start, side, 1), (until, side, -1)]
    connected = dict.fromkeys((Side.EXHIBITOR.value, Side.BUYER.value), 0)
    total = 0.0
    for (at, side, step), (following, _side, _step) in pairwise(sorted(changes)):
        connected[side] += step
        if all(connected.values()):
            total += (following - at).total_seconds()
    return total
