"""Booking resources for a meeting. Inserting is the check: the unique constraint decides, however many try at once."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from fairplatform.errors import Refused
from fairplatform.fairs.models import Slot
from meetings.models import Booking, Meeting
from meetings.models.booking import desks, person, rooms


def book(meeting: Meeting, people: Iterable[int]) -> None:
    """Books a desk of each company, these people (by key) and a room in the meeting's slot.

    They are booked in a fixed order, so that two transactions that want the same ones never deadlock. Raises
    Refused("slot_taken").
    """
    for participation in sorted((meeting.exhibitor, meeting.buyer), key=lambda p: p.pk):
        _insert_first([Booking(resource=name) for name in desks(participation)], meeting)
    for pk in sorted(set(people)):
        _insert_first([Booking(resource=person(pk))], meeting)
    if meeting.fair.rooms:
        _insert_first([Booking(resource=name) for name in _free_rooms(meeting)], meeting)


def book_person(meeting: Meeting, person_id: int) -> None:
    """Raises Refused("slot_taken")."""
    _insert_first([Booking(resource=person(person_id))], meeting)


def _free_rooms(meeting: Meeting) -> list[str]:
    """Of many rooms most may be taken: only the others are tried."""
    taken = set(Booking.objects.filter(slot=meeting.slot_id).values_list("resource", flat=True))
    return [name for name in rooms(meeting.fair) if name not in taken]


def rebook(meeting: Meeting, slot: Slot) -> None:
    """Moves the meeting's bookings into another slot; raises Refused("slot_taken").

    Bookings of people who no longer take part are deleted: another meeting of theirs must not prevent the move.
    """
    people = meeting.participants.values_list("user", flat=True)
    alike = (desks(meeting.exhibitor), desks(meeting.buyer), rooms(meeting.fair))
    kept = [name for names in alike for name in names]
    meeting.bookings.exclude(resource__in=[*kept, *map(person, people)]).delete()
    for booking in sorted(meeting.bookings.all(), key=lambda b: b.resource):
        _move_to_first(booking, next((names for names in alike if booking.resource in names), [booking.resource]), slot)


def _insert_first(bookings: list[Booking], meeting: Meeting) -> None:
    """Inserts the first of these bookings that is free."""
    for booking in bookings:
        booking.fair_id, booking.slot_id, booking.meeting = meeting.fair_id, meeting.slot_id, meeting
        if _saved(booking):
            return
    raise Refused("slot_taken")


def _move_to_first(booking: Booking, names: list[str], slot: Slot) -> None:
    """Moves a booking to the slot, under the first of these resource names that is free there."""
    for name in names:
        booking.resource, booking.slot = name, slot
        if _saved(booking):
            return
    raise Refused("slot_taken")


def _saved(booking: Booking) -> bool:
    """Whether the row was written; the savepoint confines an IntegrityError to it."""
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError:
        return False
    return True
