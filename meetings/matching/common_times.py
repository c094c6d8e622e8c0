"""How many times of the fair some companies share by their hours alone, whatever meetings anybody has."""

from collections.abc import Collection

from fairplatform.fairs.models import Fair, Participation
from meetings.schedule.free_slots import FreeSlots
from meetings.schedule.reserve import reserve_slots

from .languages import Tongues


class CommonTimes:
    """Of these participations, by key; those that are not approved share nothing with anybody."""

    def __init__(self, fair: Fair, companies: Collection[int]) -> None:
        rows = fair.participations.filter(pk__in=companies, state=Participation.State.APPROVED)
        known = list(rows.select_related("company").order_by("pk"))
        slots = list(fair.slots.select_related("day").order_by("number"))
        kept_free = reserve_slots(fair)
        self._at_work = FreeSlots(fair, slots, known).at_work
        self._open = frozenset(at for at, slot in enumerate(slots) if slot.pk not in kept_free)
        self._tongues = Tongues(fair, known)

    def of(self, company: int) -> int:
        """The times at which a company can meet at all."""
        return len(self._at_work.get(company, frozenset()) & self._open)

    def shared(self, one: int, other: int) -> int:
        nothing = frozenset[int]()
        return len(self._at_work.get(one, nothing) & self._at_work.get(other, nothing) & self._open)

    def can_talk(self, one: int, other: int) -> bool:
        """Whether both are there, and share a language or somebody interprets between the two."""
        return {one, other} <= self._at_work.keys() and self._tongues.can_talk(one, other)
