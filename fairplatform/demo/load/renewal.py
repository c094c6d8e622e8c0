"""Putting the demonstration back into its opening state, where the new anchor says, around what visitors did.

Whatever a visitor made or touched is kept. What lies before the running slot only moves with its day; the running
meetings and those to come are put back, unless a visitor was in them.
"""

from datetime import timedelta

from django.db.models import Count, F

from booths.models import Inquiry
from chat.models import Conversation, Message
from fairplatform.fairs.models import Slot
from fairplatform.notices.models import Notice
from meetings.models import Attendance, Meeting, MeetingRequest, Outcome, OutcomeVersion, Statement

from ..anchor import Anchor
from ..encounters import DemoMeeting
from ..grid import RUNNING
from ..shapes import Moment
from .balance import make_room, room_ahead
from .history import put_into_history
from .letters import request
from .meetings import load_attendances, load_meetings, opening
from .outcomes import touched
from .placing import Places, at
from .rows import Load

BY_THE_CLOCK = ("meeting_soon", "meeting_missed")
PUT_BACK = ("state", "missed_because", "held_at", "reminded_at")
WAITING = (MeetingRequest.State.PENDING, MeetingRequest.State.EXPIRED)


def renew(load: Load, before: Anchor) -> None:
    """Called when the slots have been moved from `before`."""
    for day in range(1, len(load.anchor.days) + 1):
        noon = Moment(day, load.plan.slots[0].start.at)
        by = load.anchor.instant(noon) - before.instant(noon)
        days = (load.anchor.days[day - 1] - before.days[day - 1]).days
        if by:
            _move_held(load, day, by, days)
            _move_inquiries(load, day, by)
    _put_back(load)
    make_room(load)
    _renew_requests(load)


def _move_held(load: Load, day: int, by: timedelta, days: int) -> None:
    """Moves what was attended and said at the meetings of a day that lie behind."""
    over = [one.key for one in load.plan.meetings if one.slot < RUNNING and one.slot.startswith(f"{day}-")]
    meetings = [load.rows.of(Meeting)[key] for key in over if key in load.rows.of(Meeting)]
    for name in ("entered_at", "connected_at", "seen_at", "left_at"):
        Attendance.objects.filter(meeting__in=meetings).update(**{name: F(name) + by})
    Meeting.objects.filter(pk__in=meetings).update(held_at=F("held_at") + by, reminded_at=F("reminded_at") + by)
    kept = touched(load)
    outcomes = [pk for key, pk in load.rows.of(Outcome).items() if key in over and key not in kept]
    Outcome.objects.filter(pk__in=outcomes).update(agreed_at=F("agreed_at") + by)
    Statement.objects.filter(outcome__in=outcomes).update(made_at=F("made_at") + by)
    versions = list(OutcomeVersion.objects.filter(outcome__in=outcomes))
    for version in versions:
        version.written_at += by
        if version.next_step_on:
            version.next_step_on += timedelta(days=days)
    OutcomeVersion.objects.bulk_update(versions, ["written_at", "next_step_on"])


def _move_inquiries(load: Load, day: int, by: timedelta) -> None:
    """Moves the inquiries of a day in which nobody but the demonstration has written."""
    lengths = {one.key: len(one.messages) for one in load.plan.inquiries if one.opened.day == day}
    rows = Inquiry.objects.filter(pk__in=[load.rows.of(Inquiry)[key] for key in lengths])
    written = dict(rows.annotate(written=Count("conversation__messages")).values_list("pk", "written"))
    same = [load.rows.of(Inquiry)[key] for key, n in lengths.items() if written[load.rows.of(Inquiry)[key]] == n]
    moved = Inquiry.objects.filter(pk__in=same)
    conversations = list(moved.values_list("conversation", flat=True))
    moved.update(opened_at=F("opened_at") + by)
    Message.objects.filter(conversation__in=conversations).update(sent_at=F("sent_at") + by)
    Conversation.objects.filter(pk__in=conversations).update(
        created_at=F("created_at") + by, last_message_at=F("last_message_at") + by
    )


def _put_back(load: Load) -> None:
    """The running meetings and those to come stand as at the first opening; what visitors held goes into the past."""
    ahead = [one for one in load.plan.meetings if one.slot >= RUNNING]
    gone, rows = put_into_history(load), load.rows.of(Meeting)
    held = [one for one in ahead if rows.get(one.key) in gone]
    left_out = [one for one in ahead if one.key not in rows]
    _reset(load, [one for one in ahead if one not in held and one not in left_out])
    load.rows.forget(Meeting, [one.key for one in held])
    load_meetings(load, Places(load).placed(_with_room(load, [*held, *left_out])))


def _with_room(load: Load, planned: list[DemoMeeting]) -> list[DemoMeeting]:
    """The running ones, and of those to come as many as are missing beside what visitors have added."""
    to_come = [one for one in planned if one.slot > RUNNING]
    return [one for one in planned if one.slot == RUNNING] + to_come[: max(0, room_ahead(load))]


def _reset(load: Load, planned: list[DemoMeeting]) -> None:
    """Puts back what only the clock and the simulation have done, wherever the meeting stands by now."""
    keys, rows = {pk: key for key, pk in load.rows.of(Slot).items()}, load.rows.of(Meeting)
    slots = dict(Meeting.objects.filter(pk__in=rows.values()).values_list("pk", "slot"))
    standing = {rows[one.key]: at(one, keys[slots[rows[one.key]]]) for one in planned}
    meetings = list(Meeting.objects.filter(pk__in=standing).exclude(state=Meeting.State.CANCELLED))
    for meeting in meetings:
        fresh = opening(load, standing[meeting.pk])
        for name in PUT_BACK:
            setattr(meeting, name, fresh[name])
    Meeting.objects.bulk_update(meetings, PUT_BACK)
    Attendance.objects.filter(meeting__in=standing).delete()
    load_attendances(load, standing.values())
    paths = [f"/fairs/{load.fair.slug}/meetings/{pk}/" for pk in standing]
    told = Notice.objects.filter(fair=load.fair, code__in=BY_THE_CLOCK, path__in=paths)
    told.exclude(pk__in=load.rows.of(Notice).values()).delete()


def _renew_requests(load: Load) -> None:
    """Those nobody has answered wait again; the one that was declined moves along."""
    planned = {load.rows.of(MeetingRequest)[one.key]: one for one in load.plan.requests}
    for row in MeetingRequest.objects.filter(pk__in=planned):
        one = planned[row.pk]
        waits = one.state == "pending" and row.state in WAITING and not _asked_anew(row)
        if waits or one.state == "declined":
            for name, value in request(load, one).items():
                setattr(row, name, value)
            row.save()


def _asked_anew(row: MeetingRequest) -> bool:
    """Whether a visitor of either company has asked the other since it expired."""
    both = (row.sender_id, row.receiver_id)
    same = MeetingRequest.objects.filter(sender__in=both, receiver__in=both, state="pending")
    return same.exclude(pk=row.pk).exists()
