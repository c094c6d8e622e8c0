"""Taking resources for a meeting. Inserting is the check: the unique constraint decides, whoever else is at it."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from fairplatform.errors import Refused
from fairplatform.fairs.models import Participation, Slot
from meetings.models import Booking, Meeting
from meetings.models.booking import desk, person


def book(meeting: Meeting, people: Iterable[int]) -> None:
    """Books a desk of each side and everybody named, in the meeting's slot; raises Refused("slot_taken").

    Desks and people are taken in a fixed order, so that two who want the same ones wait instead of blocking each
    other for good.
    """
    for participation in sorted((meeting.exhibitor, meeting.buyer), key=lambda p: p.pk):
        _take_first([Booking(resource=name) for name in desks(participation)], meeting)
    for pk in sorted(set(people)):
        _take_first([Booking(resource=person(pk))], meeting)


def rebook(meeting: Meeting, slot: Slot) -> None:
    """Moves everything booked for the meeting into another slot; raises Refused("slot_taken").

    Who no longer comes is not taken along: another meeting of theirs must not stand in the way of this one.
    """
    people = meeting.participants.values_list("user", flat=True)
    companies = [*desks(meeting.exhibitor), *desks(meeting.buyer)]
    meeting.bookings.exclude(resource__in=[*companies, *map(person, people)]).delete()
    for booking in sorted(meeting.bookings.all(), key=lambda b: b.resource):
        both = (desks(meeting.exhibitor), desks(meeting.buyer))
        _shift_first(booking, next((names for names in both if booking.resource in names), [booking.resource]), slot)


def desks(participation: Participation) -> list[str]:
    """The company's desks: as many meetings as it can hold at once."""
    return [desk(participation.pk, number) for number in range(1, participation.desks + 1)]


def _take_first(bookings: list[Booking], meeting: Meeting) -> None:
    for booking in bookings:
        booking.fair_id, booking.slot_id, booking.meeting = meeting.fair_id, meeting.slot_id, meeting
        if _saved(booking):
            return
    raise Refused("slot_taken")


def _shift_first(booking: Booking, names: list[str], slot: Slot) -> None:
    for name in names:
        booking.resource, booking.slot = name, slot
        if _saved(booking):
            return
    raise Refused("slot_taken")


def _saved(booking: Booking) -> bool:
    """Whether the database took it; its refusal undoes this row alone."""
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError:
        return False
    return True
