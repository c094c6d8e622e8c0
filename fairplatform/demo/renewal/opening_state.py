"""Restores the opening state at a new anchor.

Whatever a visitor made or changed stays. What is before the running slot only moves with its day; running and later
meetings get the state, the attendances and the slot they had at the first opening, unless a visitor was in them.
"""

from datetime import timedelta

from django.db.models import Count, F
from django.urls import reverse

from booths.models import Inquiry
from chat.models import Conversation, Message
from fairplatform.fairs.models import Slot
from fairplatform.notices.models import Notice
from meetings.models import Attendance, Meeting, MeetingRequest, Outcome, OutcomeVersion, Satisfaction, Statement

from ..anchor import Anchor
from ..loader.meetings import load_attendances, load_meetings, opening_fields
from ..loader.outcomes import changed_by_visitors
from ..loader.requests_and_inquiries import request_fields
from ..loader.rows import LoaderRun
from ..plan.entities import Moment
from ..plan.events import DemoMeeting
from ..plan.slots import RUNNING_SLOT
from .meeting_counts import missing_after_running, remove_surplus_meetings
from .placement import Placement, in_slot
from .visitor_meetings import move_visitor_meetings_to_past

NOTICES_OF_CLOCK = ("meeting_soon", "meeting_missed")
RESTORED_FIELDS = ("state", "missed_because", "held_at", "reminded_at")
UNANSWERED = (MeetingRequest.State.PENDING, MeetingRequest.State.EXPIRED)


def restore_opening_state(run: LoaderRun, previous: Anchor) -> None:
    """Restores everything but days and slots, which are at the new anchor already; `previous` is where they were."""
    for day in range(1, len(run.anchor.days) + 1):
        morning = Moment(day, run.plan.slots[0].start.at)
        by = run.anchor.instant(morning) - previous.instant(morning)
        days = (run.anchor.days[day - 1] - previous.days[day - 1]).days
        if by:
            _move_past_meetings(run, day, by, days)
            _move_inquiries(run, day, by)
    _restore_meetings(run)
    remove_surplus_meetings(run)
    _restore_requests(run)


def _move_past_meetings(run: LoaderRun, day: int, by: timedelta, days: int) -> None:
    """Moves the times of attendances, outcomes and statements of a day's meetings before the running slot."""
    past = [meeting for meeting in run.plan.meetings if meeting.slot < RUNNING_SLOT]
    keys = [meeting.key for meeting in past if meeting.slot.startswith(f"{day}-")]
    meetings = [run.rows.ids(Meeting)[key] for key in keys if key in run.rows.ids(Meeting)]
    for name in ("entered_at", "connected_at", "seen_at", "left_at"):
        Attendance.objects.filter(meeting__in=meetings).update(**{name: F(name) + by})
    Meeting.objects.filter(pk__in=meetings).update(held_at=F("held_at") + by, reminded_at=F("reminded_at") + by)
    changed = changed_by_visitors(run)
    outcomes = [pk for key, pk in run.rows.ids(Outcome).items() if key in keys and key not in changed]
    Outcome.objects.filter(pk__in=outcomes).update(agreed_at=F("agreed_at") + by)
    Statement.objects.filter(outcome__in=outcomes).update(made_at=F("made_at") + by)
    answers = Satisfaction.objects.filter(pk__in=run.rows.ids(Satisfaction).values(), meeting__in=meetings)
    answers.update(made_at=F("made_at") + by)
    versions = list(OutcomeVersion.objects.filter(outcome__in=outcomes))
    for version in versions:
        version.written_at += by
        if version.next_step_on:
            version.next_step_on += timedelta(days=days)
    OutcomeVersion.objects.bulk_update(versions, ["written_at", "next_step_on"])


