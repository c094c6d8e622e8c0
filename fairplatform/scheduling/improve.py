"""Fewer breaks: meetings of two slots change places along Kempe chains, by simulated annealing.

A meeting that goes to another slot meets others of its parties there, which go the opposite way, and so on: such a
chain can be moved as a whole. Nothing that is placed is lost.
"""

from math import exp
from random import Random

from .draft import Draft
from .watch import Watch

LONGEST = 24  # meetings of a chain
HOT, COLD = 0.4, 0.12  # temperatures, in breaks
FROZEN = 1e-9  # a temperature at which nothing becomes worse
FIRST = 1_000_000  # of breaks, against how they are shared
EACH = 256  # moves between two looks at the watch
UNFAIR = 3  # breaks that one beyond what fairness allows costs


def improve(draft: Draft, random: Random, watch: Watch, moves: int, enough: int) -> Draft:
    """Returns the best draft found in so many moves; ends early when no more than `enough` breaks are left."""
    annealing = Annealing(draft, random)
    best, best_cost = draft.copy(), annealing.cost
    for move in range(moves):
        if annealing.cost <= enough or (move % EACH == 0 and watch.is_over()):
            break
        annealing.step(HOT * (COLD / HOT) ** (move / moves))
        if annealing.cost < best_cost and (move > moves // 2 or annealing.cost <= enough):
            best, best_cost = draft.copy(), annealing.cost
            watch.tell("improve", draft.score())
    return draft if annealing.cost < best_cost else best


def share_breaks(draft: Draft, random: Random, watch: Watch, moves: int) -> Draft:
    """One in which breaks are shared out more evenly among the parties, if so many moves lead to one; there are never
    more of them."""
    annealing = Annealing(draft.copy(), random, is_shared=True)
    before, shared = annealing.cost, annealing.draft
    for move in range(moves):
        if move % EACH == 0 and (watch.is_over() or max(map(draft.grid.breaks, shared.busy), default=0) < 2):
            break
        annealing.step(FROZEN)
    return shared if annealing.cost < before else draft


class Annealing:
    """`is_shared`: of as many breaks it is better that nobody has many of them."""

    def __init__(self, draft: Draft, random: Random, *, is_shared: bool = False) -> None:
        self.draft, self.random, self.is_shared = draft, random, is_shared
        grid = draft.grid
        self.most = grid.problem.fairness
        self._costs: dict[int, int] = {}
        self.movable = [m for m in range(len(draft.at)) if draft.at[m] >= 0 and grid.possible[m].bit_count() > 1]
        self.cost = sum(map(self._cost, draft.busy))

    def step(self, temperature: float) -> None:
        number, target = self._pick()
        if target < 0:
            return
        source = self.draft.at[number]
        chain = self.chain(number, source, target)
        if chain is None:
            return
        change = self.change(chain, source, target)
        is_taken = change <= 0 or self.random.random() < exp(-change / temperature)
        if is_taken and self.move(chain, source, target):
            self.cost += change

    def _pick(self) -> tuple[int, int]:
        """A meeting, and a cell for it that mostly is beside others of one of its parties."""
        draft, random = self.draft, self.random
        if not self.movable:
            return -1, -1
        number = self.movable[int(random.random() * len(self.movable))]
        mask = draft.grid.possible[number] & ~(1 << draft.at[number])
        if random.random() < 0.85:
            busy = draft.busy[draft.grid.ends[number][random.random() < 0.5]]
            mask &= busy << 1 | busy >> 1 | busy
        if not mask:
            return -1, -1
        return number, nth(mask, int(random.random() * mask.bit_count()))

    def chain(self, number: int, source: int, target: int) -> dict[int, int] | None:
        """The meetings that must change between two cells, and where each goes; None: some of them cannot."""
        chain, todo = {number: target}, [number]
        while todo:
            meeting = todo.pop()
            to = chain[meeting]
            others = self._met(meeting, to, chain)
            if others is None or len(chain) + len(others) > LONGEST:
                return None
            for other in others:
                chain[other] = source if to == target else target
            todo += others
        return chain if self._has_rooms(chain, source, target) else None

    def _met(self, meeting: int, to: int, chain: dict[int, int]) -> list[int] | None:
        """The meetings besides the chain's that must leave a cell for this one; None: it cannot be there."""
        draft = self.draft
        if not draft.grid.possible[meeting] >> to & 1:
            return None
        found: list[int] = []
        for party in draft.grid.ends[meeting]:
            if not draft.open[party] >> to & 1:
                held = draft.held[party].get(to)
                if not held:
                    return None
                other = held[0] if len(held) == 1 else self._leaving(held, chain)
                if other not in chain and other not in found:
                    found.append(other)
        who = draft.who[meeting]
        if who >= 0:
            other = draft.works[who].get(to, -1)
            if other >= 0 and other not in chain and other not in found:
                found.append(other)
        return found

    def _leaving(self, held: list[int], chain: dict[int, int]) -> int:
        """Which of the meetings at several desks leaves: one of the chain's, where it has any."""
        return next((m for m in held if m in chain), held[int(self.random.random() * len(held))])

    def _has_rooms(self, chain: dict[int, int], source: int, target: int) -> bool:
        grid = self.draft.grid
        if not grid.rooms:
            return True
        gained = 2 * sum(to == target for to in chain.values()) - len(chain)
        cell = target if gained > 0 else source
        return len(self.draft.together[cell]) + abs(gained) <= grid.rooms[cell]

    def change(self, chain: dict[int, int], source: int, target: int) -> int:
        """By how much the cost grows when the chain is moved."""
        gains: dict[int, int] = {}
        for meeting, to in chain.items():
            for party in self.draft.grid.ends[meeting]:
                gains[party] = gains.get(party, 0) + (1 if to == target else -1)
        return sum(self._change_of(party, gain, source, target) for party, gain in gains.items() if gain)

    def _change_of(self, party: int, gain: int, source: int, target: int) -> int:
        before = after = self.draft.busy[party]
        held = self.draft.held[party]
        for cell, more in ((target, gain), (source, -gain)):
            meetings = held.get(cell)
            if (len(meetings) if meetings else 0) + more > 0:
                after |= 1 << cell
            else:
                after &= ~(1 << cell)
        return self._cost(after) - self._cost(before)

    def _cost(self, busy: int) -> int:
        cost = self._costs.get(busy)
        if cost is None:
            cost = self.draft.grid.breaks(busy)
            if self.most is not None and cost > self.most:
                cost += UNFAIR * (cost - self.most)
            if self.is_shared:
                cost = FIRST * cost + cost * cost
            self._costs[busy] = cost
        return cost

    def move(self, chain: dict[int, int], source: int, target: int) -> bool:
        """Moves a chain; where something forbids it after all, such as an interpreter's rest, all is as it was."""
        draft = self.draft
        taken = [(meeting, *draft.take(meeting)) for meeting in chain]
        for put, (meeting, _cell, who) in enumerate(taken):
            if not self._put(meeting, chain[meeting], who):
                for other in list(chain)[:put]:
                    draft.take(other)
                for other, cell, interpreter in taken:
                    draft.put(other, cell, interpreter)
                return False
        return True

    def _put(self, meeting: int, to: int, who: int) -> bool:
        """Puts a meeting, with the interpreter it had where they are free; says whether there is room."""
        draft = self.draft
        if (who >= 0 or draft.grid.is_ordered) and not draft.room(meeting) >> to & 1:
            return False
        if who >= 0 and not draft.free[who] >> to & 1:
            who = draft.interpreter_for(meeting, to)
        draft.put(meeting, to, who)
        return True


def nth(mask: int, n: int) -> int:
    """The n-th cell of a mask, from 0."""
    for _ in range(n):
        mask &= mask - 1
    return (mask & -mask).bit_length() - 1
