"""What no schedule can do better: proven bounds, without looking for a schedule."""

from collections import deque
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

import numpy as np
from ortools.graph.python import max_flow

from .grid import Grid, bits
from .problem import Problem, Schedule


def most_placed(grid: Grid, numbers: Sequence[int] | None = None) -> int:
    """No schedule places more of these meetings (or of all).

    Several relaxations as flows: a room in a slot, a desk of a party (or an interpreter of a language) in the slot, a
    meeting, and what is left to a party up to its ceiling. In each of them only one party of a meeting has desks.
    """
    of = [m for m in (range(len(grid.possible)) if numbers is None else numbers) if grid.possible[m]]
    one, other = _sides(grid)
    lower = (min(len(of), bound) for bound in (_flow(grid, of, one, other), _flow(grid, of, other, one)))
    bound = min(lower)
    if any(grid.needs[m] for m in of) and bound:
        bound = min(bound, len(of) - _too_few_interpreters(grid, [m for m in of if grid.needs[m]]))
    return bound


def least_breaks(grid: Grid, placed: Schedule) -> int:
    """A lower bound of the breaks of every schedule in which each party has as many meetings as in this one; it holds
    for all schedules where all meetings are placed."""
    problem = grid.problem
    counts = [0] * len(problem.parties)
    for number in placed:
        for party in grid.ends[number]:
            counts[party] += 1
    return sum(
        _least_of_party(grid, -(-count // problem.parties[p].desks), _usable(grid, p))
        for p, count in enumerate(counts)
        if count
    )


def _usable(grid: Grid, party: int) -> int:
    mask = 0
    for number in grid.of_party[party]:
        mask |= grid.possible[number]
    return mask


def _least_of_party(grid: Grid, needed: int, usable: int) -> int:
    """The longest stretch of each day costs no break, each further stretch one."""
    free, further = 0, []
    for day in grid.days:
        stretches = sorted(_stretches(usable & day), reverse=True)
        free += sum(stretches[:1])
        further += stretches[1:]
    further.sort(reverse=True)
    taken = 0
    while needed > free and taken < len(further):
        free += further[taken]
        taken += 1
    return taken


def _stretches(mask: int) -> list[int]:
    """The lengths of the groups of neighbouring cells."""
    found: list[int] = []
    last = -2
    for cell in bits(mask):
        if cell == last + 1:
            found[-1] += 1
        else:
            found.append(1)
        last = cell
    return found


def _sides(grid: Grid) -> tuple[list[int], list[int]]:
    """For each meeting the party of the first and of the second side, such as sellers and buyers, where there are two
    sides; else any."""
    colour: dict[int, int] = {}
    for start in range(len(grid.of_party)):
        if start in colour:
            continue
        colour[start] = 0
        queue = deque([start])
        while queue:
            party = queue.popleft()
            for number in grid.of_party[party]:
                for neighbour in grid.ends[number]:
                    if neighbour not in colour:
                        colour[neighbour] = 1 - colour[party]
                        queue.append(neighbour)
    ordered = [ends if colour[ends[0]] <= colour[ends[1]] else ends[::-1] for ends in grid.ends]
    return [ends[0] for ends in ordered], [ends[1] for ends in ordered]


class _Network:
    """A flow from node 0 to node 1; other nodes have any names."""

    def __init__(self) -> None:
        self._nodes: dict[object, int] = {"source": 0, "sink": 1}
        self._tails: list[int] = []
        self._heads: list[int] = []
        self._capacities: list[int] = []

    def node(self, name: object) -> int:
        return self._nodes.setdefault(name, len(self._nodes))

    def arc(self, tail: int, head: int, capacity: int) -> None:
        self._tails.append(tail)
        self._heads.append(head)
        self._capacities.append(capacity)

    def most(self) -> int:
        if not self._tails:
            return 0
        flow: Any = max_flow.SimpleMaxFlow()
        flow.add_arcs_with_capacity(
            np.array(self._tails, np.int32), np.array(self._heads, np.int32), np.array(self._capacities, np.int64)
        )
        if flow.solve(0, 1) != flow.OPTIMAL:
            raise ArithmeticError("The flow could not be computed.")
        return int(flow.optimal_flow())


def _flow(grid: Grid, numbers: Sequence[int], desks: Sequence[int], ceilings: Sequence[int]) -> int:
    """Rooms in slots → desks of one party in slots → meetings → the ceiling of the other party."""
    problem, network = grid.problem, _Network()
    seats: dict[tuple[int, int], int] = {}
    many = len(numbers)
    for cell in grid.slots:
        network.arc(0, network.node(cell), min(grid.rooms.get(cell, many), many))
    for number in numbers:
        party, meeting = desks[number], network.node(("meeting", number))
        for cell in bits(grid.possible[number]):
            seat = seats.get((party, cell))
            if seat is None:
                seat = seats[party, cell] = network.node((party, cell))
                network.arc(network.node(cell), seat, min(problem.parties[party].desks, many))
            network.arc(seat, meeting, 1)
        network.arc(meeting, network.node(("party", ceilings[number])), 1)
    for party in {ceilings[number] for number in numbers}:
        ceiling = problem.parties[party].ceiling
        network.arc(network.node(("party", party)), 1, many if ceiling is None else min(ceiling, many))
    return network.most()


def _too_few_interpreters(grid: Grid, numbers: Sequence[int]) -> int:
    """How many meetings stay without an interpreter in every schedule: interpreters on days → in slots → the languages
    asked for there → meetings."""
    network = _Network()
    groups: dict[tuple[int, ...], int] = {}
    for number in numbers:
        able = tuple(grid.able[number])
        groups[able] = groups.get(able, 0) | grid.possible[number]
        network.arc(network.node(("meeting", number)), 1, 1)
        for cell in bits(grid.possible[number]):
            network.arc(network.node((able, cell)), network.node(("meeting", number)), 1)
    for who, interpreter in enumerate(grid.problem.interpreters):
        asked = [(able, mask) for able, mask in groups.items() if who in able]
        useful = reduce(or_, (mask for _able, mask in asked), 0)
        for day, cells in enumerate(grid.days):
            mine = grid.interpreters[who] & cells & useful
            most = _most_a_day(grid.problem, _stretches(mine), interpreter.a_day)
            network.arc(0, network.node((who, day)), most)
            for cell in bits(mine):
                network.arc(network.node((who, day)), network.node((who, day, cell)), 1)
                for able, mask in asked:
                    if mask >> cell & 1:
                        network.arc(network.node((who, day, cell)), network.node((able, cell)), 1)
    return len(numbers) - network.most()


def _most_a_day(problem: Problem, stretches: Sequence[int], a_day: int | None) -> int:
    """How many meetings an interpreter can have in such stretches: of so many cells that a row and its rest take, no
    more than the row."""
    most = sum(stretches)
    for row, free in () if problem.pauses else problem.rests:
        most = min(most, sum(_most_in_stretch(n, row, free, problem.apart) for n in stretches))
    return most if a_day is None else min(most, a_day)


def _most_in_stretch(cells: int, row: int, free: int, apart: int) -> int:
    rows, rest = divmod(cells, row + (row - 1) * apart + max(free, apart))
    return rows * row + min(row, -(-rest // (apart + 1)))
