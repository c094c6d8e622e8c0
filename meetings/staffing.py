"""Who attends a meeting: a company's representatives, and its staff who are free in a slot."""

from collections.abc import Iterable

from fairplatform.accounts.models import Staff, User
from fairplatform.errors import Refused
from fairplatform.fairs.absences import absences_of_people
from fairplatform.fairs.models import Participation, Slot
from fairplatform.i18n.zones import overlaps
from meetings.models import Booking
from meetings.models.booking import person


def representatives(participation: Participation) -> list[User]:
    """The managers and the lead of a company: they are notified of its requests, and attend its meetings."""
    return [member.user for member in _active_staff(participation) if member.is_manager or member.is_lead]


def _active_staff(participation: Participation) -> list[Staff]:
    """The company's staff who can sign in."""
    members = Staff.objects.filter(company=participation.company_id, user__is_active=True)
    return list(members.select_related("user").order_by("pk"))


def free_staff(participation: Participation, slot: Slot, preferred: Iterable[User]) -> list[User]:
    """The preferred people and the representatives who are neither booked nor absent in the slot.

    A preferred person who has left the company is left out. Raises Refused("slot_taken") when nobody is free.
    """
    staff = {member.user_id for member in _active_staff(participation)}
    people = {user.pk: user for user in (*preferred, *representatives(participation)) if user.pk in staff}
    engaged = _engaged(people, slot)
    free = [user for pk, user in people.items() if pk not in engaged]
    if people and not free:
        raise Refused("slot_taken")
    return free


def _engaged(people: Iterable[int], slot: Slot) -> set[int]:
    """Those of these people who have a booking in the slot or are absent."""
    resources = {person(pk): pk for pk in people}
    rows = Booking.objects.filter(slot=slot, resource__in=resources).values_list("resource", flat=True)
    absences = absences_of_people(slot.fair, resources.values())
    absent = {pk for pk, intervals in absences.items() if overlaps(slot.planned_times(), intervals)}
    return {resources[name] for name in rows} | absent
