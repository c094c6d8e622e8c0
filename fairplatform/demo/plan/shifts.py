"""When the people of the complete booths are there: they take turns, and one half of a day is left without anybody."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ..additions import additions
from .entities import DemoPerson, DemoSlot

FREE = (4, 1)  # the second half of day 4, so that the plan of shifts has a gap to show


@dataclass(frozen=True)
class DemoShift:
    """The time from the beginning of one slot to the end of another one."""

    key: str
    company: str
    person: str
    first: DemoSlot
    last: DemoSlot


def shifts(people: tuple[DemoPerson, ...], slots: tuple[DemoSlot, ...]) -> tuple[DemoShift, ...]:
    """In the order of the booths."""
    return tuple(
        shift
        for showcase in additions().showcases
        for shift in _of_booth([person for person in people if person.company == showcase.company], slots)
    )


def _of_booth(people: list[DemoPerson], slots: tuple[DemoSlot, ...]) -> Iterator[DemoShift]:
    days = defaultdict(list)
    for slot in slots:
        days[slot.start.day].append(slot)
    for day, of_day in days.items():
        for number, person in enumerate(people):
            half = (number + day) % 2
            first, last = _half(of_day, half)
            if (day, half) != FREE:
                yield DemoShift(f"{person.key}/{day}", str(person.company), person.key, first, last)


def _half(slots: list[DemoSlot], half: int) -> tuple[DemoSlot, DemoSlot]:
    """They hand over to each other in the slot in the middle, which is in both halves."""
    middle = len(slots) // 2
    return (slots[middle], slots[-1]) if half else (slots[0], slots[middle])
