"""Free slots to choose from, grouped by day, with the named breaks between them."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, FairDay, Participation, Slot

from .availability import Availability
from .calendars import Break
from .interpreters import Interpreters


@dataclass(frozen=True)
class SlotRow:
    """A slot to choose, or a named break between slots.

    `suits`: it is in the preferred hours of both companies; never said of one alone.
    """

    at: datetime
    slot: Slot | None = None
    suits: bool = False
    pause: Break | None = None


@dataclass(frozen=True)
class SlotChoices:
    """The slots that can be chosen, and the same by day with the breaks; days without any free slot are left out."""

    slots: list[Slot]
    days: list[tuple[FairDay, list[SlotRow]]]


def slot_choices(
    fair: Fair,
    exhibitor: Participation,
    buyer: Participation,
    *,
    after: datetime,
    people: Iterable[int] = (),
    interpreters: Interpreters | None = None,
    with_reserve: bool = False,
) -> SlotChoices:
    """The slots that begin later than `after` and are free for both companies and for `people` (keys of users).

    `interpreters` must be able to work in them, too. `with_reserve`: also those that are kept free.
    """
    both = Availability(fair, (exhibitor, buyer), people)
    ahead = both.slots(after=after)
    free = [
        slot
        for slot in ahead
        if both.is_free(slot)
        and (with_reserve or not both.is_reserved(slot))
        and (interpreters is None or interpreters.are_free(slot))
    ]
    days: dict[int, list[Slot]] = {}
    for slot in ahead:
        days.setdefault(slot.day_id, []).append(slot)
    with_breaks = [(slots[0].day, _rows(both, slots, set(free))) for slots in days.values()]
    return SlotChoices(free, [(day, rows) for day, rows in with_breaks if any(row.slot for row in rows)])


def free_slot(
    fair: Fair,
    exhibitor: Participation,
    buyer: Participation,
    *,
    slot: int,
    after: datetime,
    with_reserve: bool = False,
) -> Slot:
    """The slot with this key, if it begins later than `after`, in both working days, and both companies are free.

    None that is kept free, unless it is asked for `with_reserve`. Raises Refused: not_found, slot_past,
    slot_outside_hours, slot_reserved, slot_taken.
    """
    candidate = fair.slots.select_related("day").filter(pk=slot).first()
    if candidate is None:
        raise Refused("not_found")
    if candidate.starts_at <= after:
        raise Refused("slot_past")
    both = Availability(fair, (exhibitor, buyer))
    if not both.is_working_time(candidate):
        raise Refused("slot_outside_hours")
    if both.is_reserved(candidate) and not with_reserve:
        raise Refused("slot_reserved")
    if not both.is_free(candidate):
        raise Refused("slot_taken")
    return candidate


def _rows(both: Availability, slots: Sequence[Slot], free: Set[Slot]) -> list[SlotRow]:
    rows = [SlotRow(slot.starts_at, slot=slot, suits=both.suits_all(slot)) for slot in slots if slot in free]
    if rows:
        rows += [SlotRow(pause.starts_at, pause=pause) for pause in both.breaks(slots)]
    return sorted(rows, key=lambda row: row.at)
