"""What is wrong in a running meeting's room, and from when on it needs an organiser. Pure: no database, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from meetings.connection_quality import ConnectionQuality

from .protocol import Need, SideName

# How long each condition may last before an organiser is needed.
ALONE_GRACE = timedelta(seconds=60)
INTERPRETER_GRACE = timedelta(seconds=30)
CONNECTING_GRACE = timedelta(seconds=30)


@dataclass(frozen=True)
class RoomPresence:
    """Whether one side, or the interpreter, is in the room.

    `since`: when the first of those inside entered, None while nobody is; `left_at`: when the last one left, None if
    somebody is inside or nobody ever was.
    """

    since: datetime | None = None
    left_at: datetime | None = None
    connected: bool = False
    quality: ConnectionQuality | None = None
    quality_since: datetime | None = None


def needs(
    starts_at: datetime, exhibitor: RoomPresence, buyer: RoomPresence, interpreter: RoomPresence | None = None
) -> list[Need]:
    """What is wrong in a meeting's room, the most urgent first. `interpreter`: None if none is expected.

    The result does not depend on the present time: each need has the time it began and the time it becomes due.
    """
    sides: tuple[tuple[SideName, RoomPresence], ...] = (("exhibitor", exhibitor), ("buyer", buyer))
    present = [(name, side) for name, side in sides if side.since]
    if not present:
        since = _latest(starts_at, exhibitor.left_at, buyer.left_at)
        return [Need(code="nobody", since=since, due=since + ALONE_GRACE)]
    other = buyer if present[0][1] is exhibitor else exhibitor
    return [*_waiting(starts_at, present, other, interpreter), *_weak_connections(starts_at, present)]


def _waiting(
    starts_at: datetime,
    present: list[tuple[SideName, RoomPresence]],
    other: RoomPresence,
    interpreter: RoomPresence | None,
) -> Iterable[Need]:
    """A side that waits for the other one, sides without media, or both waiting for their interpreter."""
    entered = _latest(starts_at, *(side.since for _, side in present))
    if len(present) == 1:
        since = _latest(entered, other.left_at)
        yield Need(code="alone", side=present[0][0], since=since, due=since + ALONE_GRACE)
        return
    if not any(side.connected for _, side in present):
        yield Need(code="lost", since=entered, due=entered + CONNECTING_GRACE)
    if interpreter is not None and interpreter.since is None:
        since = _latest(entered, interpreter.left_at)
        yield Need(code="interpreter", since=since, due=since + INTERPRETER_GRACE)


def _weak_connections(starts_at: datetime, present: list[tuple[SideName, RoomPresence]]) -> Iterable[Need]:
    for name, side in present:
        if side.quality in ("lost", "weak"):
            since = _latest(starts_at, side.quality_since or side.since)
            yield Need(code=side.quality, side=name, since=since, due=since)


def _latest(first: datetime, *others: datetime | None) -> datetime:
    return max([first, *(at for at in others if at)])
