"""Scheduling, moving and cancelling meetings. `bookings.book` prevents double booking."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from chat.actions import add_members, open_conversation
from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import AuditEntry, User
from fairplatform.accounts.rate_limits import limit_for
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation, Slot
from fairplatform.policy import Role, load
from meetings.call.actions import end_connections
from meetings.models import Meeting, Participant
from meetings.models.meeting import MatchReason, Side

from ..availability import Availability
from ..interpreters import Interpreters, interpreters_of
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
    reason: MatchReason,
) -> Meeting:
    """Creates a confirmed meeting with its conversation, participants and bookings; raises Refused("slot_taken")."""
    meeting = Meeting.objects.create(
        fair=fair,
        exhibitor=exhibitor,
        buyer=buyer,
        slot=slot,
        interpreting=interpreting,
        reason=reason,
        conversation=open_conversation(fair=fair),
    )
    _add_participants(meeting, parties, interpreter)
    bookings.book(meeting, (person.pk for person in [*(person for person, _side in parties), interpreter] if person))
    return meeting


def _add_participants(meeting: Meeting, parties: Sequence[tuple[User, Side]], interpreter: User | None) -> None:
    """Names people as participants and adds them to the conversation, each in the role that their access depends on."""
    named = [Participant(meeting=meeting, user=person, role=Role.PARTY, side=side) for person, side in parties]
    if interpreter:
        named.append(Participant(meeting=meeting, user=interpreter, role=Role.INTERPRETER))
        add_members(meeting.conversation, [interpreter], role=Role.INTERPRETER)
    Participant.objects.bulk_create(named)
    for side, company in ((Side.EXHIBITOR, meeting.exhibitor_id), (Side.BUYER, meeting.buyer_id)):
        own = [person for person, of_side in parties if of_side == side]
        add_members(meeting.conversation, own, participation=company)


@transaction.atomic
def cancel(actor: Actor, *, meeting: int, now: datetime, because: str = "") -> Meeting:
    """Cancels a meeting that has not begun and deletes its bookings.

    Raises Refused: not_now, and what loading raises.
    """
    loaded: Meeting = load(Meeting, actor, "meeting.cancel", lock=True, pk=meeting)
    if now >= loaded.starts_at:
        raise Refused("not_now")
    record_cancellation(actor, loaded, now=now, because=because)
    notify_participants(loaded, "meeting_cancelled", now=now, exclude=[actor.user.pk])
    publish_changes(loaded, now)
    return loaded


def record_cancellation(actor: Actor, loaded: Meeting, *, now: datetime, because: str = "") -> None:
    """What a cancellation is, but for telling anybody."""
    loaded.state, loaded.cancelled_because = Meeting.State.CANCELLED, because
    loaded.save(update_fields=["state", "cancelled_because", *loaded.revise(now)])
    loaded.bookings.all().delete()
    end_connections(loaded, now=now)
    write_audit_entry(actor, "meeting.cancel", loaded, after={"because": because})


@transaction.atomic
def move(actor: Actor, *, meeting: int, slot: int, now: datetime) -> Meeting:
    """Moves a meeting that has not begun, and all its bookings, to another slot; all of it or nothing.

    To a time at which its interpreter may work; if its companies move it, one within their working hours that is not
    kept free. Raises Refused: not_found, slot_past, slot_taken, slot_outside_hours, slot_reserved, interpreter_absent,
    interpreter_rest, interpreter_minutes, too_fast, and what loading raises.
    """
    loaded: Meeting = load(Meeting, actor, "meeting.move", lock=True, pk=meeting)
    target = loaded.fair.slots.select_related("day").filter(pk=slot).first()
    if target is None:
        raise Refused("not_found")
    if now >= loaded.starts_at or now >= target.starts_at:
        raise Refused("slot_past")
    if target == loaded.slot:
        return loaded
    _check_pace(actor, loaded, now)
    _check_time(actor, loaded, target)
    _check_interpreters(loaded, target)
    bookings.rebook(loaded, target)
    record_move(actor, loaded, target, now=now)
    # Replaces unread notices of earlier moves: only the newest time matters.
    notify_participants(loaded, "meeting_moved", now=now, exclude=[actor.user.pk], supersedes=("meeting_moved",))
    publish_changes(loaded, now)
    return loaded


def record_move(actor: Actor, loaded: Meeting, target: Slot, *, now: datetime) -> None:
    """What a move is besides its bookings, but for telling anybody: the slot, and the audit log, by which the calendar
    files count."""
    before = loaded.slot
    loaded.slot, loaded.moved_from, loaded.by_telephone = target, before, False
    loaded.save(update_fields=["slot", "moved_from", "by_telephone", *loaded.revise(now)])
    end_connections(loaded, now=now)
    write_audit_entry(actor, "meeting.move", loaded, before={"slot": before.number}, after={"slot": target.number})


def _check_pace(actor: Actor, meeting: Meeting, now: datetime) -> None:
    """Limits how often its companies move a meeting: each move is a letter to all others. Organisers have no limit."""
    if moves_as_organiser(actor, meeting):
        return
    moves = AuditEntry.objects.filter(fair=meeting.fair_id, permission="meeting.move", at__gt=now - MOVES_WITHIN)
    if moves.filter(object=f"{meeting._meta.label_lower}:{meeting.pk}").count() >= limit_for(actor.user, MOVES):
        raise Refused("too_fast")


def _check_time(actor: Actor, meeting: Meeting, slot: Slot) -> None:
    """Organisers know why they move a meeting out of working hours, or into a slot that is kept free."""
    if moves_as_organiser(actor, meeting):
        return
    both = Availability(meeting.fair, (meeting.exhibitor, meeting.buyer))
    if not both.is_working_time(slot):
        raise Refused("slot_outside_hours")
    if both.is_reserved(slot):
        raise Refused("slot_reserved")


def moves_as_organiser(actor: Actor, meeting: Meeting) -> bool:
    return Role.ORGANISER in meeting.roles_of(actor.user)


def _check_interpreters(meeting: Meeting, slot: Slot) -> None:
    """Locked, so that of two moves of one interpreter's meetings at once the second sees the first."""
    people = interpreters_of(meeting)
    list(User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
    Interpreters(meeting.fair, people, but=meeting.pk).check(slot)