def _move_inquiries(run: LoaderRun, day: int, by: timedelta) -> None:
    """Moves the times of a day's inquiries, but not of those in which a visitor has written."""
    rows = run.rows.ids(Inquiry)
    lengths = {rows[one.key]: len(one.messages) for one in run.plan.inquiries if one.opened.day == day}
    counted = Inquiry.objects.filter(pk__in=lengths).annotate(written=Count("conversation__messages"))
    unchanged = [pk for pk, written in counted.values_list("pk", "written") if written == lengths[pk]]
    moved = Inquiry.objects.filter(pk__in=unchanged)
    conversations = list(moved.values_list("conversation", flat=True))
    moved.update(opened_at=F("opened_at") + by)
    Message.objects.filter(conversation__in=conversations).update(sent_at=F("sent_at") + by)
    Conversation.objects.filter(pk__in=conversations).update(
        created_at=F("created_at") + by, last_message_at=F("last_message_at") + by
    )


def _restore_meetings(run: LoaderRun) -> None:
    """Resets running and later meetings, and loads again those that are missing or have become a visitor's."""
    ahead = [meeting for meeting in run.plan.meetings if meeting.slot >= RUNNING_SLOT]
    moved, rows = move_visitor_meetings_to_past(run), run.rows.ids(Meeting)
    of_visitors = [meeting for meeting in ahead if rows.get(meeting.key) in moved]
    missing = [meeting for meeting in ahead if meeting.key not in rows]
    _reset(run, [meeting for meeting in ahead if meeting not in of_visitors and meeting not in missing])
    run.rows.forget(Meeting, [meeting.key for meeting in of_visitors])
    load_meetings(run, Placement(run).assign_slots(_as_many_as_planned(run, [*of_visitors, *missing])))


def _as_many_as_planned(run: LoaderRun, meetings: list[DemoMeeting]) -> list[DemoMeeting]:
    """All the running ones, and of the later ones as many as are missing beside those that visitors have added."""
    running = [meeting for meeting in meetings if meeting.slot == RUNNING_SLOT]
    later = [meeting for meeting in meetings if meeting.slot > RUNNING_SLOT]
    return running + later[: max(0, missing_after_running(run))]


def _reset(run: LoaderRun, planned: list[DemoMeeting]) -> None:
    """Undoes what only the clock and the simulation have done, in whatever slot the meeting is by now."""
    keys, rows = {pk: key for key, pk in run.rows.ids(Slot).items()}, run.rows.ids(Meeting)
    slots = dict(Meeting.objects.filter(pk__in=rows.values()).values_list("pk", "slot"))
    by_row = {rows[meeting.key]: in_slot(meeting, keys[slots[rows[meeting.key]]]) for meeting in planned}
    meetings = list(Meeting.objects.filter(pk__in=by_row).exclude(state=Meeting.State.CANCELLED))
    for meeting in meetings:
        fields = opening_fields(run, by_row[meeting.pk])
        for name in RESTORED_FIELDS:
            setattr(meeting, name, fields[name])
    Meeting.objects.bulk_update(meetings, RESTORED_FIELDS)
    Attendance.objects.filter(meeting__in=by_row).delete()
    load_attendances(run, by_row.values())
    paths = [reverse("meetings:meeting", args=[run.fair.slug, pk]) for pk in by_row]
    of_clock = Notice.objects.filter(fair=run.fair, code__in=NOTICES_OF_CLOCK, path__in=paths)
    of_clock.exclude(pk__in=run.rows.ids(Notice).values()).delete()


def _restore_requests(run: LoaderRun) -> None:
    """Makes unanswered requests pending again, and moves the declined one."""
    planned = {run.rows.ids(MeetingRequest)[request.key]: request for request in run.plan.requests}
    for row in MeetingRequest.objects.filter(pk__in=planned):
        request = planned[row.pk]
        is_pending = request.state == "pending" and row.state in UNANSWERED and not _has_newer_request(row)
        if is_pending or request.state == "declined":
            for name, value in request_fields(run, request).items():
                setattr(row, name, value)
            row.save()


def _has_newer_request(row: MeetingRequest) -> bool:
    """Whether a visitor of one company has made another request to the other company."""
    both = (row.sender_id, row.receiver_id)
    pending = MeetingRequest.objects.filter(sender__in=both, receiver__in=both, state="pending")
    return pending.exclude(pk=row.pk).exists()
