"""Publishes the draft of a fair's schedule: its rows become meetings, all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Slot
from fairplatform.policy import load
from meetings.figures.publishing import publish_figures_on_commit, publish_tiles
from meetings.matching.between import Between
from meetings.matching.situation import Situation
from meetings.models import Meeting, Participant, PlannedMeeting, Run, ScheduleVersion
from meetings.running import OF_SCHEDULE, actor_of, refuse_while_running
from meetings.schedule.actions.notify import notify_of_first
from meetings.schedule.actions.planning import schedule_meeting
from meetings.schedule.actions.together import Rescheduling, change_together
from meetings.schedule.freezing import frozen_slots

from .attendees import Attendees
from .conflicts import Conflict, conflicts
from .named import Named
from .needs import INTERPRETING, need_of
from .planned import is_by_hand

State = ScheduleVersion.State


@dataclass(frozen=True)
class Published:
    """`conflicts`: why nothing was stored; else the version has become `meetings`.

    `unattended`: of these, those with nobody named for one of the two companies, although it has people.
    """

    version: ScheduleVersion
    meetings: Sequence[Meeting] = ()
    conflicts: Sequence[Conflict] = ()
    unattended: Sequence[PlannedMeeting] = ()


class _Conflicting(Exception):
    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        self.conflicts = conflicts


def publish_draft(
    fair: Fair, *, now: datetime, actor: Actor | None = None, seen: str | None = None, over: bool = False
) -> Published:
    """Its people are notified once: in an open fair now, else when it opens.

    Of a draft that was made of what is published, the meetings move, or are cancelled. `seen`: the `stamp` of the draft
    that was looked at. `over`: also where companies get more meetings than they may have, of which the organiser was
    told. Raises Refused: draft_none, draft_changed, schedule_running, and what loading raises.
    """
    if actor:
        load(Fair, actor, "schedule.publish", pk=fair.pk)
    version = ScheduleVersion.objects.filter(fair=fair, state=State.DRAFT).first()
    if version is None:
        raise Refused("draft_none")
    try:
        return _publish(version, now, actor, seen, over)
    except _Conflicting as error:
        return Published(version, conflicts=error.conflicts)


def stamp(version: ScheduleVersion) -> str:
    """Other whenever something in the draft has changed."""
    return f"{version.pk}-{version.rows.aggregate(all=Sum('revision'))['all'] or 0}"


@transaction.atomic
def _publish(draft: ScheduleVersion, now: datetime, actor: Actor | None, seen: str | None, over: bool) -> Published:
    fair = Fair.objects.select_for_update().get(pk=draft.fair_id)
    version = ScheduleVersion.objects.filter(pk=draft.pk, state=State.DRAFT).first()
    if version is None:  # published or replaced meanwhile
        raise Refused("draft_none")
    refuse_while_running(fair, OF_SCHEDULE)
    if seen is not None and seen != stamp(version):
        raise Refused("draft_changed")
    rows, situation = placed_rows(version), situation_of(version, now)
    found = [*conflicts(situation, rows), *changed_since(version), *frozen_since(version, now), *people_busy(version)]
    if found and not (over and is_over_only(found)):
        return Published(version, conflicts=found)
    _change_published(version, situation, rows, actor, now)
    new = [row for row in rows if row.existing is None]
    attendees = Attendees(situation_of(version, now, is_whole=True), new)
    between = Between(fair, {key for row in new for key in (row.exhibitor_id, row.buyer_id)}, now)
    meetings = [_meeting(situation, attendees, between, row) for row in new]
    version.state, version.published_at = State.PUBLISHED, now
    version.save(update_fields=["state", "published_at"])
    if actor:
        write_audit_entry(actor, "schedule.publish", version, after={"meetings": len(rows), "over": len(found)})
    publish_tiles(fair, [meeting.pk for meeting in meetings], now)
    publish_figures_on_commit(fair, now)
    tell(fair, now=now)
    return Published(version, meetings, unattended=left_unattended(situation, attendees, new))


def is_over_only(found: Sequence[Conflict]) -> bool:
    """Whether organisers may publish all the same: nothing but ceilings is against it."""
    return {one.code for one in found} == {"ceiling"}


def placed_rows(version: ScheduleVersion) -> list[PlannedMeeting]:
    related = ("exhibitor__company", "buyer__company", "interpreter", "existing__slot")
    return list(version.rows.filter(not_placed="").select_related(*related))


def situation_of(version: ScheduleVersion, now: datetime, *, is_whole: bool = False) -> Situation:
    """Without the meetings that the version plans again, unless it is `is_whole`."""
    existing = version.rows.exclude(existing=None).values_list("existing", flat=True)
    return Situation(version.fair, now, [] if is_whole else list(existing))


def changed_since(version: ScheduleVersion) -> list[Conflict]:
    """The published meetings that are not as they were when the draft was made of them."""
    rows = version.rows.exclude(existing=None).select_related("exhibitor__company", "buyer__company", "existing__slot")
    return [Conflict(row, "meeting_changed") for row in rows if row.existing and _is_changed(row, row.existing)]


def _is_changed(row: PlannedMeeting, meeting: Meeting) -> bool:
    is_other = meeting.state != Meeting.State.CONFIRMED or meeting.starts_at != row.was_at
    return is_other or need_of(meeting) != row.need


def frozen_since(version: ScheduleVersion, now: datetime) -> list[Conflict]:
    """The published meetings that the draft moves or cancels without a person having moved them, and whose day, or that
    to which they go, is frozen by now."""
    if version.fair.state == Fair.State.DRAFT:
        return []
    frozen = frozen_slots(version.fair, now)
    times = set(Slot.objects.filter(pk__in=frozen).values_list("starts_at", flat=True))
    rows = version.rows.exclude(existing=None).select_related("exhibitor__company", "buyer__company", "existing__slot")
    return [
        Conflict(row, "frozen")
        for row in rows
        if row.existing
        and row.starts_at != row.was_at
        and not is_by_hand(row)
        and (row.existing.slot_id in frozen or row.starts_at in times)
    ]


def people_busy(version: ScheduleVersion) -> list[Conflict]:
    """The meetings that move to a time at which somebody who is named for them has another."""
    named = Named(version)
    rows = version.rows.exclude(existing=None).select_related("exhibitor__company", "buyer__company")
    return [
        Conflict(row, "people_busy")
        for row in rows
        if row.starts_at and row.starts_at != row.was_at and named.busy(row, row.starts_at)
    ]


def _change_published(
    version: ScheduleVersion,
    situation: Situation,
    rows: Sequence[PlannedMeeting],
    actor: Actor | None,
    now: datetime,
) -> None:
    again = [row for row in rows if row.existing_id]
    gone = list(version.rows.exclude(existing=None).exclude(not_placed=""))
    if not again and not gone:
        return
    names = {
        one.meeting_id: one.user_id
        for one in Participant.objects.filter(meeting__in=[row.existing_id for row in again], side="")
    }
    changes = [
        Rescheduling(row.existing_id, situation.slots[situation.places[row.starts_at]], row.interpreter)
        for row in again
        if row.existing_id
        and row.starts_at
        and (row.starts_at != row.was_at or row.interpreter_id != names.get(row.existing_id))
    ]
    by_meeting = {row.existing_id: row for row in again}
    try:
        change_together(
            actor or _whoever_made(version),
            cancelled=[row.existing_id for row in gone if row.existing_id],
            changes=changes,
            now=now,
            is_told=version.fair.state == Fair.State.OPEN,
        )
    except Refused as refused:
        if refused.code != "slot_taken":
            raise
        raise _Conflicting([Conflict(by_meeting[one.meeting], "people_busy") for one in changes]) from None
    # The rows of the version that was published before no longer say when these meetings are.
    PlannedMeeting.objects.filter(meeting__in=by_meeting).update(meeting=None)
    for row in again:
        row.meeting = row.existing
    PlannedMeeting.objects.bulk_update(again, ["meeting"])


def _whoever_made(version: ScheduleVersion) -> Actor:
    """For `manage.py publish`: only a run makes a draft of what is published."""
    return actor_of(Run.objects.select_related("user", "on_behalf_of").filter(fair=version.fair, version=version)[0])


def _meeting(situation: Situation, attendees: Attendees, between: Between, row: PlannedMeeting) -> Meeting:
    assert row.starts_at is not None
    try:
        meeting = schedule_meeting(
            fair=situation.fair,
            exhibitor=row.exhibitor,
            buyer=row.buyer,
            slot=situation.slots[situation.places[row.starts_at]],
            parties=attendees.of[row.pk],
            interpreter=row.interpreter,
            interpreting=INTERPRETING[row.need],
            reason=between.reason(row.exhibitor_id, row.buyer_id),
        )
    except Refused:
        raise _Conflicting([Conflict(row, "company_busy")]) from None
    row.meeting = meeting
    row.save(update_fields=["meeting"])
    return meeting


def left_unattended(situation: Situation, attendees: Attendees, rows: Sequence[PlannedMeeting]) -> list[PlannedMeeting]:
    """A company that has named no people at all is told in the office."""
    staff = situation.free.staff
    return [
        row
        for row in rows
        if sum(bool(staff[key]) for key in (row.exhibitor_id, row.buyer_id))
        > len({side for _person, side in attendees.of[row.pk]})
    ]


@transaction.atomic
def tell(fair: Fair, *, now: datetime) -> None:
    """Notifies the people of published versions who have not been told, if the fair is open. Idempotent."""
    if fair.state != Fair.State.OPEN:
        return
    versions = ScheduleVersion.objects.select_for_update().filter(fair=fair, state=State.PUBLISHED, told_at=None)
    waiting = list(versions.order_by("number").values_list("pk", flat=True))
    meetings = Meeting.objects.with_names().filter(
        planned__version__in=waiting, planned__existing=None, state=Meeting.State.CONFIRMED
    )
    notify_of_first(fair, meetings.filter(slot__starts_at__gt=now).order_by("slot__starts_at", "pk"), now=now)
    versions.filter(pk__in=waiting).update(told_at=now)
