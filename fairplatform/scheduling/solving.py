"""Solves a problem: a first schedule, repaired and improved, then, part by part, the best one with its proof.

In this order: as many musts as possible, meetings, little lacking to the floors, few breaks; and of schedules that are
as good, breaks shared out, then few interpreters for a buyer and day, then meetings in preferred hours.
"""

from dataclasses import dataclass, field
from random import Random
from typing import Literal

from .bounds import least_breaks, most_placed
from .check import breaks_of_parties, violations
from .draft import Draft
from .exact import MOST_LITERALS, prove, size
from .greedy import dismiss_welcome, fill, welcome_interpreters
from .grid import Grid
from .improve import improve, share_breaks
from .parts import Part, parts
from .preferring import prefer_hours
from .problem import Problem, Schedule
from .reasons import Reason, reasons
from .repair import repair
from .steady import keep_interpreters
from .watch import Watch

MOVES_EACH, MOST_MOVES = 250, 120_000  # of the improvement: for each meeting, and of all
MOST_TO_SHARE = 20_000  # moves that share out the breaks
MOST_TO_PREFER = 60_000  # moves into preferred hours

Status = Literal["optimal", "feasible", "infeasible"]


@dataclass(frozen=True)
class Solution:
    """`most`: no schedule with as many musts places more meetings. `bound`: none that places as many, and lacks as
    little to floors, has fewer breaks.

    optimal: proved that there is none better. feasible: not proved; of a problem that wants every meeting placed it
    may lack some. infeasible: proved that there is no schedule at all. `reasons`: of each meeting that is not placed.
    """

    status: Status
    schedule: Schedule
    breaks: int
    most: int
    bound: int
    reasons: dict[int, Reason] = field(default_factory=dict)


def solve(problem: Problem, watch: Watch | None = None, *, seed: int = 1) -> Solution:
    """The best schedule that is found until the watch is over. The same seed gives the same, unless time runs out."""
    watch = watch or Watch()
    grid = Grid(problem)
    most = watch.most = most_placed(grid)
    if problem.whole and most < len(problem.meetings):
        return Solution("infeasible", {}, 0, most, 0)
    draft = _search(grid, watch, Random(seed), most)  # noqa: S311
    return _Proving(grid, draft, most, watch).solution()


def appraised(problem: Problem, schedule: Schedule, watch: Watch | None = None) -> Solution:
    """A schedule that was not made to be the best, as it is, with what is proved of the best.

    What the `watch` knows of the problem holds: the most meetings that a schedule could place.
    """
    watch, grid = watch or Watch(), Grid(problem)
    most = most_placed(grid) if watch.most is None else watch.most
    return _Proving(grid, Draft(grid, schedule), most, watch, takes_better=False).appraisal()


def _search(grid: Grid, watch: Watch, random: Random, most: int) -> Draft:
    """The best that is found without proof."""
    draft = Draft(grid)
    fill(draft, random)
    watch.tell("greedy", draft.score())
    draft = repair(draft, random, watch, most)
    moves = min(MOVES_EACH * len(draft.at), MOST_MOVES)
    draft = improve(draft, random, watch, moves, least_breaks(grid, draft.schedule()))
    _make_fair(draft)
    return draft


def _make_fair(draft: Draft) -> None:
    """Takes meetings out until the breaks of parties differ by no more than fairness allows."""
    fairness, grid = draft.grid.problem.fairness, draft.grid
    if fairness is None or grid.problem.whole:
        return
    while True:
        waits = [grid.breaks(busy) for busy in draft.busy]
        if not waits or max(waits) - min(waits) <= fairness:
            return
        party = waits.index(max(waits))
        draft.take(max(m for m in grid.of_party[party] if draft.at[m] >= 0))


