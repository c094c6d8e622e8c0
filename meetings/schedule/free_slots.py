"""In which of a fair's slots each of its companies, and each of some people, could meet: read once for all of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from fairplatform.accounts.models import Staff
from fairplatform.fairs.absences import absences_of_companies, absences_of_people
from fairplatform.fairs.models import Fair, Participation, Slot
from fairplatform.i18n.zones import Interval, overlaps
from meetings.models import Booking
from meetings.models.booking import ROOM, desk, person

from .calendars import Calendar
from .fair_calendars import calendars

Places = frozenset[int]
"""Places in `FreeSlots.slots`."""


def slots_to_plan(fair: Fair, now: datetime) -> list[Slot]:
    """Those that can be planned in: of a draft all, else those to come."""
    slots = fair.slots.select_related("day").order_by("number")
    return [slot for slot in slots if fair.state == Fair.State.DRAFT or slot.starts_at > now]


class FreeSlots:
    """By place in `slots`: what calendars, holidays, absences and bookings leave of them.

    `staff`: by participation, the active people of its company, the leads and managers first. A company is free where
    one of them is, if it has any. One that holds several meetings at once is not free beside a meeting it has already.
    """

    def __init__(self, fair: Fair, slots: Sequence[Slot], companies: Sequence[Participation]) -> None:
        self.fair, self.slots = fair, slots
        self.staff = _staff(companies)
        self._times = [slot.planned_times() for slot in slots]
        self._booked = self._read_booked()
        by_place = self._calendars(companies)
        zones = {one.pk: by_place[_place(one)].zone for one in companies}
        absent, away = absences_of_companies(fair, zones), self.away(pk for own in self.staff.values() for pk in own)
        working = {place: self._working(calendar) for place, calendar in by_place.items()}
        self.of: Mapping[int, Places] = {
            one.pk: working[_place(one)]
            - self._within(absent.get(one.pk, ()))
            - self.booked(desk(one.pk, number) for number in range(1, one.desks + 1))
            - self._without_staff(self.staff[one.pk], away)
            for one in companies
        }

    def away(self, people: Iterable[int]) -> dict[int, Places]:
        """By key, where each of these people is absent or booked."""
        keys = set(people)
        absent = absences_of_people(self.fair, keys)
        return {pk: self._within(absent.get(pk, ())) | self.booked([person(pk)]) for pk in keys}

    def booked(self, resources: Iterable[str]) -> Places:
        """Where one of them is booked."""
        return frozenset().union(*(self._booked.get(name, ()) for name in resources))

    def taken(self, at: int) -> set[str]:
        """What is booked in this slot."""
        return {name for name, places in self._booked.items() if at in places}

    def free_rooms(self) -> list[int] | None:
        """Of each slot; None where there is no limit."""
        if self.fair.rooms is None:
            return None
        taken = [places for name, places in self._booked.items() if name.startswith(ROOM)]
        return [max(0, self.fair.rooms - sum(at in places for places in taken)) for at in range(len(self.slots))]

    def _without_staff(self, staff: Collection[int], away: Mapping[int, Places]) -> Places:
        return frozenset.intersection(*(away[pk] for pk in staff)) if staff else frozenset()

    def _calendars(self, companies: Iterable[Participation]) -> dict[tuple[str, str], Calendar]:
        places = sorted({_place(one) for one in companies})
        return dict(zip(places, calendars(self.fair, places), strict=True))

    def _working(self, calendar: Calendar) -> Places:
        return frozenset(at for at, times in enumerate(self._times) if calendar.is_free(*times))

    def _within(self, intervals: Iterable[Interval]) -> Places:
        absences = list(intervals)
        return frozenset(at for at, times in enumerate(self._times) if absences and overlaps(times, absences))

    def _read_booked(self) -> Mapping[str, set[int]]:
        order = {slot.pk: at for at, slot in enumerate(self.slots)}
        found: dict[str, set[int]] = defaultdict(set)
        for resource, slot in Booking.objects.filter(fair=self.fair).values_list("resource", "slot"):
            if slot in order:
                found[resource].add(order[slot])
        return found


def _place(one: Participation) -> tuple[str, str]:
    return one.company.country, one.company.city


def _staff(companies: Sequence[Participation]) -> dict[int, list[int]]:
    of_company = {one.company_id: one.pk for one in companies}
    found: dict[int, list[int]] = {one.pk: [] for one in companies}
    rows = Staff.objects.filter(company__in=of_company, user__is_active=True)
    for company, user in rows.order_by("-is_lead", "-is_manager", "pk").values_list("company", "user"):
        found[of_company[company]].append(user)
    return found
