"""A schedule under construction: meetings are put and taken; what is free is known at any time."""

from .grid import Grid, bits
from .problem import Placed, Schedule

Score = tuple[int, int, int, int]
"""Musts placed, meetings placed, minus what is lacking to floors, minus breaks: the greater the better."""


class Draft:
    """`at`: the cell of each meeting, or -1; `who`: its interpreter, or -1. Only `put` and `take` change anything."""

    def __init__(self, grid: Grid, schedule: Schedule | None = None) -> None:
        problem = grid.problem
        self.grid = grid
        self.at = [-1] * len(problem.meetings)
        self.who = [-1] * len(problem.meetings)
        self.desks = [party.desks for party in problem.parties]
        self.ceilings = [len(problem.meetings) if p.ceiling is None else p.ceiling for p in problem.parties]
        self.held: list[dict[int, list[int]]] = [{} for _ in problem.parties]
        self.busy = [0] * len(problem.parties)
        self.open = list(grid.parties)  # cells with a free desk
        self.count = [0] * len(problem.parties)
        self.together: list[list[int]] = [[] for _ in range(grid.size)]  # the meetings in each cell
        self.free_rooms = grid.with_rooms
        self.working = [0] * len(problem.interpreters)
        self.works: list[dict[int, int]] = [{} for _ in problem.interpreters]
        self.free = [self._free_of(i) for i in range(len(problem.interpreters))]
        for number, placed in (schedule or {}).items():
            self.put(number, grid.cells[placed.slot], -1 if placed.interpreter is None else placed.interpreter)

    def copy(self) -> "Draft":
        return Draft(self.grid, self.schedule())

    def schedule(self) -> Schedule:
        slots, who = self.grid.slots, self.who
        return {
            number: Placed(slots[cell], who[number] if who[number] >= 0 else None)
            for number, cell in enumerate(self.at)
            if cell >= 0
        }

    def put(self, number: int, cell: int, who: int = -1) -> None:
        """Places a meeting, for which the caller has made sure that there is room."""
        bit = 1 << cell
        self.at[number] = cell
        for party in self.grid.ends[number]:
            held = self.held[party].setdefault(cell, [])
            held.append(number)
            self.busy[party] |= bit
            self.count[party] += 1
            if len(held) >= self.desks[party]:
                self.open[party] &= ~bit
        self.together[cell].append(number)
        if self.grid.rooms and len(self.together[cell]) >= self.grid.rooms[cell]:
            self.free_rooms &= ~bit
        if who >= 0:
            self.assign(number, who)

    def take(self, number: int) -> tuple[int, int]:
        """Takes a meeting out; returns the cell and the interpreter that it had."""
        cell, who = self.at[number], self.who[number]
        bit = 1 << cell
        self.at[number] = -1
        for party in self.grid.ends[number]:
            held = self.held[party][cell]
            held.remove(number)
            if not held:
                self.busy[party] &= ~bit
            self.count[party] -= 1
            if len(held) < self.desks[party]:
                self.open[party] |= bit & self.grid.parties[party]
        self.together[cell].remove(number)
        if self.grid.rooms and len(self.together[cell]) < self.grid.rooms[cell]:
            self.free_rooms |= bit
        if who >= 0:
            self.dismiss(number, cell, who)
        return cell, who

    def assign(self, number: int, who: int) -> None:
        """Gives a placed meeting an interpreter."""
        self.who[number] = who
        self.working[who] |= 1 << self.at[number]
        self.works[who][self.at[number]] = number
        self.free[who] = self._free_of(who)

    def dismiss(self, number: int, cell: int, who: int) -> None:
        self.who[number] = -1
        self.working[who] &= ~(1 << cell)
        del self.works[who][cell]
        self.free[who] = self._free_of(who)

    def room(self, number: int) -> int:
        """The cells in which a meeting could be put now."""
        one, other = self.grid.ends[number]
        if self.count[one] >= self.ceilings[one] or self.count[other] >= self.ceilings[other]:
            return 0
        mask = self.grid.allowed[number] & self.open[one] & self.open[other] & self.free_rooms
        if mask and self.grid.needs[number]:
            mask &= self.interpreted(number)
        return mask & self.in_order(number) if mask and self.grid.is_ordered else mask

    def interpreted(self, number: int) -> int:
        """The cells in which somebody is free who could interpret a meeting."""
        mask = 0
        for who in self.grid.able[number]:
            mask |= self.free[who]
        return mask

    def in_order(self, number: int) -> int:
        """The cells after those meetings that must be earlier, and before those that must be later."""
        earlier, later = (of[number] for of in self.grid.neighbours)
        first = max((self.at[m] + 1 for m in earlier if self.at[m] >= 0), default=0)
        last = min((self.at[m] for m in later if self.at[m] >= 0), default=self.grid.size)
        return ((1 << last) - 1) & ~((1 << first) - 1) if first < last else 0

    def interpreter_for(self, number: int, cell: int) -> int:
        """Who should interpret a meeting in a cell: of those free, who is with one of its parties on that day anyway,
        else who has least to do; -1: nobody is free."""
        day = self.grid.days[self.grid.day[cell]]
        able = [who for who in self.grid.able[number] if self.free[who] >> cell & 1]
        if len(able) < 2:
            return able[0] if able else -1
        known = self.known(number, day)
        return min(able, key=lambda who: (who not in known, (self.working[who] & day).bit_count(), who))

    def known(self, number: int, day: int) -> set[int]:
        """The interpreters that the parties of a meeting have on a day."""
        return {
            self.who[m]
            for party in self.grid.ends[number]
            for cell in bits(self.busy[party] & day)
            for m in self.held[party][cell]
        }

    def obstacles(self, number: int, cell: int) -> list[list[int]]:
        """What stands between a meeting and a cell that it could have by itself: of each list one meeting must leave.

        It is not all where interpreters must rest: whoever lets one leave asks again.
        """
        found: list[list[int]] = []
        for party in self.grid.ends[number]:
            if self.count[party] >= self.ceilings[party]:
                found.append([m for m in self.grid.of_party[party] if self.at[m] >= 0])
            elif not self.open[party] >> cell & 1:
                found.append(list(self.held[party].get(cell, ())))
        if not self.free_rooms >> cell & 1:
            found.append(list(self.together[cell]))
        if self.grid.is_ordered:
            found += [[m] for m in self.out_of_order(number, cell)]
        if self.grid.needs[number] and not self.interpreted(number) >> cell & 1:
            found.append(self._interpreted_instead(number, cell))
        return found

    def out_of_order(self, number: int, cell: int) -> list[int]:
        earlier, later = (of[number] for of in self.grid.neighbours)
        return [m for m in earlier if self.at[m] >= cell] + [m for m in later if 0 <= self.at[m] <= cell]

    def _interpreted_instead(self, number: int, cell: int) -> list[int]:
        """The meetings that keep an interpreter from this one."""
        found: dict[int, None] = {}
        for who in self.grid.able[number]:
            if not self.grid.interpreters[who] >> cell & 1:
                continue
            if cell in self.works[who]:
                found[self.works[who][cell]] = None
                continue
            day = self.grid.days[self.grid.day[cell]]
            found.update(dict.fromkeys(self.works[who][at] for at in bits(self.working[who] & day)))
        return list(found)

    def breaks(self) -> int:
        return sum(map(self.grid.breaks, self.busy))

    def score(self) -> Score:
        problem = self.grid.problem
        placed = [m for m, cell in enumerate(self.at) if cell >= 0]
        lacking = sum(max(0, party.floor - self.count[p]) for p, party in enumerate(problem.parties) if party.floor)
        return sum(problem.meetings[m].must for m in placed), len(placed), -lacking, -self.breaks()

    def unplaced(self) -> list[int]:
        return [number for number, cell in enumerate(self.at) if cell < 0]

    def _free_of(self, who: int) -> int:
        """The cells in which an interpreter could take one more meeting."""
        grid, working = self.grid, self.working[who]
        free = grid.interpreters[who] & ~working
        if working:
            free &= ~grid.resting(working)
        most = grid.problem.interpreters[who].a_day
        if most is not None:
            for day in grid.days:
                if (working & day).bit_count() >= most:
                    free &= ~day
        return free
