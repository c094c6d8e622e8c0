"""The best schedule there is, with proof: MaxSAT by RC2 (Ignatiev et al., JSAT 2019), as python-sat has it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pysat.examples.rc2 import RC2
from pysat.formula import WCNF

from .encoding import Encoding
from .grid import Grid
from .problem import Schedule
from .watch import Watch, repeated

SOLVER = "g4"  # Glucose 4: of python-sat's solvers that can be interrupted the fastest on the published instances
MOST_LITERALS = 20_000  # meetings × slots, and interpreters: beyond, making the clauses alone takes too long
LOOK = 0.05  # seconds between two looks at the watch


@dataclass(frozen=True)
class Proof:
    """`schedule`: one that is best; None: there is none (`is_complete`), or it was not found in time.

    `cost`: what a best schedule costs, or, where the search is not complete, a lower bound of it.
    """

    is_complete: bool
    schedule: Schedule | None
    cost: int


def size(grid: Grid) -> int:
    """How many choices a problem has."""
    return sum(
        possible.bit_count() * (1 + len(grid.able[number]) * grid.needs[number])
        for number, possible in enumerate(grid.possible)
    )


def prove(grid: Grid, watch: Watch, *, whole: bool, waits: tuple[int, int] | None = None) -> Proof:
    """A best schedule: of all meetings (`whole`) the fewest breaks; else musts, meetings, floors and breaks in this
    order. `waits`: between which numbers the breaks of each party must be."""
    encoding = Encoding(grid, whole=whole, waits=waits)
    with _Search(encoding.formula, watch) as search, repeated(search.look, LOOK):
        try:
            model = search.compute()
        except _Interrupted:
            return Proof(False, None, search.cost)
        return Proof(True, None if model is None else encoding.schedule(model), search.cost)


class _Interrupted(Exception):
    """The time is over."""


class _Search(RC2):
    """RC2 that ends at once when it is interrupted: what it concludes from a call without an answer is no proof."""

    def __init__(self, formula: WCNF, watch: Watch) -> None:
        self._watch = watch
        super().__init__(formula, solver=SOLVER, exhaust=True, minz=True, trim=5)  # type: ignore[no-untyped-call]

    def look(self) -> None:
        """Interrupts the solver when the time is over."""
        if self._watch.is_over() and self.oracle is not None:
            self.oracle.interrupt()

    def _call_oracle(self, assumptions: Sequence[int] = (), expect_interrupt: bool = True) -> bool | None:
        answer: bool | None = super()._call_oracle(assumptions, expect_interrupt=True)  # type: ignore[no-untyped-call]
        if answer is None and self._watch.is_over():
            raise _Interrupted
        return answer

    def trim_core(self) -> None:
        """As RC2 does, which fails when nothing is left of the core: then there is no schedule, whatever it costs."""
        oracle: Any = self.oracle
        for _ in range(self.trim):
            self._call_oracle(self.core)
            core = oracle.get_core() or []
            if len(core) == len(self.core):
                break
            self.core = core
