"""Finds slots for planned meetings that are loaded again, around what visitors have booked since."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Participation, Slot
from meetings.models import Booking
from meetings.models.booking import desk, person
from meetings.schedule.availability import Availability

from ..loader.meetings import participant_keys
from ..loader.rows import LoaderRun
from ..plan.events import DemoMeeting


class Placement:
    """The bookings of the fair, by slot; a meeting that gets a slot adds its own."""

    def __init__(self, run: LoaderRun) -> None:
        self._run = run
        self._slots = run.rows.ids(Slot)
        self._booked: dict[int, set[str]] = defaultdict(set)
        for slot, resource in Booking.objects.filter(fair=run.fair).values_list("slot", "resource"):
            self._booked[slot].add(resource)

    def assign_slots(self, planned: Iterable[DemoMeeting]) -> Iterator[DemoMeeting]:
        """Each meeting in its planned slot if everybody is free then, else in another one, else not at all."""
        for meeting in planned:
            resources = self._resources(meeting)
            slots = self._possible_slots(meeting)
            slot = next((key for key in slots if not resources & self._booked[self._slots[key]]), None)
            if slot is not None:
                self._booked[self._slots[slot]] |= resources
                yield in_slot(meeting, slot)

    def _resources(self, meeting: DemoMeeting) -> set[str]:
        """What the meeting books: the desks of both companies, and everybody's time."""
        users = self._run.rows.ids(User)
        desks = {desk(company) for company in self._companies(meeting)}
        return desks | {person(users[key]) for key in participant_keys(meeting)}

    def _possible_slots(self, meeting: DemoMeeting) -> Iterator[str]:
        """Keys of the planned slot, then of those in which both companies are free."""
        yield meeting.slot
        keys = {pk: key for key, pk in self._slots.items()}
        exhibitor, buyer = (Participation.objects.get(pk=pk) for pk in self._companies(meeting))
        for slot in Availability(self._run.fair, (exhibitor, buyer)).free_slots(after=self._run.now):
            yield keys[slot.pk]

    def _companies(self, meeting: DemoMeeting) -> tuple[int, int]:
        ids = self._run.rows.ids(Participation)
        return ids[meeting.exhibitor], ids[meeting.buyer]


def in_slot(meeting: DemoMeeting, slot: str) -> DemoMeeting:
    """The meeting in this slot; outside its planned one it is an ordinary planned meeting, without scene or state."""
    if slot == meeting.slot:
        return meeting
    return replace(meeting, slot=slot, state="planned", reason=None, scene=None, moved_from=None)
