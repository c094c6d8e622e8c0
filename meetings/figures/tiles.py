"""Meetings as tiles of the control room: who is in the room, how good the connections are, and what is wrong."""

from collections.abc import Iterable
from typing import Literal

from fairplatform.policy import Role
from meetings.connection_quality import rate
from meetings.models import Attendance, Meeting, Participant
from meetings.models.meeting import Side
from meetings.status import page_url

from .needs import RoomPresence, needs
from .protocol import Tile, TileSide


def tiles(meetings: Iterable[int]) -> list[Tile]:
    """The tiles of these meetings (keys), in three queries."""
    rows = Meeting.objects.with_names().filter(pk__in=meetings).prefetch_related("attendances", "participants")
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
        path=meeting.get_absolute_url(),
        room_path=page_url(meeting, "room"),
        state=meeting.state,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        exhibitor=TileSide(company=meeting.exhibitor.company.name, since=exhibitor.since, line=exhibitor.quality),
        buyer=TileSide(company=meeting.buyer.company.name, since=buyer.since, line=buyer.quality),
        interpreter=state,
        needs=[]
        if _waits_for_visitor(meeting, attendances)
        else needs(meeting.starts_at, exhibitor, buyer, interpreter),
    )


def _waits_for_visitor(meeting: Meeting, attendances: list[Attendance]) -> bool:
    """Whether the room of a demonstration is empty because only a visitor of it would enter: nothing is wrong then."""
    return meeting.fair.is_demo and not attendances


def _interpreter(meeting: Meeting, attendances: list[Attendance]) -> RoomPresence | None:
    """The interpreter's presence; None if none is named and none is required."""
    named = any(p.role == Participant.Part.INTERPRETER for p in meeting.participants.all())
    if not named and meeting.interpreting != Meeting.Interpreting.REQUIRED:
        return None
    return _presence(a for a in attendances if a.role == Role.INTERPRETER)


def _presence(attendances: Iterable[Attendance]) -> RoomPresence:
    rows = list(attendances)
    inside = [a for a in rows if a.left_at is None]
    if not inside:
        return RoomPresence(left_at=max((a.left_at for a in rows if a.left_at), default=None))
    newest = inside[-1]
    return RoomPresence(
        since=min(a.entered_at for a in inside),
        connected=any(a.connected_at for a in inside),
        quality=rate(newest.quality),
        quality_since=newest.seen_at,
    )
