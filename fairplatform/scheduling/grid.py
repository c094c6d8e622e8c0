"""A problem as bit masks, made once, with which the search computes.

A *cell* is a slot's bit. Between two days one bit stays unused, so that a shift never leads into another day.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property

from .problem import Problem


def bits(mask: int) -> Iterator[int]:
    """The cells of a mask, from the lowest."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class Grid:
    """What is fixed: who could meet when, and which interpreter could be there."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        days = sorted(set(problem.days))
        order = {day: number for number, day in enumerate(days)}
        self.cells = [slot + order[day] for slot, day in enumerate(problem.days)]
        self.slots = {cell: slot for slot, cell in enumerate(self.cells)}
        self.day = {cell: order[problem.days[slot]] for cell, slot in self.slots.items()}
        self.days = [self.mask(s for s, of in enumerate(problem.days) if of == day) for day in days]
        self.size = len(problem.days) + len(days)
        self.parties = [self.mask(party.slots) for party in problem.parties]
        self.allowed = [self.mask(problem.slots_of(m)) for m in range(len(problem.meetings))]
        self.ends = [meeting.parties for meeting in problem.meetings]
        self.of_party = problem.meetings_of_parties()
        self.interpreters = [self.mask(who.slots - problem.reserve) for who in problem.interpreters]
        self.pauses = self.mask(problem.pauses)
        self.needs = [meeting.interpreting == "required" for meeting in problem.meetings]
        self.rooms = {cell: problem.rooms[slot] for cell, slot in self.slots.items()} if problem.rooms else {}
        self._breaks: dict[int, int] = {0: 0}

    def mask(self, slots: Iterable[int]) -> int:
        return sum(1 << self.cells[slot] for slot in set(slots))

    @cached_property
    def able(self) -> list[list[int]]:
        """Who could interpret each meeting."""
        found: dict[tuple[str, int | None], list[int]] = {}
        meetings = self.problem.meetings
        for number, meeting in enumerate(meetings):
            key = (meeting.languages, meeting.interpreter)
            if meeting.interpreting != "none" and key not in found:
                found[key] = self.problem.interpreters_of(number)
        return [found.get((m.languages, m.interpreter), []) if m.interpreting != "none" else [] for m in meetings]

    @cached_property
    def possible(self) -> list[int]:
        """The cells of each meeting in which, by themselves, its parties and an interpreter it needs could be there."""
        found = []
        for number, allowed in enumerate(self.allowed):
            there = 0 if self.needs[number] else -1
            if self.needs[number]:
                for who in self.able[number]:
                    there |= self.interpreters[who]
            found.append(allowed & there & self.with_rooms)
        return found

    @cached_property
    def with_rooms(self) -> int:
        return sum(1 << cell for cell in self.slots if self.rooms.get(cell, 1))

    @cached_property
    def neighbours(self) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
        """The meetings that must be earlier than each, and those that must be later."""
        later: list[list[int]] = [[] for _ in self.problem.meetings]
        for number, meeting in enumerate(self.problem.meetings):
            for before in meeting.after:
                later[before].append(number)
        return [meeting.after for meeting in self.problem.meetings], [tuple(found) for found in later]

    @cached_property
    def is_ordered(self) -> bool:
        return any(meeting.after for meeting in self.problem.meetings)

    def breaks(self, busy: int) -> int:
        """How often somebody waits who meets in these cells: the stretches of a day, but for its first."""
        found = self._breaks.get(busy)
        if found is None:
            stretches = (busy & ~(busy << 1)).bit_count()
            found = stretches - sum(1 for day in self.days if busy & day)
            self._breaks[busy] = found
        return found

    def resting(self, busy: int) -> int:
        """The cells in which an interpreter who works in `busy` may not work as well, for the rest they must have."""
        blocked = 0
        for row, free in self.problem.rests if busy else ():
            before, after = [-1], [-1]  # cells with so many busy ones in a row before them, and after
            for _ in range(row):
                before.append(self._later(before[-1] & busy, free))
                after.append(self._earlier(after[-1] & busy, free))
            for left in range(row + 1):
                blocked |= before[left] & after[row - left]
        return blocked

    def _later(self, cells: int, most: int) -> int:
        """Those at most so many after one of these, on the same day and without a pause before them."""
        found, real = 0, self._real & ~self.pauses
        for _ in range(most):
            cells = (cells << 1) & real
            found |= cells
        return found

    def _earlier(self, cells: int, most: int) -> int:
        found = 0
        for _ in range(most):
            cells = ((cells & ~self.pauses) >> 1) & self._real
            found |= cells
        return found

    @cached_property
    def _real(self) -> int:
        """The cells that are slots."""
        return sum(self.days)
