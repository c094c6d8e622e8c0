"""Who interprets: nobody where both sides speak English, otherwise the one of the pair who has worked least.

The rules of the roster: at most 240 minutes a day, at least 10 minutes between two meetings. Slots follow each other
after 5 minutes, so nobody takes two in a row, and a longer rest after three in a row is never owed.
"""

from collections import Counter

from .grid import adjacent
from .matches import Pair
from .shapes import DemoPerson, DemoSlot

MINUTES_A_DAY = 240
MEETING_MINUTES = 30


def tongues(pairs: tuple[Pair, ...], people: tuple[DemoPerson, ...]) -> dict[Pair, str | None]:
    """The language pair each meeting needs an interpreter for, or None where both lead persons speak English."""
    speaks = {p.company: p.speaks for p in people if p.role in {"exhibitor_manager", "buyer_lead"}}
    return {pair: _tongue(speaks[pair[1]], speaks[pair[0]]) for pair in pairs}


def _tongue(exhibitor: tuple[str, ...], buyer: tuple[str, ...]) -> str | None:
    if "en" not in buyer:
        return "zh-ur"
    return None if "en" in exhibitor else "zh-en"


class Roster:
    """Who of the interpreters is taken when."""

    def __init__(self, people: tuple[DemoPerson, ...], slots: tuple[DemoSlot, ...]) -> None:
        self._people = [person for person in people if person.interprets and not person.on_call]
        self._slots = {slot.key: slot for slot in slots}
        self._taken: dict[str, list[DemoSlot]] = {person.key: [] for person in self._people}
        self._worked: Counter[str] = Counter()

    def assign(self, pair: str, slot_key: str, wished: str | None = None) -> str:
        """The key of the interpreter for a meeting; `wished` goes first if free."""
        slot = self._slots[slot_key]
        able = [person.key for person in self._people if person.interprets == pair and self._may(person.key, slot)]
        if not able:
            raise ValueError(f"no interpreter for {pair} in {slot_key}")
        chosen = min(able, key=lambda key: (key != wished, self._worked[key]))
        self._taken[chosen].append(slot)
        self._worked[chosen] += 1
        return chosen

    def _may(self, key: str, slot: DemoSlot) -> bool:
        taken = self._taken[key]
        today = sum(other.start.day == slot.start.day for other in taken)
        return (today + 1) * MEETING_MINUTES <= MINUTES_A_DAY and not any(adjacent(slot, other) for other in taken)
