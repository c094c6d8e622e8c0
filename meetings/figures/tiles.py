"""Running meetings as the control room sees them, and what is wrong with each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db.models import QuerySet
from django.utils import timezone

from fairplatform.policy import Role
from fairplatform.realtime import topic_names
from fairplatform.realtime.publish import publish
from meetings.connection_quality import ConnectionQuality, connection_quality
from meetings.models import Attendance, Meeting, Participant
from meetings.models.meeting import Side

from .figures import Figures, figures
from .protocol import (
    FiguresChanged,
    Need,
    OutcomeAgreed,
    SideName,
    Sum,
    Tile,
    TileChanged,
    TileSide,
    TotalsChanged,
)

# How long each state of affairs may last before it wants somebody.
ALONE_GRACE = timedelta(seconds=60)
INTERPRETER_GRACE = timedelta(seconds=30)
CONNECTING_GRACE = timedelta(seconds=30)


@dataclass(frozen=True)
class Presence:
    """One side, or the interpreter. `since`: in from then on; `gone`: when the last of them left; None: never."""

    since: datetime | None = None
    gone: datetime | None = None
    connected: bool = False
    line: ConnectionQuality | None = None
    line_since: datetime | None = None


def needs(starts_at: datetime, exhibitor: Presence, buyer: Presence, interpreter: Presence | None = None) -> list[Need]:
    """What is wrong in a meeting's room, the most urgent first. `interpreter` is None where none is expected.

    Nothing here depends on the present: each need says when it began and from when on it wants an organiser.
    """
    sides: tuple[tuple[SideName, Presence], ...] = (("exhibitor", exhibitor), ("buyer", buyer))
    here = [(name, side) for name, side in sides if side.since]
    if not here:
        since = _latest(starts_at, exhibitor.gone, buyer.gone)
        return [Need(code="nobody", since=since, due=since + ALONE_GRACE)]
    other = buyer if here[0][1] is exhibitor else exhibitor
    return [*_waiting(starts_at, here, other, interpreter), *_lines(starts_at, here)]


def _waiting(
    starts_at: datetime, here: list[tuple[SideName, Presence]], other: Presence, interpreter: Presence | None
) -> Iterable[Need]:
    """Who waits for whom: a side alone, or both for their interpreter."""
    entered = _latest(starts_at, *(side.since for _, side in here))
    if len(here) == 1:
        since = _latest(entered, other.gone)
        yield Need(code="alone", side=here[0][0], since=since, due=since + ALONE_GRACE)
        return
    if not any(side.connected for _, side in here):
        yield Need(code="lost", since=entered, due=entered + CONNECTING_GRACE)
    if interpreter is not None and interpreter.since is None:
        since = _latest(entered, interpreter.gone)
        yield Need(code="interpreter", since=since, due=since + INTERPRETER_GRACE)


def _lines(starts_at: datetime, here: list[tuple[SideName, Presence]]) -> Iterable[Need]:
    for name, side in here:
        if side.line in ("lost", "weak"):
            since = _latest(starts_at, side.line_since or side.since)
            yield Need(code=side.line, side=name, since=since, due=since)


def _latest(first: datetime, *others: datetime | None) -> datetime:
    return max([first, *(at for at in others if at)])


def tiles(meetings: "QuerySet[Meeting]") -> list[Tile]:
    """The tiles of these meetings, in three queries."""
    rows = meetings.with_names().prefetch_related("attendances", "participants")  # type: ignore[attr-defined]
    return [tile(meeting) for meeting in rows]


def tile(meeting: Meeting) -> Tile:
    attendances = list(meeting.attendances.all())
    exhibitor, buyer = (_presence(a for a in attendances if a.side == side) for side in Side)
    interpreter = _interpreter(meeting, attendances)
    state: Literal["none", "in", "missing"] = (
        "none" if interpreter is None else "in" if interpreter.since else "missing"
    )
    return Tile(
        meeting=meeting.pk,
        state=meeting.state,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        exhibitor=TileSide(company=meeting.exhibitor.company.name, since=exhibitor.since, line=exhibitor.line),
        buyer=TileSide(company=meeting.buyer.company.name, since=buyer.since, line=buyer.line),
        interpreter=state,
        needs=[] if _is_kept(meeting, attendances) else needs(meeting.starts_at, exhibitor, buyer, interpreter),
    )


def _is_kept(meeting: Meeting, attendances: list[Attendance]) -> bool:
    """Whether the room stands empty for a visitor of a demonstration: nobody else is expected in it."""
    return meeting.fair.is_demo and not attendances


def _interpreter(meeting: Meeting, attendances: list[Attendance]) -> Presence | None:
    """The interpreter's presence; None where none is named and none required."""
    named = any(p.role == Participant.Part.INTERPRETER for p in meeting.participants.all())
    if not named and meeting.interpreting != Meeting.Interpreting.REQUIRED:
        return None
    return _presence(a for a in attendances if a.role == Role.INTERPRETER)


def _presence(attendances: Iterable[Attendance]) -> Presence:
    rows = list(attendances)
    inside = [a for a in rows if a.left_at is None]
    if not inside:
        return Presence(gone=max((a.left_at for a in rows if a.left_at), default=None))
    newest = inside[-1]
    return Presence(
        since=min(a.entered_at for a in inside),
        connected=any(a.connected_at for a in inside),
        line=connection_quality(newest.quality),
        line_since=newest.seen_at,
    )


def publish_tile(meeting: Meeting, now: datetime) -> None:
    """Shows the control room how a meeting stands. Called inside the transaction of what has changed it.

    A meeting that is neither running nor in the next slot is shown too: the room decides by its own clock.
    """
    changed = tiles(Meeting.objects.filter(pk=meeting.pk))[0]
    publish(topic_names.monitor(meeting.fair.slug), TileChanged(at=now, tile=changed))


def publish_totals(fair: Any, now: datetime | None = None) -> None:
    """Tells the control room and the public the fair's figures; once for all that changed in one transaction."""
    counted = figures(fair, now=now or timezone.now())
    publish(topic_names.monitor(fair.slug), totals(counted))
    publish(topic_names.fair(fair.slug), for_everybody(counted))


def for_everybody(counted: Figures) -> FiguresChanged:
    """The few figures that are public."""
    return FiguresChanged(
        firms=counted.firms,
        planned=counted.planned,
        held=counted.held,
        running=counted.running,
        agreed=counted.outcomes["agreed"],
        chief_executives=counted.chief_executives,
        lead_purchasers=counted.lead_purchasers,
    )


def publish_agreed(outcome: Any) -> None:
    """Tells the control room of an outcome both sides have just confirmed."""
    version = outcome.agreed
    publish(
        topic_names.monitor(outcome.fair.slug),
        OutcomeAgreed(
            meeting=outcome.meeting_id,
            number=outcome.number,
            kind=version.kind,
            currency=version.currency,
            amount_minor=version.amount_minor,
        ),
    )


def totals(counted: Figures) -> TotalsChanged:
    return TotalsChanged(
        planned=counted.planned,
        held=counted.held,
        missed=counted.not_held,
        running=counted.running,
        to_come=counted.to_come,
        outcomes=counted.outcomes,
        sums=[
            Sum(kind=one.kind, currency=one.currency, number=one.number, amount_minor=one.amount_minor)
            for one in counted.agreed
        ],
    )
