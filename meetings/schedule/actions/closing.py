"""What became of a meeting, as the attendances tell it: held, or missed and why."""

from datetime import datetime, timedelta

from django.db import transaction

from meetings.models import Attendance, Meeting
from meetings.models.meeting import Side
from meetings.schedule.overlap import Interval, seconds_together

from .notify import notify_participants, publish_changes

HELD_AFTER = 60
REMIND_BEFORE = timedelta(minutes=10)


def seconds_both_connected(attendances: list[Attendance], now: datetime) -> float:
    """Seconds in which both sides were connected."""
    return seconds_together([Interval(a.side, a.connected_at, a.left_at) for a in attendances], now)


@transaction.atomic
def mark_held(meeting: int, *, now: datetime) -> bool:
    """Records that the meeting was held, if both sides have been connected together long enough."""
    found = _confirmed(meeting)
    if found is None or seconds_both_connected(list(found.attendances.all()), now) < HELD_AFTER:
        return False
    found.state, found.held_at = Meeting.State.HELD, now
    found.save(update_fields=["state", "held_at"])
    publish_changes(found, now)
    return True


@transaction.atomic
def mark_missed(meeting: int, *, now: datetime) -> bool:
    """Records that a meeting whose time is over was not held, and tells both companies why."""
    found = _confirmed(meeting)
    if found is None or now < found.ends_at:
        return False
    found.state, found.missed_because = Meeting.State.MISSED, _why(found)
    found.save(update_fields=["state", "missed_because"])
    notify_participants(found, "meeting_missed", now=now, offices=True)
    publish_changes(found, now)
    return True


@transaction.atomic
def remind(meeting: int, *, now: datetime) -> bool:
    """Tells everybody named that the room is open, once."""
    found = _confirmed(meeting)
    if found is None or found.reminded_at or not found.starts_at - REMIND_BEFORE <= now < found.starts_at:
        return False
    found.reminded_at = now
    found.save(update_fields=["reminded_at"])
    notify_participants(found, "meeting_soon", now=now)
    return True


def _confirmed(meeting: int) -> Meeting | None:
    """The meeting, locked, if nothing has been decided about it yet."""
    rows = Meeting.objects.with_names().select_for_update(of=("self",))
    found: Meeting | None = rows.filter(pk=meeting, state=Meeting.State.CONFIRMED).first()
    return found


def _why(meeting: Meeting) -> str:
    """Who stayed away; when both came, the line between them failed."""
    came = set(meeting.attendances.exclude(side="").values_list("side", flat=True))
    stayed_away = set(Side.values) - came
    if len(stayed_away) == 1:
        return stayed_away.pop()
    return Meeting.Missed.BOTH if stayed_away else Meeting.Missed.LINE
