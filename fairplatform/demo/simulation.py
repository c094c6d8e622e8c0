"""The people of the demonstration at their meetings: they come, are connected, and leave, as far as the hour goes.

They do so by the same actions as everybody. Where a visitor sits down at the table they go, for they cannot answer
them; an organiser who looks in finds them there. The meetings of the people one enters as wait for their visitor.
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

from .attending import script
from .encounters import DemoAttendance, DemoMeeting
from .load.meetings import GOOD, SIMULATED, connection, seats
from .models import DemoRow
from .plan import SEED, plan

COME_BEFORE = timedelta(minutes=5)
HEARD_EVERY = timedelta(seconds=15)


def keep_alive(now: datetime) -> None:
    """Those who are simulated are heard of while their meeting runs."""
    here = Attendance.objects.filter(left_at=None, connection_id__startswith=SIMULATED, seen_at__lt=now - HEARD_EVERY)
    # Read before and not within the update: PostgreSQL, as long as it takes these tables for empty, asked the one once
    # for each pair of rows of the others, which took twenty seconds.
    running = list(here.filter(meeting__slot__ends_at__gt=now).values_list("pk", flat=True))
    Attendance.objects.filter(pk__in=running).update(seen_at=now)


def make_way(now: datetime) -> None:
    """Those who are simulated leave a table at which a visitor sits."""
    here = Attendance.objects.filter(left_at=None, connection_id__startswith=SIMULATED, meeting__in=_visited())
    for name in here.values_list("connection_id", flat=True):
        leave(name, now=now)


def play(now: datetime) -> None:
    """Each person does what is due."""
    for meeting, planned in _meetings(now):
        sitting = {row.connection_id: row for row in meeting.attendances.all()}
        for row in script(planned, SEED):
            name = connection(planned, row.person)
            with suppress(Refused):
                _act(meeting, row, name, sitting.get(name), now)


def _meetings(now: datetime) -> Iterator[tuple[Meeting, DemoMeeting]]:
    """The demonstration's meetings whose people are about, each with its plan."""
    rows = Meeting.objects.filter(slot__starts_at__lte=now + COME_BEFORE, slot__ends_at__gt=now)
    rows = rows.filter(state__in=(Meeting.State.CONFIRMED, Meeting.State.HELD)).exclude(pk__in=_visited())
    found = {meeting.pk: meeting for meeting in rows.select_related("slot").prefetch_related("attendances")}
    keys = DemoRow.objects.filter(kind=Meeting._meta.label_lower, row__in=found)
    for key, pk in keys.values_list("key", "row"):
        if planned := _played().get(key):
            yield found[pk], planned


def _visited() -> "QuerySet[Attendance, Any]":
    """Meetings at whose table a visitor has sat."""
    visitors = Attendance.objects.exclude(connection_id__startswith=SIMULATED).exclude(role=Role.ORGANISER)
    return visitors.values("meeting")


@cache
def _played() -> dict[str, DemoMeeting]:
    """The plan's meetings still to be attended, without those of the people one enters as."""
    doors = {person.key for person in plan().people if person.door}
    open_ones = [one for one in plan().meetings if one.state in ("running", "planned")]
    return {one.key: one for one in open_ones if not doors & set(seats(one))}


def _actor(key: str) -> Actor:
    row = DemoRow.objects.get(kind=User._meta.label_lower, key=key).row
    return Actor(User.objects.get(pk=row))


def _act(meeting: Meeting, row: DemoAttendance, name: str, seat: Attendance | None, now: datetime) -> None:
    """The next thing this person does, if its time has come; `seat` is where they sit or sat."""
    into = (now - meeting.starts_at).total_seconds()
    left = row.left is not None and into >= row.left
    if seat is None:
        if into >= row.entered and not left:
            enter(_actor(row.person), meeting=meeting.pk, connection_id=name, now=now)
    elif seat.left_at is None and left:
        leave(name, now=now)
    elif seat.left_at is None and seat.connected_at is None and row.connected is not None and into >= row.connected:
        others = meeting.attendances.exclude(user=seat.user_id)
        if peer := others.values_list("connection_id", flat=True).last():
            report_connected(_actor(row.person), meeting=meeting.pk, connection_id=name, peer=peer, now=now)
            report_quality(name, quality=Quality(**GOOD), now=now)
