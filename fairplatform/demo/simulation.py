"""Simulates the people of the demonstration at their meetings: they enter, are connected, and leave at their times.

They do so through the same actions as real people. They leave a meeting that a visitor enters, because they could not
answer; an organiser who looks in finds them there. Nobody is simulated in the meetings of the four main personas.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import QuerySet

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.policy import Role
from meetings.call.actions import enter, leave, report_connected, report_quality
from meetings.call.protocol import Quality
from meetings.models import Attendance, Meeting

from .loader.meetings import GOOD_QUALITY, SIMULATED_PREFIX, participant_keys, simulated_connection_id
from .models import DemoRow
from .plan.attendances import simulated_attendances
from .plan.events import DemoAttendance, DemoMeeting
from .plan.fair_plan import SEED, fair_plan

ENTER_BEFORE = timedelta(minutes=5)
SEEN_EVERY = timedelta(seconds=15)


def refresh_last_seen(now: datetime) -> None:
    """Updates the `seen_at` of simulated people while their meeting runs, or the clock would take them for lost."""
    connected = Attendance.objects.filter(
        left_at=None, connection_id__startswith=SIMULATED_PREFIX, seen_at__lt=now - SEEN_EVERY
    )
    # Two statements: as long as PostgreSQL has no statistics of these tables it takes them for empty, and as one
    # statement its plan is a nested loop over all of them, which took twenty seconds.
    running = list(connected.filter(meeting__slot__ends_at__gt=now).values_list("pk", flat=True))
    Attendance.objects.filter(pk__in=running).update(seen_at=now)


def leave_visited_meetings(now: datetime) -> None:
    """Lets simulated people leave the meetings in which a visitor is."""
    connected = Attendance.objects.filter(
        left_at=None, connection_id__startswith=SIMULATED_PREFIX, meeting__in=_visited()
    )
    for name in connected.values_list("connection_id", flat=True):
        leave(name, now=now)


def attend_meetings(now: datetime) -> None:
    """Lets each simulated person do what is due by now."""
    for meeting, planned in _meetings(now):
        attendances = {row.connection_id: row for row in meeting.attendances.all()}
        for row in simulated_attendances(planned, SEED):
            name = simulated_connection_id(planned, row.person)
            with suppress(Refused):
                _act(meeting, row, name, attendances.get(name), now)


def _meetings(now: datetime) -> Iterator[tuple[Meeting, DemoMeeting]]:
    """The meetings that are simulated now, each with its plan."""
    rows = Meeting.objects.filter(slot__starts_at__lte=now + ENTER_BEFORE, slot__ends_at__gt=now)
    rows = rows.filter(state__in=(Meeting.State.CONFIRMED, Meeting.State.HELD)).exclude(pk__in=_visited())
    by_id = {meeting.pk: meeting for meeting in rows.select_related("slot").prefetch_related("attendances")}
    keys = DemoRow.objects.filter(kind=Meeting._meta.label_lower, row__in=by_id)
    for key, pk in keys.values_list("key", "row"):
        if planned := _simulated_meetings().get(key):
            yield by_id[pk], planned


def _visited() -> "QuerySet[Attendance, Any]":
    """Primary keys of the meetings a visitor has been in."""
    visitors = Attendance.objects.exclude(connection_id__startswith=SIMULATED_PREFIX).exclude(role=Role.ORGANISER)
    return visitors.values("meeting")


@cache
def _simulated_meetings() -> dict[str, DemoMeeting]:
    """Running and future meetings of the plan by key, without those of the main personas."""
    main_personas = {person.key for person in fair_plan().people if person.persona}
    unfinished = [meeting for meeting in fair_plan().meetings if meeting.state in ("running", "planned")]
    return {meeting.key: meeting for meeting in unfinished if not main_personas & set(participant_keys(meeting))}


def _actor(key: str) -> Actor:
    row = DemoRow.objects.get(kind=User._meta.label_lower, key=key).row
    return Actor(User.objects.get(pk=row))


def _act(meeting: Meeting, planned: DemoAttendance, name: str, attendance: Attendance | None, now: datetime) -> None:
    """The next thing this person does, if its time has come; `attendance` is that of the connection `name`, if any."""
    seconds = (now - meeting.starts_at).total_seconds()
    has_left = planned.left is not None and seconds >= planned.left
    if attendance is None:
        if seconds >= planned.entered and not has_left:
            enter(_actor(planned.person), meeting=meeting.pk, connection_id=name, now=now)
    elif attendance.left_at is None and has_left:
        leave(name, now=now)
    elif attendance.left_at is None and attendance.connected_at is None:
        _connect(meeting, planned, name, attendance, now)


def _connect(meeting: Meeting, planned: DemoAttendance, name: str, attendance: Attendance, now: datetime) -> None:
    """Reports a good connection to another person of the meeting at its planned time, if there is anybody."""
    if planned.connected is None or (now - meeting.starts_at).total_seconds() < planned.connected:
        return
    others = meeting.attendances.exclude(user=attendance.user_id)
    if peer := others.values_list("connection_id", flat=True).last():
        report_connected(_actor(planned.person), meeting=meeting.pk, connection_id=name, peer=peer, now=now)
        report_quality(name, quality=Quality(**GOOD_QUALITY), now=now)
