"""The state of a room as its topic tells it: read in a few queries, the same for everybody."""

from collections.abc import Iterable
from datetime import datetime

from fairplatform.fairs.people import persons
from meetings.models import Attendance, Meeting

from .protocol import Connection, Room, Seat


def present(meeting: Meeting, *, but: str = "") -> list[Connection]:
    """Everybody in the room, in the order of entering, without the connection `but`."""
    return connections(meeting, meeting.attendances.filter(left_at=None).exclude(connection_id=but))


def connections(meeting: Meeting, rows: Iterable[Attendance]) -> list[Connection]:
    rows = list(rows)
    people = persons((row.user_id for row in rows), meeting.fair_id)
    return [
        Connection(
            connection_id=row.connection_id,
            person=people[row.user_id],
            part=row.role,
            side=row.side,
            connected=row.connected_at is not None,
        )
        for row in rows
    ]


def room_state(meeting: Meeting, now: datetime) -> Room:
    named = list(meeting.participants.order_by("pk"))
    people = persons((one.user_id for one in named), meeting.fair_id)
    return Room(
        meeting=meeting.pk,
        state=meeting.state,
        conversation=meeting.conversation_id,
        opens_at=meeting.opens_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        server_time=now,
        seats=[Seat(person=people[one.user_id], part=one.role, side=one.side) for one in named],
        present=present(meeting),
    )
