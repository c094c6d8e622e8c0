"""In which of a fair's slots each of its companies, and each of some people, could meet: read once for all of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from fairplatform.accounts.models import Staff
from fairplatform.fairs.absences import absences_of_companies, absences_of_people
from fairplatform.fairs.models import Fair, Participation, Slot
from fairplatform.fairs.preferred_hours import has_preferred_hours, suits
from fairplatform.i18n.zones import Interval, overlaps
from meetings.models import Booking
from meetings.models.booking import ROOM, desks, person

from .calendars import Calendar
from .fair_calendars import calendars

Places = frozenset[int]
"""Places in `FreeSlots.slots`."""


class FreeSlots:
    """By place in `slots`.

    `staff`: by participation, the active people of its company, the leads and managers first. `at_work`: where
    calendars, holidays and absences leave it; a company that has people needs one of them. `of`: where besides it has a
    desk that no meeting has taken, but for those `without` which it is asked. `preferred`: of those that prefer hours,
    where these are.
    """

    def __init__(
        self,
        fair: Fair,
        slots: Sequence[Slot],
        companies: Sequence[Participation],
        without: Collection[int] = (),
    ) -> None:
        self.fair, self.slots = fair, slots
        self.staff = _staff(companies)
        self._times = [slot.planned_times() for slot in slots]
        self._booked = self._read_booked(frozenset(without))
        by_place = self._calendars(companies)
        zones = {one.pk: by_place[_place(one)].zone for one in companies}
        absent = absences_of_companies(fair, zones)
        away = self.absent(pk for own in self.staff.values() for pk in own)
        working = {place: self._working(calendar) for place, calendar in by_place.items()}
        self.at_work: Mapping[int, Places] = {
            one.pk: working[_place(one)]
            - self._within(absent.get(one.pk, ()))
            - self._without_staff(self.staff[one.pk], away)
            for one in companies
        }
        self.preferred: Mapping[int, Places] = {
            one.pk: frozenset(at for at, times in enumerate(self._times) if suits(one, zones[one.pk], times))
            for one in companies
            if has_preferred_hours(one)
        }
        self.of: Mapping[int, Places] = {one.pk: self.at_work[one.pk] - self._full(one) for one in companies}

    def absent(self, people: Iterable[int]) -> dict[int, Places]:
        """By key, where each of these people is absent, or has a break."""
        keys = set(people)
        absences = absences_of_people(self.fair, keys)
        return {pk: self._within(absences.get(pk, ())) for pk in keys}

    def away(self, people: Iterable[int]) -> dict[int, Places]:
        """The same, and where they are in a meeting."""
        return {pk: places | self._booked.get(person(pk), frozenset()) for pk, places in self.absent(people).items()}

    def desks_taken(self, company: Participation, at: int) -> int:
        return sum(at in self._booked.get(name, ()) for name in desks(company))

    def free_rooms(self) -> list[int] | None:
        """Of each slot; None where there is no limit."""
        if self.fair.rooms is None:
            return None
        taken = [places for name, places in self._booked.items() if name.startswith(ROOM)]
        return [max(0, self.fair.rooms - sum(at in places for places in taken)) for at in range(len(self.slots))]

    def _full(self, company: Participation) -> Places:
        """Where all of its desks are taken."""
        return frozenset.intersection(*(frozenset(self._booked.get(name, ())) for name in desks(company)))

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

    def _read_booked(self, without: Collection[int]) -> Mapping[str, set[int]]:
        """By resource, the places in which it is booked."""
        order = {slot.pk: at for at, slot in enumerate(self.slots)}
        found: dict[str, set[int]] = defaultdict(set)
        for resource, slot, meeting in Booking.objects.filter(fair=self.fair).values_list(
            "resource", "slot", "meeting"
        ):
            if slot in order and meeting not in without:
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
