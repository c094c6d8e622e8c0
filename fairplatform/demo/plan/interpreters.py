"""Who interprets at a meeting: nobody where both sides speak English, otherwise whoever has interpreted least so far.

The rules of the roster: at most 240 minutes a day, at least 10 minutes between two meetings. Between two slots are
5 minutes, so nobody takes two in a row, and the longer rest that three in a row would ask for is never due.
"""

from collections import Counter

from .entities import DemoPerson, DemoSlot
from .slots import adjacent

MOST_MINUTES_A_DAY = 240
MEETING_MINUTES = 30


class Roster:
    """The interpreters, those on call left out, and the slots each of them has."""

    def __init__(self, people: tuple[DemoPerson, ...], slots: tuple[DemoSlot, ...]) -> None:
        self._people = [person for person in people if person.interprets and not person.on_call]
        self._slots = {slot.key: slot for slot in slots}
        self._taken: dict[str, list[DemoSlot]] = {person.key: [] for person in self._people}
        self._worked: Counter[str] = Counter()

    def assign(self, language_pair: str, slot_key: str, preferred: str | None = None) -> str:
        """Books an interpreter and returns their key: `preferred` if free, else the one with the fewest meetings.

        Raises ValueError where nobody of the language pair is free.
        """
        slot = self._slots[slot_key]
        free = [
            person.key
            for person in self._people
            if language_pair in person.interprets and self._is_free(person.key, slot)
        ]
        if not free:
            raise ValueError(f"no interpreter for {language_pair} in {slot_key}")
        chosen = min(free, key=lambda key: (key != preferred, self._worked[key]))
        self._taken[chosen].append(slot)
        self._worked[chosen] += 1
        return chosen

    def _is_free(self, key: str, slot: DemoSlot) -> bool:
        taken = self._taken[key]
        today = sum(other.start.day == slot.start.day for other in taken)
        return (today + 1) * MEETING_MINUTES <= MOST_MINUTES_A_DAY and not any(adjacent(slot, other) for other in taken)
