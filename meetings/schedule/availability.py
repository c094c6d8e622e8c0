"""When companies are free at the same time, by their calendars and their bookings."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Q

from fairplatform.accounts.models import Staff
from fairplatform.fairs.absences import absences_of_companies, absences_of_people
from fairplatform.fairs.models import Fair, Participation, Slot
from fairplatform.fairs.preferred_hours import has_preferred_hours, suits
from fairplatform.i18n.zones import overlaps
from meetings.models import Booking
from meetings.models.booking import ROOM, desks, person, rooms

from .calendars import Break, Calendar, breaks_between
from .fair_calendars import calendars
from .reserve import reserve_slots


class Availability:
    """The calendars, staff, absences and bookings of some companies in a fair; read in six queries."""

    def __init__(self, fair: Fair, companies: Sequence[Participation], people: Iterable[int] = ()) -> None:
        """`people`: keys of users who must all be free as well."""
        self.fair = fair
        self._companies = companies
        self._rooms = set(rooms(fair))
        self._staff: dict[int, set[str]] = {p.pk: set() for p in companies}
        self._people = set(people)
        self._required = {person(pk) for pk in self._people}
        self._read_staff()
        self._booked = self._read_bookings()
        self.calendars = calendars(fair, [(p.company.country, p.company.city) for p in companies])
        self._read_absences()

    def slots(self, *, after: datetime) -> list[Slot]:
        return list(self.fair.slots.filter(starts_at__gt=after).select_related("day"))

    def free_slots(self, *, after: datetime) -> list[Slot]:
        return [slot for slot in self.slots(after=after) if self.is_free(slot)]

    def is_free(self, slot: Slot) -> bool:
        """Whether each company is at work and has a free desk and a free member of staff, and there is a room."""
        booked = self._booked[slot.pk] | self._absent_people(slot)
        if not self.is_working_time(slot) or self._required & booked:
            return False
        if self._rooms and self._rooms <= booked:
            return False
        return all(self._has_capacity(company, booked) for company in self._companies)

    def is_working_time(self, slot: Slot) -> bool:
        """Whether the slot lies inside every company's working day."""
        return all(calendar.is_free(*slot.planned_times()) for calendar in self.calendars)

    def suits_all(self, slot: Slot) -> bool:
        """Whether the slot is in the preferred hours of every company, each of which has some.

        Of one alone nothing is said: the other would read from it what these are.
        """
        if not all(map(has_preferred_hours, self._companies)):
            return False
        times, companies = slot.planned_times(), zip(self._companies, self.calendars, strict=True)
        return all(suits(company, calendar.zone, times) for company, calendar in companies)

    def is_reserved(self, slot: Slot) -> bool:
        """Whether the slot is kept free for what goes wrong."""
        return slot.pk in self._reserve

    @cached_property
    def _reserve(self) -> frozenset[int]:
        return reserve_slots(self.fair)

    def breaks(self, slots: Sequence[Slot]) -> list[Break]:
        """The named breaks of the companies between the slots of one day."""
        return day_breaks(slots, self.calendars)

    def _has_capacity(self, company: Participation, booked: set[str]) -> bool:
        people = self._staff[company.pk]
        return not booked.issuperset(desks(company)) and (not people or not people <= booked)

    def _read_staff(self) -> None:
        participations = {p.company_id: p.pk for p in self._companies}
        for company, user in Staff.objects.filter(company__in=participations).values_list("company", "user"):
            self._staff[participations[company]].add(person(user))
            self._people.add(user)

    def _read_absences(self) -> None:
        """A company that is absent is not at work; an absent person is as good as booked."""
        by_company = dict(zip((company.pk for company in self._companies), self.calendars, strict=True))
        of_companies = absences_of_companies(self.fair, {pk: own.zone for pk, own in by_company.items()})
        self.calendars = [replace(own, absences=tuple(of_companies.get(pk, ()))) for pk, own in by_company.items()]
        self._absent = absences_of_people(self.fair, self._people)

    def _absent_people(self, slot: Slot) -> set[str]:
        return {person(pk) for pk, intervals in self._absent.items() if overlaps(slot.planned_times(), intervals)}

    def _read_bookings(self) -> dict[int, set[str]]:
        """The booked resources by slot."""
        names = [name for company in self._companies for name in desks(company)]
        names += self._required
        names += [name for people in self._staff.values() for name in people]
        booked: dict[int, set[str]] = defaultdict(set)
        wanted = Q(resource__in=names)
        if self._rooms:
            wanted |= Q(resource__startswith=ROOM)
        rows = Booking.objects.filter(wanted, fair=self.fair)
        for slot, resource in rows.values_list("slot", "resource"):
            booked[slot].add(resource)
        return booked


def day_breaks(slots: Sequence[Slot], of: Sequence[Calendar]) -> list[Break]:
    """The breaks between the first and the last of one day's slots."""
    if not slots:
        return []
    moved = timedelta(minutes=slots[0].day.moved_minutes)
    planned = breaks_between(slots[0].planned_times()[0], slots[-1].planned_times()[1], *of)
    return [b._replace(starts_at=b.starts_at + moved, ends_at=b.ends_at + moved) for b in planned]