class _Proving:
    """Replaces what was found by something better, part by part, and adds up what is proved.

    `takes_better`: or leaves what was found as it is, and only says whether it is the best.
    """

    def __init__(self, grid: Grid, draft: Draft, most: int, watch: Watch, *, takes_better: bool = True) -> None:
        self.grid, self.problem, self.watch, self.most = grid, grid.problem, watch, most
        self.takes_better = takes_better
        self.found = draft.schedule()
        self.is_proved, self.is_infeasible = True, False
        self.bound = self.placed_bound = 0

    def solution(self) -> Solution:
        fairness = self.problem.fairness
        for part in parts(self.grid):
            self._part(part, None if fairness is None else (0, fairness))
        self._uneven()
        if self.is_infeasible:
            return Solution("infeasible", {}, 0, self.most, 0)
        draft = Draft(self.grid, self.found)
        dismiss_welcome(draft)
        moves = MOVES_EACH * len(draft.at) if self.problem.fairness is None else 0
        draft = share_breaks(draft, Random(1), self.watch, min(moves, MOST_TO_SHARE))  # noqa: S311
        welcome_interpreters(draft)
        keep_interpreters(draft)
        draft = prefer_hours(draft, Random(1), self.watch, min(moves, MOST_TO_PREFER))  # noqa: S311
        return self._solution(draft)

    def appraisal(self) -> Solution:
        """Of a problem without fairness, in which meetings may be left out."""
        for part in parts(self.grid):
            self._part(part, None)
        return self._solution(Draft(self.grid, self.found))

    def _solution(self, draft: Draft) -> Solution:
        found = draft.schedule()
        broken = violations(self.problem, found)
        if any(v.rule not in ("not_placed", "fairness") for v in broken):
            raise AssertionError(f"The solver made a schedule that breaks rules: {broken[:3]}")
        if any(v.rule == "fairness" for v in broken):  # of a problem that wants all placed, for which time ran out
            return Solution("feasible", {}, 0, self.most, self.bound, reasons(Draft(self.grid)))
        is_optimal = self.is_proved and not broken
        return Solution(
            "optimal" if is_optimal else "feasible",
            found,
            sum(breaks_of_parties(self.problem, found)),
            min(self.most, self.placed_bound),
            self.bound,
            reasons(draft),
        )

    def _part(self, part: Part, waits: tuple[int, int] | None) -> None:
        grid = Grid(part.problem)
        draft = Draft(grid, part.of_whole(self.found))
        placed = len(draft.at) - len(draft.unplaced())
        most = most_placed(grid)
        is_all = placed == len(draft.at)
        bound = least_breaks(grid, draft.schedule()) if is_all or self.problem.whole else 0
        musts = [m for m, meeting in enumerate(part.problem.meetings) if meeting.must]
        score = draft.score()
        most_musts = len(musts) if is_all else most_placed(grid, musts)
        is_best = (placed, score[0], score[2], draft.breaks()) == (most, most_musts, 0, bound)
        is_fair = waits is None or all(grid.breaks(busy) <= waits[1] for busy in draft.busy)
        if is_best and is_fair:
            self._add(bound, most)
            return
        if size(grid) > MOST_LITERALS or self.watch.is_over():
            self._add(bound, most, is_proved=False)
            return
        self._exact(part, grid, waits, is_all=is_all or self.problem.whole, bound=bound, most=most)

    def _exact(
        self, part: Part, grid: Grid, waits: tuple[int, int] | None, *, is_all: bool, bound: int, most: int
    ) -> None:
        proof = prove(grid, self.watch, whole=is_all, waits=waits)
        if proof.schedule is not None and not self.takes_better:
            self._compare(part, grid, Draft(grid, proof.schedule), bound)
        elif proof.schedule is not None:
            for number in part.meetings:
                self.found.pop(number, None)
            self.found |= part.to_whole(proof.schedule)
            self._add(sum(breaks_of_parties(part.problem, proof.schedule)), len(proof.schedule))
            self.watch.tell("exact", Draft(self.grid, self.found).score())
        elif proof.is_complete and self.problem.whole:
            self.is_infeasible = True
        else:
            self._add(max(bound, proof.cost) if is_all else bound, most, is_proved=False)

    def _compare(self, part: Part, grid: Grid, best: Draft, bound: int) -> None:
        """What is proved of what was found, by a best schedule of the part."""
        score, most = Draft(grid, part.of_whole(self.found)).score(), best.score()
        # Of those that place fewer, or of which parties lack more, the best may have fewer breaks.
        is_alike = score[:3] == most[:3]
        self._add(-most[3] if is_alike else bound, most[1], is_proved=score == most)

    def _add(self, bound: int, placed: int, *, is_proved: bool = True) -> None:
        self.bound += bound
        self.placed_bound += placed
        self.is_proved &= is_proved

    def _uneven(self) -> None:
        """Fairness also holds where everybody waits: the most breaks may be more, if the fewest are more as well.

        So what was proved holds for those schedules only where somebody does not wait, and for all where the others
        have more breaks. Where they could be better, they are looked for too.
        """
        fairness = self.problem.fairness
        fewest = min((len(numbers) - 1 for numbers in self.grid.of_party), default=0)
        if fairness is None or fewest < 1:
            return
        parties = len(self.grid.of_party)
        if self.problem.whole and not self.is_infeasible and self.is_proved and self.bound < parties:
            return
        self._wait_all(fairness, fewest, parties)

    def _wait_all(self, fairness: int, fewest: int, parties: int) -> None:
        best = None if self.is_infeasible else Draft(self.grid, self.found)
        lowest = self.bound if best else None
        for least in range(1, fewest + 1):
            if size(self.grid) > MOST_LITERALS or self.watch.is_over():
                self.is_proved, self.is_infeasible = False, False
                self.bound = min(self.bound, parties)
                return
            proof = prove(self.grid, self.watch, whole=self.problem.whole, waits=(least, least + fairness))
            if not proof.is_complete:
                self.is_proved, self.is_infeasible = False, False
                self.bound = min(self.bound, parties)
            elif proof.schedule is not None:
                draft = Draft(self.grid, proof.schedule)
                if best is None or draft.score() > best.score():
                    best, lowest = draft, draft.breaks()
        if best is not None and lowest is not None and (self.is_proved or self.is_infeasible):
            self.is_infeasible, self.found, self.bound = False, best.schedule(), lowest
            self.placed_bound = len(self.found)
