"""After a cancellation: as many meetings as possible again, while the fewest others move.

A meeting *moves* if its slot changes, or the interpreter whom it needs. What is pinned or locked does not, nor does
what stands in nobody's way. Whoever is only welcome as an interpreter stays where they still can.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from .bounds import most_placed
from .draft import Draft
from .greedy import difficulty, welcome_interpreters
from .grid import Grid, bits
from .problem import Problem, Schedule
from .reasons import Reason, reasons
from .watch import Watch

MOST_TRIES = 20_000  # of one search: then what it has found is not proved to move the fewest

Todo = tuple[tuple[int, bool], ...]
"""Meetings to place, in order, each with whether it may be left out."""


@dataclass(frozen=True)
class Changed:
    """`displaced`: what could not stay as it was; `moved`: the others that moved. `is_fewest`: it is proved that no
    schedule which places as many, and all others, moves fewer of them.
    """

    schedule: Schedule
    displaced: frozenset[int]
    moved: frozenset[int]
    is_fewest: bool
    reasons: dict[int, Reason]


def rerun(
    problem: Problem,
    previous: Schedule,
    *,
    locks: Set[int] = frozenset(),
    cancelled: Set[int] = frozenset(),
    most: int = 2,
    watch: Watch | None = None,
) -> Changed:
    """A schedule of a problem that has changed since the `previous` one: meetings are `cancelled`, parties or
    interpreters have fewer slots. Each displaced meeting moves at most `most` others; where at most one is, it and all
    that wait for a slot do so together. `locks` never move. When the `watch` is over, what
    has no slot yet stays without."""
    grid, watching = Grid(problem), watch or Watch()
    watching.most = most_placed(grid)
    draft = Draft(grid)
    displaced = _keep(draft, previous, cancelled, locks)
    search = _Search(draft, previous, locks)
    waiting = [m for m in draft.unplaced() if m not in displaced and m not in cancelled and grid.possible[m]]
    groups: list[tuple[list[int], int]] = [([m], most) for m in sorted(displaced, key=lambda m: difficulty(grid, m))]
    groups = [*groups, (waiting, 0)] if len(displaced) > 1 else [([*displaced, *waiting], most)]
    for numbers, budget in groups:
        watching.tell("rerun", draft.score())
        if watching.is_over():
            search.is_complete = False
            break
        search.place(sorted(numbers, key=lambda m: difficulty(grid, m)), budget)
    moved = frozenset(
        m for m in previous if draft.at[m] >= 0 and m not in displaced and not _is_as_before(draft, previous, m)
    )
    _welcome(draft, previous)
    # Several that are placed one after the other may get in each other's way.
    is_fewest = not moved or (search.is_complete and len(displaced) <= 1)
    why = {m: reason for m, reason in reasons(draft).items() if m not in cancelled}
    return Changed(draft.schedule(), frozenset(displaced), moved, is_fewest, why)


def _keep(draft: Draft, previous: Schedule, cancelled: Set[int], locks: Set[int]) -> list[int]:
    """Puts what can stay, locked and pinned meetings and musts first; returns what cannot."""
    grid, displaced = draft.grid, []
    kept = [m for m in previous if m not in cancelled]
    for number in sorted(kept, key=lambda m: (m not in locks, difficulty(grid, m))):
        cell, who = grid.cells[previous[number].slot], _interpreter(grid, previous, number)
        if _fits(draft, number, cell, who):
            draft.put(number, cell, who)
        else:
            displaced.append(number)
    return displaced


def _interpreter(grid: Grid, previous: Schedule, number: int) -> int:
    """Whom a meeting had as the interpreter that it needs; -1: nobody."""
    who = previous[number].interpreter
    return who if who is not None and grid.needs[number] else -1


def _is_as_before(draft: Draft, previous: Schedule, number: int) -> bool:
    before = draft.grid.cells[previous[number].slot], _interpreter(draft.grid, previous, number)
    return (draft.at[number], draft.who[number]) == before


def _fits(draft: Draft, number: int, cell: int, who: int) -> bool:
    if not draft.room(number) >> cell & 1:
        return False
    return not draft.grid.needs[number] or (who in draft.grid.able[number] and bool(draft.free[who] >> cell & 1))


def _welcome(draft: Draft, previous: Schedule) -> None:
    for number, placed in previous.items():
        who, cell = placed.interpreter, draft.at[number]
        is_welcome = who is not None and who in draft.grid.able[number] and not draft.grid.needs[number]
        if is_welcome and cell == draft.grid.cells[placed.slot] and draft.free[who] >> cell & 1:  # type: ignore[index]
            draft.assign(number, who)  # type: ignore[arg-type]
    welcome_interpreters(draft)


class _Search:
    """Tries every way to place some meetings, with nobody moved, then with one, and so on."""

    def __init__(self, draft: Draft, previous: Schedule, locks: Set[int]) -> None:
        self.draft, self.grid = draft, draft.grid
        self.before = {m: (self.grid.cells[p.slot], _interpreter(self.grid, previous, m)) for m, p in previous.items()}
        self.fixed = {m for m, meeting in enumerate(self.grid.problem.meetings) if meeting.slot is not None} | set(
            locks
        )
        self.is_complete = True

    def place(self, numbers: Sequence[int], most: int) -> None:
        self.best, self.tries = self._value(numbers), 0
        self.wanted, self.touched = list(numbers), set[int]()
        found: list[tuple[int, int, int]] | None = None
        for budget in range(most + 1):
            self.found: list[tuple[int, int, int]] | None = None
            self._go(tuple((m, True) for m in numbers), budget)
            found = self.found or found
        self.is_complete &= self.tries <= MOST_TRIES
        if found:
            for number, _cell, _who in found:
                if self.draft.at[number] >= 0:
                    self.draft.take(number)
            for number, cell, who in found:
                self.draft.put(number, cell, who)

    def _value(self, numbers: Iterable[int]) -> tuple[int, int]:
        """Musts and meetings."""
        meetings = self.grid.problem.meetings
        placed = [m for m in numbers if self.draft.at[m] >= 0]
        return sum(meetings[m].must for m in placed), len(placed)

    def _go(self, todo: Todo, left: int) -> None:
        if not self._could_be_better(todo) or self.tries > MOST_TRIES:
            return
        if not todo:
            self.best = self._value(self.wanted)
            self.found = [(m, self.draft.at[m], self.draft.who[m]) for m in sorted(self.touched)]
            return
        (number, may_be_out), *rest = todo
        for cell, who in self._places(number):
            self._put(number, cell, who, tuple(rest), left)
        if may_be_out:
            self._go(tuple(rest), left)

    def _could_be_better(self, todo: Todo) -> bool:
        musts, placed = self._value(self.wanted)
        open_ones = [m for m, may_be_out in todo if may_be_out]
        musts += sum(self.grid.problem.meetings[m].must for m in open_ones)
        return (musts, placed + len(open_ones)) > self.best

    def _places(self, number: int) -> Iterator[tuple[int, int]]:
        """Where a meeting could be, with whom: its own slot first."""
        own = self.before.get(number)
        cells = sorted(bits(self.grid.possible[number]), key=lambda cell: (own is None or cell != own[0], cell))
        for cell in cells:
            able = [i for i in self.grid.able[number] if self.grid.interpreters[i] >> cell & 1]
            for who in able if self.grid.needs[number] else [-1]:
                if (cell, who) != own:
                    yield cell, who

    def _put(self, number: int, cell: int, who: int, rest: Todo, left: int) -> None:
        self.tries += 1
        draft = self.draft
        if _fits(draft, number, cell, who):
            draft.put(number, cell, who)
            self.touched.add(number)
            self._go(rest, left)
            self.touched.discard(number)
            draft.take(number)
            return
        if left == 0 or self.tries > MOST_TRIES:
            return
        for other in self._in_the_way(number, cell, who):
            if other in self.fixed or other in self.touched:
                continue
            taken = draft.take(other)
            self._put(number, cell, who, ((other, False), *rest), left - 1)
            draft.put(other, *taken)

    def _in_the_way(self, number: int, cell: int, who: int) -> list[int]:
        """The meetings one of which must move before this can be put."""
        draft = self.draft
        for party in self.grid.ends[number]:
            if draft.count[party] >= draft.ceilings[party]:
                return []
            if not draft.open[party] >> cell & 1:
                return list(draft.held[party].get(cell, ()))
        if not draft.free_rooms >> cell & 1:
            return list(draft.together[cell])
        if who >= 0 and not draft.free[who] >> cell & 1:
            if cell in draft.works[who]:
                return [draft.works[who][cell]]
            day = self.grid.days[self.grid.day[cell]]
            return [draft.works[who][at] for at in bits(draft.working[who] & day)]
        return draft.out_of_order(number, cell)[:1]
