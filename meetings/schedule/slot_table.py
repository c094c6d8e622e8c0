"""Free slots as people choose among them: by day, with the breaks between them named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fairplatform.fairs.models import Fair, FairDay, Participation, Slot

from .availability import Availability
from .calendars import Break


@dataclass(frozen=True)
class Row:
    """A slot to choose, or a break with its name."""

    at: datetime
    slot: Slot | None = None
    pause: Break | None = None


@dataclass(frozen=True)
class Table:
    """The slots that can be chosen, and the days to show them by; a day without any is left out."""

    slots: list[Slot]
    days: list[tuple[FairDay, list[Row]]]


def table(
    fair: Fair, exhibitor: Participation, buyer: Participation, *, after: datetime, people: Iterable[int] = ()
) -> Table:
    """What is free for both companies, and for `people`, later than `after`."""
    both = Availability(fair, (exhibitor, buyer), people)
    ahead = both.slots(after=after)
    free = [slot for slot in ahead if both.is_free(slot)]
    days: dict[int, list[Slot]] = {}
    for slot in ahead:
        days.setdefault(slot.day_id, []).append(slot)
    found = [(slots[0].day, _rows(both, slots, free)) for slots in days.values()]
    return Table(free, [(day, rows) for day, rows in found if any(row.slot for row in rows)])


def _rows(both: Availability, slots: Sequence[Slot], free: Sequence[Any]) -> list[Row]:
    offered = set(free)
    rows = [Row(slot.starts_at, slot=slot) for slot in slots if slot in offered]
    if rows:
        rows += [Row(pause.starts_at, pause=pause) for pause in both.breaks(slots)]
    return sorted(rows, key=lambda row: row.at)
