"""When two companies are free at the same time: their calendars, and what they have booked already."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from fairplatform.accounts.models import Staff
from fairplatform.fairs.models import Fair, Holiday, Participation, Slot
from meetings.models import Booking
from meetings.models.booking import desk, person

from .calendars import Break, Calendar, breaks_between


class Availability:
    """What stands in the way of some companies in each slot of a fair; read in four queries."""

    def __init__(self, fair: Fair, companies: Sequence[Participation], people: Iterable[int] = ()) -> None:
        """`people`: those who must all be free as well."""
        self.fair = fair
        self.companies = companies
        self.staff: dict[int, set[str]] = {p.pk: set() for p in companies}
        self.needed = {person(pk) for pk in people}
        self._read_staff()
        self.taken = self._read_taken()
        self.calendars = calendars(fair, [(p.company.country, p.company.city) for p in companies])

    def slots(self, *, after: datetime) -> list[Slot]:
        return list(self.fair.slots.filter(starts_at__gt=after).select_related("day"))

    def is_free(self, slot: Slot) -> bool:
        """Whether each company is at work, has a desk, and somebody of its people to sit at it."""
        taken = self.taken[slot.pk]
        if not self.is_working_time(slot) or self.needed & taken:
            return False
        return all(self._has_room(company, taken) for company in self.companies)

    def is_working_time(self, slot: Slot) -> bool:
        """Whether the slot lies inside every company's working day."""
        return all(calendar.is_free(*nominal(slot)) for calendar in self.calendars)

    def breaks(self, slots: Sequence[Slot]) -> list[Break]:
        """What the companies call the gaps between the slots of one day."""
        return day_breaks(slots, self.calendars)

    def _has_room(self, company: Participation, taken: set[str]) -> bool:
        desks = {desk(company.pk, number) for number in range(1, company.desks + 1)}
        people = self.staff[company.pk]
        return not desks <= taken and (not people or not people <= taken)

    def _read_staff(self) -> None:
        of = {p.company_id: p.pk for p in self.companies}
        for company, user in Staff.objects.filter(company__in=of).values_list("company", "user"):
            self.staff[of[company]].add(person(user))

    def _read_taken(self) -> dict[int, set[str]]:
        names = [desk(p.pk, number) for p in self.companies for number in range(1, p.desks + 1)]
        names += self.needed
        names += [name for people in self.staff.values() for name in people]
        taken: dict[int, set[str]] = defaultdict(set)
        rows = Booking.objects.filter(fair=self.fair, resource__in=names).values_list("slot", "resource")
        for slot, resource in rows:
            taken[slot].add(resource)
        return taken


def calendars(fair: Fair, places: Iterable[tuple[str, str]]) -> list[Calendar]:
    """The working time at each (country, city), with the holidays of both; a city may be left empty."""
    days = list(Holiday.objects.filter(fair=fair))
    return [
        Calendar(country, {d.date: str(d.name) for d in days if d.country == country and d.city in ("", city)})
        for country, city in places
    ]


def nominal(slot: Slot) -> tuple[datetime, datetime]:
    """When the slot lies by the fair's plan, should the demonstration have moved its day."""
    moved = timedelta(minutes=slot.day.moved_minutes)
    return slot.starts_at - moved, slot.ends_at - moved


def day_breaks(slots: Sequence[Slot], of: Sequence[Calendar]) -> list[Break]:
    """The breaks between the first and the last of one day's slots."""
    if not slots:
        return []
    moved = timedelta(minutes=slots[0].day.moved_minutes)
    found = breaks_between(nominal(slots[0])[0], nominal(slots[-1])[1], *of)
    return [b._replace(starts_at=b.starts_at + moved, ends_at=b.ends_at + moved) for b in found]
