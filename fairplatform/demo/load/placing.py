"""Meetings of the plan that are laid anew at a renewal, around whatever visitors have booked meanwhile."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Participation, Slot
from meetings.models import Booking
from meetings.models.booking import desk, person
from meetings.schedule.actions.planning import free_slots

from ..encounters import DemoMeeting
from .meetings import seats
from .rows import Load


class Places:
    """Which slots are free for whom. Who is placed here takes their slot from those placed after them."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._slots = load.rows.of(Slot)
        self._taken: dict[int, set[str]] = defaultdict(set)
        for slot, resource in Booking.objects.filter(fair=load.fair).values_list("slot", "resource"):
            self._taken[slot].add(resource)

    def placed(self, planned: Iterable[DemoMeeting]) -> Iterator[DemoMeeting]:
        """Each in its own slot if everybody is free then, else in another one, else not at all."""
        for one in planned:
            needed = self._needed(one)
            slot = next((key for key in self._wished(one) if not needed & self._taken[self._slots[key]]), None)
            if slot is not None:
                self._taken[self._slots[slot]] |= needed
                yield at(one, slot)

    def _needed(self, one: DemoMeeting) -> set[str]:
        firms = [self._load.rows.of(Participation)[firm] for firm in (one.exhibitor, one.buyer)]
        return {desk(pk) for pk in firms} | {person(self._load.rows.of(User)[seat]) for seat in seats(one)}

    def _wished(self, one: DemoMeeting) -> Iterator[str]:
        yield one.slot
        keys = {pk: key for key, pk in self._slots.items()}
        firms = [Participation.objects.get(pk=self._load.rows.of(Participation)[f]) for f in (one.exhibitor, one.buyer)]
        for slot in free_slots(self._load.fair, firms[0], firms[1], now=self._load.now):
            yield keys[slot.pk]


def at(one: DemoMeeting, slot: str) -> DemoMeeting:
    """The meeting as it stands in this slot: what is planned to be seen in its own is seen there alone."""
    if slot == one.slot:
        return one
    return replace(one, slot=slot, state="planned", reason=None, scene=None, moved_from=None)
