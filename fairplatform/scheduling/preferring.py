"""Meetings in the hours that their parties prefer, where all else is as good: the last of all that is wished for.

Meetings change places along Kempe chains, as in `improve`. None is lost, nobody waits more often, breaks are shared as
before, and the interpreters of a day stay as few.
"""

from random import Random

from .draft import Draft
from .improve import EACH, Annealing, nth
from .problem import Problem, Schedule
from .steady import different
from .watch import Watch

ASTRAY = 0.2  # of the moves: to any cell, to come to others that could not be reached

Suited = tuple[int, int]
"""How many meetings are in a slot that suits both of their parties, and how many in one that suits either."""


def suited(problem: Problem, schedule: Schedule) -> Suited:
    """Who prefers nothing is suited by any slot."""
    found = [_suits(problem, number, placed.slot) for number, placed in schedule.items()]
    return found.count(2), len(found) - found.count(0)


def prefer_hours(draft: Draft, random: Random, watch: Watch, moves: int) -> Draft:
    """One in which more meetings suit both parties or else one, if so many moves lead to one: neither number is ever
    less."""
    if all(party.preferred is None for party in draft.grid.problem.parties):
        return draft
    preferring = _Preferring(draft.copy(), random)
    for move in range(moves):
        if move % EACH == 0 and (watch.is_over() or preferring.is_best()):
            break
        preferring.try_one()
    return preferring.annealing.draft if preferring.gained else draft


def _suits(problem: Problem, number: int, slot: int) -> int:
    """How many of the two parties of a meeting a slot suits."""
    preferred = (problem.parties[party].preferred for party in problem.meetings[number].parties)
    return sum(slots is None or slot in slots for slots in preferred)


class _Preferring:
    """`either`, `both`: the cells that suit one of a meeting's parties at least, and both."""

    def __init__(self, draft: Draft, random: Random) -> None:
        self.annealing, self.random, self.gained = Annealing(draft, random, is_shared=True), random, False
        grid = draft.grid
        wanted = [-1 if p.preferred is None else grid.mask(p.preferred) for p in grid.problem.parties]
        self.both = [wanted[one] & wanted[other] for one, other in grid.ends]
        self.either = [wanted[one] | wanted[other] for one, other in grid.ends]

    def is_best(self) -> bool:
        return not any(map(self._better, self.annealing.movable))

    def try_one(self) -> None:
        """Moves a meeting to where it suits its parties better, and the others that must change with it."""
        draft = self.annealing.draft
        number, target = self._pick()
        if target < 0:
            return
        source = draft.at[number]
        chain = self.annealing.chain(number, source, target)
        if chain is None or self.annealing.change(chain, source, target) > 0:
            return
        gain = self._gain(chain)
        if min(gain) < 0:
            return
        before, places = self._interpreted(chain, source, target), [(m, draft.at[m], draft.who[m]) for m in chain]
        if not self.annealing.move(chain, source, target):
            return
        if self._interpreted(chain, source, target) > before:
            self._put_back(places)
        else:
            self.gained |= max(gain) > 0

    def _better(self, number: int) -> int:
        """The cells that suit the parties of a meeting better than its own."""
        grid, own = self.annealing.draft.grid, 1 << self.annealing.draft.at[number]
        if self.both[number] & own:
            return 0
        better = self.both[number] if self.either[number] & own else self.either[number]
        return grid.possible[number] & better

    def _pick(self) -> tuple[int, int]:
        draft, movable = self.annealing.draft, self.annealing.movable
        number = movable[int(self.random.random() * len(movable))]
        mask = self._better(number)
        if self.random.random() < ASTRAY:
            mask = draft.grid.possible[number] & ~(1 << draft.at[number])
        return (number, nth(mask, int(self.random.random() * mask.bit_count()))) if mask else (-1, -1)

    def _gain(self, chain: dict[int, int]) -> Suited:
        both = either = 0
        for number, to in chain.items():
            at = self.annealing.draft.at[number]
            both += (self.both[number] >> to & 1) - (self.both[number] >> at & 1)
            either += (self.either[number] >> to & 1) - (self.either[number] >> at & 1)
        return both, either

    def _interpreted(self, chain: dict[int, int], source: int, target: int) -> tuple[int, int, int]:
        """The less the better: meetings of the chain without interpreter, then interpreters whom the buyers of the
        chain, and its exhibitors, have on the days of the two cells."""
        draft, grid = self.annealing.draft, self.annealing.draft.grid
        days = {grid.day[source], grid.day[target]}
        of_days = [different(draft, list(chain), grid.days[day]) for day in days]
        without = sum(draft.who[number] < 0 for number in chain)
        return without, sum(buyers for buyers, _ in of_days), sum(exhibitors for _, exhibitors in of_days)

    def _put_back(self, places: list[tuple[int, int, int]]) -> None:
        draft = self.annealing.draft
        for number, _cell, _who in places:
            draft.take(number)
        for number, cell, who in places:
            draft.put(number, cell, who)
