"""A first schedule: meetings one after another, the most difficult first, each where it causes the fewest breaks."""

from collections.abc import Iterable
from random import Random

from .draft import Draft
from .grid import Grid, bits


def fill(draft: Draft, random: Random, numbers: Iterable[int] | None = None) -> None:
    """Puts every meeting for which there is room, or every one of these."""
    grid = draft.grid
    asked = range(len(grid.possible)) if numbers is None else numbers
    for number in sorted((m for m in asked if draft.at[m] < 0), key=lambda m: difficulty(grid, m)):
        room = draft.room(number)
        if room:
            put_best(draft, number, room, random)


def difficulty(grid: Grid, number: int) -> tuple[bool, bool, int, int]:
    """Pinned meetings first, then musts, then those with few slots for what their parties have to do."""
    meeting = grid.problem.meetings[number]
    many = sum(
        min(len(grid.of_party[party]), grid.problem.parties[party].desks * grid.size) for party in meeting.parties
    )
    return meeting.slot is None, not meeting.must, grid.possible[number].bit_count() - many, number


def put_best(draft: Draft, number: int, room: int, random: Random) -> None:
    """Puts a meeting in the cell of `room` that adds the fewest breaks; with the interpreter that it needs."""
    breaks = draft.grid.breaks
    one, other = (draft.busy[party] for party in draft.grid.ends[number])

    def added(cell: int) -> float:
        bit = 1 << cell
        near = ((one << 1 | one >> 1) & bit != 0) + ((other << 1 | other >> 1) & bit != 0)
        return breaks(one | bit) + breaks(other | bit) - 0.4 * near + random.random() * 0.3

    cell = min(bits(room), key=added)
    draft.put(number, cell, draft.interpreter_for(number, cell) if draft.grid.needs[number] else -1)


def welcome_interpreters(draft: Draft) -> None:
    """Gives an interpreter to each meeting for which one is welcome, as long as somebody is free."""
    for number, meeting in enumerate(draft.grid.problem.meetings):
        cell = draft.at[number]
        if meeting.interpreting == "welcome" and cell >= 0 and draft.who[number] < 0:
            who = draft.interpreter_for(number, cell)
            if who >= 0:
                draft.assign(number, who)


def dismiss_welcome(draft: Draft) -> None:
    """The opposite: interpreters are again free for those who need them."""
    for number, who in enumerate(draft.who):
        if who >= 0 and not draft.grid.needs[number] and draft.at[number] >= 0:
            draft.dismiss(number, draft.at[number], who)
