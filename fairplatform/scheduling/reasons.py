"""Why a meeting is not placed: a code and counts, of which whoever shows it makes a sentence."""

from dataclasses import dataclass
from typing import Literal

from .draft import Draft

Code = Literal[
    "no_common_slot", "pinned_conflict", "ceiling", "no_interpreter", "interpreters_busy", "rooms_full", "slots_taken"
]


@dataclass(frozen=True, slots=True)
class Reason:
    """`common`: slots that both parties could have; `taken`: those of them in which one or both have other meetings;
    `without_room`, `without_interpreter`: those that are free for both but for this.

    `party`: whose ceiling is reached. `interpreters`: how many could interpret it at all.
    """

    code: Code
    common: int = 0
    taken: int = 0
    without_room: int = 0
    without_interpreter: int = 0
    interpreters: int = 0
    party: int | None = None


def reasons(draft: Draft) -> dict[int, Reason]:
    """The reason of each meeting that is not placed."""
    return {number: _reason(draft, number) for number in draft.unplaced()}


def _reason(draft: Draft, number: int) -> Reason:
    grid = draft.grid
    meeting, allowed = grid.problem.meetings[number], grid.allowed[number]
    free = allowed & draft.open[meeting.one] & draft.open[meeting.other]
    with_room = free & draft.free_rooms
    counts = {
        "common": allowed.bit_count(),
        "taken": (allowed & ~free).bit_count(),
        "without_room": (free & ~draft.free_rooms).bit_count(),
        "without_interpreter": (with_room & ~draft.interpreted(number)).bit_count() if grid.needs[number] else 0,
        "interpreters": len(grid.able[number]),
    }
    full = next((p for p in meeting.parties if draft.count[p] >= draft.ceilings[p]), None)
    return Reason(_code(draft, number, free, with_room, is_full=full is not None), **counts, party=full)


def _code(draft: Draft, number: int, free: int, with_room: int, *, is_full: bool) -> Code:
    grid = draft.grid
    if is_full:
        return "ceiling"
    if grid.problem.meetings[number].slot is not None:
        return "pinned_conflict"
    if not grid.allowed[number]:
        return "no_common_slot"
    if grid.needs[number] and not grid.possible[number]:
        return "no_interpreter"
    if not free:
        return "slots_taken"
    if with_room:
        return "interpreters_busy" if grid.needs[number] else "slots_taken"
    return "rooms_full"
