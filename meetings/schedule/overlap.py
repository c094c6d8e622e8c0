"""How long both sides of a meeting were connected at the same time. Pure: no database, no clock."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from meetings.models.meeting import Side


class Interval(NamedTuple):
    """When media flowed over one connection. `connected_at` None: never; `left_at` None: it still does."""

    side: str
    connected_at: datetime | None
    left_at: datetime | None


def overlap_seconds(intervals: Iterable[Interval], now: datetime) -> float:
    """The seconds, up to `now`, in which at least one connection of each side was connected.

    Interpreters and organisers are on no side and do not count.
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
