"""The independent parts of a problem: what happens in one changes nothing in another."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .grid import Grid, bits
from .problem import Placed, Problem, Schedule


@dataclass(frozen=True)
class Part:
    """A problem of its own. `meetings`, `interpreters`: which of the whole problem its own are, by number."""

    problem: Problem
    meetings: tuple[int, ...]
    interpreters: tuple[int, ...]

    def to_whole(self, schedule: Schedule) -> Schedule:
        """A schedule of the part in the numbers of the whole problem."""
        return {
            self.meetings[m]: Placed(p.slot, None if p.interpreter is None else self.interpreters[p.interpreter])
            for m, p in schedule.items()
        }

    def of_whole(self, schedule: Schedule) -> Schedule:
        """What a schedule of the whole problem says of the part, without interpreters who are only welcome."""
        own_who: dict[int | None, int] = {number: own for own, number in enumerate(self.interpreters)}
        found = {}
        for own, number in enumerate(self.meetings):
            if number in schedule:
                needs = self.problem.meetings[own].interpreting == "required"
                who = own_who.get(schedule[number].interpreter) if needs else None
                found[own] = Placed(schedule[number].slot, who)
        return found


def parts(grid: Grid) -> Iterator[Part]:
    """The parts, those with few meetings first. Meetings are in one part if they share a party, an interpreter whom
    both need, an order, or rooms that could run out."""
    are_binding = rooms_bind(grid)
    groups = _joined(grid, are_binding=are_binding)
    meetings: dict[int, list[int]] = {}
    for number, ends in enumerate(grid.ends):
        meetings.setdefault(groups.first(ends[0]), []).append(number)
    for numbers in sorted(meetings.values(), key=len):
        yield _part(grid, numbers, are_binding=are_binding)


def _joined(grid: Grid, *, are_binding: bool) -> "_Groups":
    groups = _Groups(len(grid.of_party))
    first_of: dict[int, int] = {}  # a party that needs an interpreter
    for number, meeting in enumerate(grid.problem.meetings):
        groups.join(meeting.one, meeting.other)
        for earlier in meeting.after:
            groups.join(meeting.one, grid.ends[earlier][0])
        for who in grid.able[number] if grid.needs[number] else ():
            groups.join(meeting.one, first_of.setdefault(who, meeting.one))
    for party in range(1, len(grid.of_party)) if are_binding else ():
        groups.join(0, party)
    return groups


def rooms_bind(grid: Grid) -> bool:
    """Whether in some slot more meetings could be held than there are rooms."""
    asked, desks = [0] * grid.size, [0] * grid.size
    for possible in grid.possible:
        for cell in bits(possible):
            asked[cell] += 1
    for party, mask in enumerate(grid.parties):
        if grid.of_party[party]:
            for cell in bits(mask):
                desks[cell] += grid.problem.parties[party].desks
    return any(min(asked[cell], desks[cell] // 2) > rooms for cell, rooms in grid.rooms.items())


def _part(grid: Grid, numbers: list[int], *, are_binding: bool) -> Part:
    problem = grid.problem
    order = {number: own for own, number in enumerate(numbers)}
    parties = sorted({party for number in numbers for party in grid.ends[number]})
    own_party = {party: own for own, party in enumerate(parties)}
    interpreters = sorted({who for number in numbers if grid.needs[number] for who in grid.able[number]})
    own_interpreter = {who: own for own, who in enumerate(interpreters)}
    meetings = []
    for number in numbers:
        meeting, needs = problem.meetings[number], grid.needs[number]
        meetings.append(
            replace(
                meeting,
                one=own_party[meeting.one],
                other=own_party[meeting.other],
                after=tuple(order[earlier] for earlier in meeting.after),
                interpreting="required" if needs else "none",
                interpreter=own_interpreter[meeting.interpreter] if needs and meeting.interpreter is not None else None,
            )
        )
    own = replace(
        problem,
        parties=tuple(problem.parties[party] for party in parties),
        meetings=tuple(meetings),
        interpreters=tuple(problem.interpreters[who] for who in interpreters),
        # A slot that has no room at all still has none.
        rooms=problem.rooms if are_binding or problem.rooms is None or not all(problem.rooms) else None,
    )
    return Part(own, tuple(numbers), tuple(interpreters))


class _Groups:
    """What belongs together (union-find)."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def first(self, one: int) -> int:
        while self._above[one] != one:
            self._above[one] = one = self._above[self._above[one]]
        return one

    def join(self, one: int, other: int) -> None:
        self._above[self.first(other)] = self.first(one)
