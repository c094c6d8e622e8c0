"""Closing a meeting by its attendances: held, or missed and why; and the reminder before it begins."""

from datetime import datetime, timedelta

from django.db import transaction

from meetings.models import Attendance, Meeting
from meetings.models.meeting import Side
from meetings.schedule.overlap import Interval, overlap_seconds

from .notify import notify_participants, publish_changes

HELD_AFTER = 60  # seconds in which both sides were connected
REMIND_BEFORE = timedelta(minutes=10)


def seconds_both_connected(attendances: list[Attendance], now: datetime) -> float:
    """Seconds, up to `now`, in which both sides were connected at the same time."""
    return overlap_seconds([Interval(a.side, a.connected_at, a.left_at) for a in attendances], now)


@transaction.atomic
def mark_held(meeting: int, *, now: datetime) -> bool:
    """Marks the meeting as held, if both sides were connected at the same time long enough; whether it did."""
    loaded = _confirmed(meeting)
    if loaded is None or seconds_both_connected(list(loaded.attendances.all()), now) < HELD_AFTER:
        return False
    loaded.state, loaded.held_at = Meeting.State.HELD, now
    loaded.save(update_fields=["state", "held_at"])
    publish_changes(loaded, now)
    return True


@transaction.atomic
def mark_missed(meeting: int, *, now: datetime) -> bool:
    """Marks a meeting whose time is over as missed and notifies both companies; whether it did."""
    loaded = _confirmed(meeting)
    if loaded is None or loaded.by_telephone or now < loaded.ends_at:
        return False
    loaded.state, loaded.missed_because = Meeting.State.MISSED, _missed_because(loaded)
    loaded.save(update_fields=["state", "missed_because"])
    notify_participants(loaded, "meeting_missed", now=now, with_representatives=True)
    publish_changes(loaded, now)
    return True


@transaction.atomic
def remind(meeting: int, *, now: datetime) -> bool:
    """Notifies the participants, once, that the room is open; whether it did."""
    loaded = _confirmed(meeting)
    if loaded is None or loaded.reminded_at or not loaded.starts_at - REMIND_BEFORE <= now < loaded.starts_at:
        return False
    loaded.reminded_at = now
    loaded.save(update_fields=["reminded_at"])
    notify_participants(loaded, "meeting_soon", now=now)
    return True


def _confirmed(meeting: int) -> Meeting | None:
    """The meeting, locked, if it is neither closed nor cancelled yet."""
    rows = Meeting.objects.with_names().select_for_update(of=("self",))
    loaded: Meeting | None = rows.filter(pk=meeting, state=Meeting.State.CONFIRMED).first()
    return loaded


def _missed_because(meeting: Meeting) -> str:
    """Which side never entered; if both did, their connection failed."""
    entered = set(meeting.attendances.exclude(side="").values_list("side", flat=True))
    absent = set(Side.values) - entered
    if len(absent) == 1:
        return absent.pop()
    return Meeting.Missed.BOTH if absent else Meeting.Missed.LINE
