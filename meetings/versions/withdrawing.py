"""Takes a published version back, or discards a draft."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.notices.actions import notify
from fairplatform.policy import load
from meetings.figures.publishing import publish_figures_on_commit, publish_tiles
from meetings.models import Meeting, Participant, PlannedMeeting, ScheduleVersion
from meetings.running import OF_SCHEDULE, refuse_while_running
from meetings.schedule.actions.planning import record_cancellation

from .planned import book_planned

State = ScheduleVersion.State


@transaction.atomic
def discard_draft(actor: Actor, *, fair: int) -> None:
    """Raises Refused: draft_none, schedule_running, and what loading raises."""
    loaded: Fair = load(Fair, actor, "schedule.plan", lock=True, pk=fair)
    refuse_while_running(loaded, OF_SCHEDULE)
    draft = ScheduleVersion.objects.filter(fair=loaded, state=State.DRAFT).first()
    if draft is None:
        raise Refused("draft_none")
    write_audit_entry(actor, "schedule.plan", draft, after={"discarded": draft.number})
    draft.delete()


@transaction.atomic
def unpublish(actor: Actor, *, fair: int, number: int, now: datetime) -> ScheduleVersion:
    """Cancels the meetings of a version, which is a draft again; its people are told, once each, if they knew.

    A meeting that was moved since is planned for where it is now; one that was cancelled has no time any more. Raises
    Refused: not_found, draft_exists, published_begun, schedule_running, and what loading raises.
    """
    loaded: Fair = load(Fair, actor, "schedule.publish", lock=True, pk=fair)
    refuse_while_running(loaded, OF_SCHEDULE)
    version = ScheduleVersion.objects.filter(fair=loaded, number=number, state=State.PUBLISHED).first()
    if version is None:
        raise Refused("not_found")
    if ScheduleVersion.objects.filter(fair=loaded, state=State.DRAFT).exists():
        raise Refused("draft_exists")
    meetings = list(Meeting.objects.with_names().select_for_update(of=("self",)).filter(planned__version=version))
    if any(has_begun(meeting, now) for meeting in meetings):
        raise Refused("published_begun")
    _plan_again(version, meetings)
    _cancel(actor, version, meetings, now)
    write_audit_entry(actor, "schedule.publish", version, after={"unpublished": len(meetings)})
    publish_figures_on_commit(loaded, now)
    return version


def has_begun(meeting: Meeting, now: datetime) -> bool:
    """In a draft fair nothing has."""
    if meeting.state == Meeting.State.CANCELLED:
        return False
    is_over = meeting.state != Meeting.State.CONFIRMED
    return is_over or (meeting.fair.state != Fair.State.DRAFT and meeting.starts_at <= now)


def _plan_again(version: ScheduleVersion, meetings: Sequence[Meeting]) -> None:
    """The rows as the meetings are by now. Those of the pairs without a meeting stay as they are."""
    interpreters = dict(Participant.objects.filter(meeting__in=meetings, side="").values_list("meeting", "user"))
    rows = {row.meeting_id: row for row in version.rows.exclude(meeting=None)}
    for meeting in meetings:
        row = rows[meeting.pk]
        if meeting.state == Meeting.State.CANCELLED:
            row.starts_at, row.ends_at, row.interpreter_id, row.not_placed = None, None, None, "cancelled"
        else:
            row.starts_at, row.ends_at = meeting.slot.starts_at, meeting.slot.ends_at
            row.interpreter_id = interpreters.get(meeting.pk)
        row.meeting = None
    fields = ["starts_at", "ends_at", "interpreter", "not_placed", "meeting"]
    PlannedMeeting.objects.bulk_update(rows.values(), fields)
    version.rows.filter(not_placed="").update(was_at=None, existing=None)
    version.rows.exclude(existing=None).delete()  # those that it cancelled
    version.state, version.published_at, version.told_at = State.DRAFT, None, None
    version.save(update_fields=["state", "published_at", "told_at"])
    book_planned(version)


def _cancel(actor: Actor, version: ScheduleVersion, meetings: Sequence[Meeting], now: datetime) -> None:
    left = [meeting for meeting in meetings if meeting.state == Meeting.State.CONFIRMED]
    people = User.objects.filter(pk__in=Participant.objects.filter(meeting__in=left).values("user"))
    told = list(people) if version.fair.state == Fair.State.OPEN else []
    for meeting in left:
        record_cancellation(actor, meeting, now=now)
    notify(
        told,
        fair=version.fair,
        code="schedule_withdrawn",
        parameters={},
        path=reverse("meetings:day", args=[version.fair.slug]),
        now=now,
        supersedes=("schedule_published",),
    )
    publish_tiles(version.fair, [meeting.pk for meeting in left], now)
