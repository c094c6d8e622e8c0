"""A problem as clauses, so that a MaxSAT solver finds the best schedule and proves that there is none better.

As Bofill et al. (JAIR 2022, article 12670, section 4) encode it: for each meeting and slot whether it is there, for
each party and slot whether it is busy and whether it has met by then; and what follows from that: of a party all of
whose meetings are placed as many slots are busy as it has meetings, and in a slot at most two parties a room.
"""

from collections.abc import Iterable, Iterator, Sequence

from pysat.formula import WCNF

from .clauses import Clauses
from .grid import Grid, bits
from .problem import Placed, Schedule

TIGHT = 0.75  # of the rooms in all slots: where fewer are taken, counting parties only takes time


class Encoding:
    """`formula`: the clauses; a solution costs one for each break, and more for each meeting that is not placed.

    `whole`: every meeting must be placed. `waits`: the fewest and the most breaks of each party, where fairness asks.
    """

    def __init__(self, grid: Grid, *, whole: bool, waits: tuple[int, int] | None = None) -> None:
        self.grid = grid
        self._clauses = Clauses()
        self._whole, self._waits = whole, waits
        self._there = [
            {cell: self._clauses.literal() for cell in bits(possible)} if possible else {} for possible in grid.possible
        ]
        self._busy: list[dict[int, int]] = []
        self._meetings()
        for party in range(len(grid.parties)):
            self._party(party)
        self._rooms()
        self._order()
        self._interpreted: dict[tuple[int, int, int], int] = {}
        self._interpreting()
        if not whole:
            self._weigh_meetings()

    @property
    def formula(self) -> WCNF:
        return self._clauses.formula

    def schedule(self, model: Iterable[int]) -> Schedule:
        """The schedule that a solution stands for."""
        true = {literal for literal in model if literal > 0}
        who = {(m, cell): i for (m, cell, i), literal in self._interpreted.items() if literal in true}
        return {
            number: Placed(self.grid.slots[cell], who.get((number, cell)))
            for number, there in enumerate(self._there)
            for cell, literal in there.items()
            if literal in true
        }

    def _meetings(self) -> None:
        for there in self._there:
            literals = list(there.values())
            self._clauses.at_most(literals, 1)
            if self._whole and literals:
                self._clauses.add(literals)
            elif self._whole:
                self._clauses.impossible()

    def _party(self, party: int) -> None:
        grid, desks = self.grid, self.grid.problem.parties[party].desks
        numbers = grid.of_party[party]
        busy: dict[int, int] = {}
        for cell in self.grid.slots:
            literals = [self._there[m][cell] for m in numbers if cell in self._there[m]]
            if literals:
                self._clauses.at_most(literals, desks)
                busy[cell] = either = self._clauses.literal()
                self._clauses.add([*literals, -either])
                self._clauses.extend([-literal, either] for literal in literals)
        self._busy.append(busy)
        if self._whole and desks == 1:
            self._clauses.exactly(list(busy.values()), len(numbers))
        ceiling = grid.problem.parties[party].ceiling
        if ceiling is not None and ceiling < len(numbers):
            self._clauses.at_most([literal for m in numbers for literal in self._there[m].values()], ceiling)
        self._breaks(busy, numbers)

    def _breaks(self, busy: dict[int, int], numbers: Sequence[int]) -> None:
        """A break ends in a cell where a party is busy, was not in the one before, and has been earlier that day."""
        ends: list[int] = []
        if len(numbers) > 1:
            for day in self.grid.days:
                ends += self._breaks_of_day(busy, list(bits(day)))
        for end in ends:
            self._clauses.prefer([-end], 1)
        if self._waits is not None:
            least, most = self._waits
            self._clauses.at_most(ends, most)
            self._clauses.at_least(ends, least)

    def _breaks_of_day(self, busy: dict[int, int], cells: Sequence[int]) -> list[int]:
        ends, met = [], 0
        for cell in cells:
            now, before = busy.get(cell), busy.get(cell - 1)
            if now is not None and met and met != before:
                end = self._clauses.literal()
                ends.append(end)
                self._clauses.extend([[-now, -met, end, *([before] if before else [])], [-end, now], [-end, met]])
                if before:
                    self._clauses.add([-end, -before])
            if now is not None:
                by_now = self._clauses.literal()
                self._clauses.extend([[-now, by_now], [now, -by_now, *([met] if met else [])]])
                if met:
                    self._clauses.add([-met, by_now])
                met = by_now
        return ends

    def _rooms(self) -> None:
        is_tight = len(self.grid.possible) > TIGHT * sum(self.grid.rooms.values())
        for cell, rooms in self.grid.rooms.items():
            self._clauses.at_most([there[cell] for there in self._there if cell in there], rooms)
            one_desk = [
                busy[cell]
                for party, busy in enumerate(self._busy)
                if cell in busy and self.grid.problem.parties[party].desks == 1
            ]
            if is_tight and len(one_desk) == sum(cell in busy for busy in self._busy):
                self._clauses.even(one_desk, 2 * rooms)

    def _order(self) -> None:
        earlier, _later = self.grid.neighbours
        for number, before in enumerate(earlier):
            for other in before:
                for cell, literal in self._there[number].items():
                    too_late = [there for at, there in self._there[other].items() if at >= cell]
                    if self._whole:
                        self._clauses.add([-literal, *(x for at, x in self._there[other].items() if at < cell)])
                    self._clauses.extend([-literal, -there] for there in too_late)

    def _interpreting(self) -> None:
        working: dict[tuple[int, int], list[int]] = {}
        for number, there in enumerate(self._there):
            if not self.grid.needs[number]:
                continue
            for cell, literal in there.items():
                able = [i for i in self.grid.able[number] if self.grid.interpreters[i] >> cell & 1]
                for i in able:
                    self._interpreted[number, cell, i] = x = self._clauses.literal()
                    working.setdefault((i, cell), []).append(x)
                    self._clauses.add([-x, literal])
                self._clauses.add([-literal, *(self._interpreted[number, cell, i] for i in able)])
        for literals in working.values():
            self._clauses.at_most(literals, 1)
        self._interpreters_days(working)

    def _interpreters_days(self, working: dict[tuple[int, int], list[int]]) -> None:
        for i, interpreter in enumerate(self.grid.problem.interpreters):
            for day in self.grid.days:
                of_day = {cell: working[i, cell] for cell in bits(day) if (i, cell) in working}
                if interpreter.a_day is not None:
                    self._clauses.at_most([x for literals in of_day.values() for x in literals], interpreter.a_day)
                self._rest(of_day)

    def _rest(self, working: dict[int, list[int]]) -> None:
        """No more busy cells are in a row than may be."""
        busy: dict[int, int] = {}
        for cell, literals in working.items():
            busy[cell] = either = self._clauses.literal()
            self._clauses.extend([-literal, either] for literal in literals)
        for row, free in self.grid.problem.rests:
            self._rows(busy, row, free)

    def _rows(self, busy: dict[int, int], most: int, free: int) -> None:
        """`ends`: whether so many cells in a row, each soon after the one before, are busy up to this one."""
        ends = busy
        for number in range(1, most + 1):
            longer = {cell: self._clauses.literal() for cell in busy} if number < most else {}
            for cell, end in ends.items():
                for after in self._soon(cell, free):
                    if after in busy:
                        self._clauses.add([-end, -busy[after], *([longer[after]] if longer else [])])
            ends = longer

    def _soon(self, cell: int, free: int) -> Iterator[int]:
        """The cells after one, on its day, with fewer than so many between and no pause."""
        for after in range(cell + 1, cell + free + 1):
            if after not in self.grid.slots or self.grid.pauses >> after & 1:
                return
            yield after

    def _weigh_meetings(self) -> None:
        """A must outweighs all other meetings, a meeting all that its party lacks, and that all breaks."""
        meetings, parties = self.grid.problem.meetings, self.grid.problem.parties
        lacking = 1 + 2 * len(meetings)  # a meeting ends a stretch of two parties at most
        placed = lacking * (1 + sum(party.floor for party in parties))
        must = placed * (1 + len(meetings))
        for number, there in enumerate(self._there):
            if there:
                self._clauses.prefer(list(there.values()), placed + must * meetings[number].must)
        for party, numbers in enumerate(self.grid.of_party):
            self._weigh_floor(parties[party].floor, [m for m in numbers if self._there[m]], lacking)

    def _weigh_floor(self, floor: int, numbers: Sequence[int], weight: int) -> None:
        absent = []
        for number in numbers:
            absent.append(out := self._clauses.literal())
            self._clauses.add([out, *self._there[number].values()])
        most = len(numbers) - floor  # may be missing without lacking to the floor
        if floor and numbers:
            for output in self._clauses.counted(absent, len(absent))[max(most, 0) :]:
                self._clauses.prefer([-output], weight)
