"""Publishes the draft of a fair's schedule: its rows become meetings, all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from meetings.figures.publishing import publish_figures_on_commit, publish_tiles
from meetings.matching.situation import Situation
from meetings.models import Meeting, Pair, PlannedMeeting, ScheduleVersion
from meetings.pairing import common_headings
from meetings.schedule.actions.notify import notify_of_first
from meetings.schedule.actions.planning import schedule_meeting

from .attendees import Attendees
from .conflicts import Conflict, conflicts

State = ScheduleVersion.State
INTERPRETING = {
    Pair.Need.REQUIRED: Meeting.Interpreting.REQUIRED,
    Pair.Need.WELCOME: Meeting.Interpreting.WELCOME,
    Pair.Need.NONE: Meeting.Interpreting.NOT_NEEDED,
    Pair.Need.ON_CALL: Meeting.Interpreting.ON_CALL,
    Pair.Need.OWN: Meeting.Interpreting.NOT_NEEDED,
}


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
    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict


def publish_draft(fair: Fair, *, now: datetime) -> Published:
    """Its people are notified once: in an open fair now, else when it opens. Raises Refused: draft_none."""
    version = ScheduleVersion.objects.filter(fair=fair, state=State.DRAFT).first()
    if version is None:
        raise Refused("draft_none")
    try:
        return _publish(version, now)
    except _Conflicting as error:
        return Published(version, conflicts=[error.conflict])


@transaction.atomic
def _publish(draft: ScheduleVersion, now: datetime) -> Published:
    fair = Fair.objects.select_for_update().get(pk=draft.fair_id)
    version = ScheduleVersion.objects.filter(pk=draft.pk, state=State.DRAFT).first()
    if version is None:  # published or replaced meanwhile
        raise Refused("draft_none")
    rows = list(
        version.rows.filter(not_placed="").select_related("exhibitor__company", "buyer__company", "interpreter")
    )
    situation = Situation(fair, now)
    if found := conflicts(situation, rows):
        return Published(version, conflicts=found)
    attendees = Attendees(situation, rows)
    meetings = [_meeting(situation, attendees, row) for row in rows]
    version.state, version.published_at = State.PUBLISHED, now
    version.save(update_fields=["state", "published_at"])
    publish_tiles(fair, [meeting.pk for meeting in meetings], now)
    publish_figures_on_commit(fair, now)
    tell(fair, now=now)
    return Published(version, meetings, unattended=_unattended(situation, attendees, rows))


def _meeting(situation: Situation, attendees: Attendees, row: PlannedMeeting) -> Meeting:
    assert row.starts_at is not None
    try:
        meeting = schedule_meeting(
            fair=situation.fair,
            exhibitor=row.exhibitor,
            buyer=row.buyer,
            slot=situation.slots[situation.places[row.starts_at]],
            parties=attendees.of[row.pk],
            interpreter=row.interpreter,
            interpreting=INTERPRETING[Pair.Need(row.need)],
            reason={"hs": common_headings(row.exhibitor, row.buyer), "request": False},
        )
    except Refused:
        raise _Conflicting(Conflict(row, "company_busy")) from None
    row.meeting = meeting
    row.save(update_fields=["meeting"])
    return meeting


def _unattended(situation: Situation, attendees: Attendees, rows: Sequence[PlannedMeeting]) -> list[PlannedMeeting]:
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
    meetings = Meeting.objects.with_names().filter(planned__version__in=waiting, state=Meeting.State.CONFIRMED)
    notify_of_first(fair, meetings.filter(slot__starts_at__gt=now).order_by("slot__starts_at", "pk"), now=now)
    versions.filter(pk__in=waiting).update(told_at=now)
