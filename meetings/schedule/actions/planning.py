"""Placing meetings in slots, moving and cancelling them. Nothing double: see `bookings.book`."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from chat.actions import add_members, open_conversation
from fairplatform.accounts.actor import Actor, audit
from fairplatform.accounts.models import AuditEntry, User
from fairplatform.accounts.pace import shared
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation, Slot
from fairplatform.policy import Role, load
from meetings.call import actions as room
from meetings.models import Meeting, Participant
from meetings.models.meeting import Side
from meetings.schedule.availability import Availability

from . import bookings
from .notify import notify_participants, publish_changes

MOVES, MOVES_WITHIN = 6, timedelta(hours=1)  # of one meeting by its companies


@transaction.atomic
def schedule_meeting(
    *,
    fair: Fair,
    exhibitor: Participation,
    buyer: Participation,
    slot: Slot,
    parties: Sequence[tuple[User, Side]],
    interpreter: User | None,
    interpreting: str,
    reason: dict[str, Any],
) -> Meeting:
    """A confirmed meeting with its conversation, people and bookings; raises Refused("slot_taken")."""
    meeting = Meeting.objects.create(
        fair=fair,
        exhibitor=exhibitor,
        buyer=buyer,
        slot=slot,
        interpreting=interpreting,
        reason=reason,
        conversation=open_conversation(fair=fair),
    )
    _name(meeting, parties, interpreter)
    bookings.book(meeting, (person.pk for person in [*(person for person, _side in parties), interpreter] if person))
    return meeting


def _name(meeting: Meeting, parties: Sequence[tuple[User, Side]], interpreter: User | None) -> None:
    """Names people for a meeting and lets them into its conversation, each for as long as they are what they are."""
    named = [Participant(meeting=meeting, user=person, role=Role.PARTY, side=side) for person, side in parties]
    if interpreter:
        named.append(Participant(meeting=meeting, user=interpreter, role=Role.INTERPRETER))
        add_members(meeting.conversation, [interpreter], role=Role.INTERPRETER)
    Participant.objects.bulk_create(named)
    for side, company in ((Side.EXHIBITOR, meeting.exhibitor_id), (Side.BUYER, meeting.buyer_id)):
        ours = [person for person, where in parties if where == side]
        add_members(meeting.conversation, ours, participation=company)


def free_slots(
    fair: Fair, exhibitor: Participation, buyer: Participation, *, now: datetime, limit: int | None = None
) -> list[Slot]:
    """The slots to come in which both companies are at work and have a desk and somebody to sit at it."""
    both = Availability(fair, (exhibitor, buyer))
    return [slot for slot in both.slots(after=now) if both.is_free(slot)][:limit]


@transaction.atomic
def cancel(actor: Actor, *, meeting: int, now: datetime, because: str = "") -> Meeting:
    """Gives up a meeting that has not begun, and frees everything it had taken."""
    found: Meeting = load(Meeting, actor, "meeting.cancel", lock=True, pk=meeting)
    if now >= found.starts_at:
        raise Refused("not_now")
    found.state, found.cancelled_because = Meeting.State.CANCELLED, because
    found.save(update_fields=["state", "cancelled_because"])
    found.bookings.all().delete()
    room.clear(found, now=now)
    audit(actor, "meeting.cancel", found, after={"because": because})
    notify_participants(found, "meeting_cancelled", now=now, but=[actor.user.pk])
    publish_changes(found, now)
    return found


@transaction.atomic
def move(actor: Actor, *, meeting: int, slot: int, now: datetime) -> Meeting:
    """Puts a meeting that has not begun into another slot, with everybody named for it, or leaves it as it was."""
    found: Meeting = load(Meeting, actor, "meeting.move", lock=True, pk=meeting)
    target = found.fair.slots.filter(pk=slot).first()
    if target is None:
        raise Refused("not_found")
    if now >= found.starts_at or now >= target.starts_at:
        raise Refused("slot_past")
    before = found.slot
    if target == before:
        return found
    _check_pace(actor, found, now)
    bookings.rebook(found, target)
    found.slot, found.moved_from = target, before
    found.save(update_fields=["slot", "moved_from"])
    room.clear(found, now=now)
    audit(actor, "meeting.move", found, before={"slot": before.number}, after={"slot": target.number})
    # Who has not read of the last move need not read of it: only the time that holds now matters.
    notify_participants(found, "meeting_moved", now=now, but=[actor.user.pk], overtakes=("meeting_moved",))
    publish_changes(found, now)
    return found


def _check_pace(actor: Actor, meeting: Meeting, now: datetime) -> None:
    """The companies may move a meeting anew, but each time is a letter to all others; organisers may as they must."""
    if Role.ORGANISER in meeting.roles_of(actor.user):
        return
    moves = AuditEntry.objects.filter(fair=meeting.fair_id, permission="meeting.move", at__gt=now - MOVES_WITHIN)
    if moves.filter(object=f"{meeting._meta.label_lower}:{meeting.pk}").count() >= shared(actor.user, MOVES):
        raise Refused("too_fast")
