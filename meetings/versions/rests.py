"""How long interpreters rest, counted in slots."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from fairplatform.fairs.models import Fair, Slot
from meetings.schedule.interpreters import AFTER_A_ROW, BETWEEN, IN_A_ROW


class Rests:
    """The rest of an interpreter, in slots: ten minutes between two meetings, thirty after three in a row.

    Where fewer than ten minutes are between two slots, nobody interprets in both; and meetings are in a row as long as
    there are less than thirty between each and the next, even with a slot between them.
    """

    def __init__(self, fair: Fair, slots: Sequence[Slot]) -> None:
        gaps = {
            at + 1: after.starts_at - before.ends_at
            for at, (before, after) in enumerate(pairwise(slots))
            if before.day_id == after.day_id
        }
        gap = min(gaps.values(), default=timedelta(minutes=fair.change_minutes))
        length = min((slot.ends_at - slot.starts_at for slot in slots), default=timedelta(minutes=fair.slot_minutes))
        self.in_a_row = IN_A_ROW
        self.rest, self.apart = (max(0, -((gap - needed) // (length + gap))) for needed in (AFTER_A_ROW, BETWEEN))
        self.pauses = frozenset(at for at, between in gaps.items() if between >= AFTER_A_ROW and between > gap)


def days(slots: Sequence[Slot]) -> tuple[int, ...]:
    """The day of each slot, counted from 0."""
    order: dict[int, int] = {}
    return tuple(order.setdefault(slot.day_id, len(order)) for slot in slots)
