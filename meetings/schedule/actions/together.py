"""Changes of many meetings at once, as a new version of the schedule brings them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Slot
from fairplatform.policy import Role, load
from meetings.models import Booking, Meeting

from . import bookings
from .interpreters import dismiss, seat, tell_interpreters
from .notify import notify_participants, publish_changes
from .planning import record_cancellation, record_move


@dataclass(frozen=True)
class Rescheduling:
    """Where a meeting goes, which may be where it is, and who interprets it then."""

    meeting: int
    slot: Slot
    interpreter: User | None


@transaction.atomic
def change_together(
    actor: Actor, *, cancelled: Sequence[int], changes: Sequence[Rescheduling], now: datetime, is_told: bool
) -> None:
    """Cancels and moves meetings; two of them may change places. All of it or nothing.

    `is_told`: whether their people know them yet, and hear of the changes. Raises Refused: slot_past, slot_taken, and
    what loading raises.
    """
    for pk in sorted(cancelled):
        _cancel(actor, load(Meeting, actor, "meeting.cancel", lock=True, pk=pk), now, is_told=is_told)
    ordered = sorted(changes, key=lambda change: change.meeting)
    loaded = [load(Meeting, actor, "meeting.move", lock=True, pk=change.meeting) for change in ordered]
    Booking.objects.filter(meeting__in=loaded).delete()
    for meeting, change in zip(loaded, ordered, strict=True):
        _change(actor, meeting, change, now, is_told=is_told)


def _cancel(actor: Actor, meeting: Meeting, now: datetime, *, is_told: bool) -> None:
    _check_ahead(meeting, meeting.slot, now)
    record_cancellation(actor, meeting, now=now)
    if is_told:
        notify_participants(meeting, "meeting_cancelled", now=now, exclude=[actor.user.pk])
    publish_changes(meeting, now)


def _change(actor: Actor, meeting: Meeting, change: Rescheduling, now: datetime, *, is_told: bool) -> None:
    _check_ahead(meeting, change.slot, now)
    is_moved = change.slot != meeting.slot
    gone, new = _interpreted_by(meeting, change.interpreter, now)
    if is_moved:
        record_move(actor, meeting, change.slot, now=now)
    elif gone or new:
        meeting.save(update_fields=meeting.revise(now))
    bookings.book(meeting, meeting.participants.values_list("user", flat=True))
    if is_told:
        tell_interpreters(meeting, gone, "interpreter_released", now=now)
        tell_interpreters(meeting, new, "interpreter_appointed", now=now)
        if is_moved:
            others = [actor.user.pk, *(person.pk for person in new)]
            notify_participants(meeting, "meeting_moved", now=now, exclude=others, supersedes=("meeting_moved",))
    publish_changes(meeting, now)


def _interpreted_by(meeting: Meeting, interpreter: User | None, now: datetime) -> tuple[list[User], list[User]]:
    """Names another interpreter, if it is another: who no longer interprets, and who does now."""
    own = [one.user for one in meeting.participants.filter(role=Role.INTERPRETER).select_related("user")]
    gone = [person for person in own if person != interpreter]
    new = [interpreter] if interpreter is not None and interpreter not in own else []
    dismiss(meeting, [person.pk for person in gone], now=now)
    for person in new:
        seat(meeting, person)
    return gone, new


def _check_ahead(meeting: Meeting, target: Slot, now: datetime) -> None:
    """In a draft fair nothing is past."""
    if meeting.fair.state != "draft" and min(meeting.starts_at, target.starts_at) <= now:
        raise Refused("slot_past")
