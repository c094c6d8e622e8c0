"""What the page of a room starts from: its window and the connections. The same for everybody."""

from collections.abc import Iterable
from datetime import datetime

from fairplatform.fairs.people import people_by_key
from meetings.models import Attendance, Meeting
from meetings.outcomes.queries import outcome_stamp

from .protocol import Connection, Room


def present(meeting: Meeting, *, exclude: str = "") -> list[Connection]:
    """The connections in the room, in the order of entering, except the one with the id `exclude`."""
    return describe(meeting, meeting.attendances.filter(left_at=None).exclude(connection_id=exclude))


def describe(meeting: Meeting, attendances: Iterable[Attendance]) -> list[Connection]:
    """These attendances as messages; two queries for all of them."""
    rows = list(attendances)
    people = people_by_key((row.user_id for row in rows), meeting.fair_id)
    return [
        Connection(
            connection_id=row.connection_id,
            person=people[row.user_id],
            part=row.role,
            side=row.side,
        )
        for row in rows
    ]


def room_snapshot(meeting: Meeting, now: datetime) -> Room:
    return Room(
        meeting=meeting.pk,
        state=meeting.state,
        conversation=meeting.conversation_id,
        opens_at=meeting.opens_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        server_time=now,
        present=present(meeting),
        outcome=outcome_stamp(meeting.pk),
    )
