"""Places what is left over by moving others: a meeting takes the place of some, which take the places of others …

Of all cells it takes the one whose meetings have so far been moved least often, so that chains do not go in circles.
"""

from collections import deque
from random import Random

from .draft import Draft
from .greedy import fill, put_best
from .grid import bits
from .watch import Watch

STEPS = 30  # for each meeting that is left over at first …
MORE_STEPS = 4  # … and for each meeting of the fair
ASIDE = 4  # how often something may stand in the way of one that is put


def repair(draft: Draft, random: Random, watch: Watch, enough: int) -> Draft:
    """Returns the draft with as many more meetings as it could place, until `enough` are placed."""
    chains = _Chains(draft, random)
    steps = STEPS * len(chains.queue) + MORE_STEPS * len(draft.at)
    best, best_score = draft.copy(), draft.score()
    for step in range(steps):
        if not chains.queue or len(draft.at) - len(chains.queue) >= enough or watch.is_over():
            break
        chains.step()
        if len(draft.at) - len(chains.queue) - len(chains.hopeless) > best_score[1] - (step % 256 == 0):
            score = draft.score()
            if score > best_score:
                best, best_score = draft.copy(), score
                watch.tell("repair", score)
    fill(draft, random)
    return draft if draft.score() > best_score else best


class _Chains:
    """`queue`: the meetings to put; `hopeless`: those that can have no slot at all, whatever is moved."""

    def __init__(self, draft: Draft, random: Random) -> None:
        self.draft, self.random = draft, random
        self.moved = [0] * len(draft.at)
        self.hopeless = [m for m in draft.unplaced() if not draft.grid.possible[m]]
        self.queue = deque(m for m in draft.unplaced() if draft.grid.possible[m])
        self.meetings = draft.grid.problem.meetings

    def step(self) -> None:
        """Puts the next meeting of the queue; what it moves aside joins the queue."""
        draft, number = self.draft, self.queue.popleft()
        room = draft.room(number)
        if room:
            put_best(draft, number, room, self.random)
            return
        aside = self._cheapest(number)
        if aside is None:
            self.moved[number] += 1
            self.queue.append(number)
            return
        cell, others = aside
        self._push(number, cell, others)

    def _push(self, number: int, cell: int, others: list[int]) -> None:
        draft = self.draft
        for _ in range(ASIDE):
            for other in others:
                if draft.at[other] >= 0:
                    draft.take(other)
                    self.moved[other] += 1
                    self.queue.append(other)
            if draft.room(number) >> cell & 1:
                who = draft.interpreter_for(number, cell) if draft.grid.needs[number] else -1
                draft.put(number, cell, who)
                self.moved[number] += 1
                return
            further = self._leaving(number, cell)
            if not further:
                break
            others = further[1]
        self.moved[number] += 1
        self.queue.append(number)

    def _cheapest(self, number: int) -> tuple[int, list[int]] | None:
        best: tuple[float, int, list[int]] | None = None
        for cell in bits(self.draft.grid.possible[number]):
            leaving = self._leaving(number, cell)
            if leaving is None:
                continue
            cost = leaving[0] + self.random.random()
            if best is None or cost < best[0]:
                best = cost, cell, leaving[1]
        return None if best is None else best[1:]

    def _leaving(self, number: int, cell: int) -> tuple[float, list[int]] | None:
        """The meetings that would leave, and what that costs; None: there is no way."""
        total, others = 0.0, []
        for choices in self.draft.obstacles(number, cell):
            able = [m for m in choices if self._may_leave(m, number)]
            if not able:
                return None
            other = min(able, key=self._cost)
            if other not in others:
                others.append(other)
                total += self._cost(other)
        return total, others

    def _may_leave(self, other: int, number: int) -> bool:
        """A pinned meeting stays, and a must makes way for musts only."""
        meeting = self.meetings[other]
        return meeting.slot is None and (not meeting.must or self.meetings[number].must)

    def _cost(self, number: int) -> float:
        return 1 + self.moved[number]
