"""How far the comparing of companies is, for those who look on; and whether it shall stop.

The time of a watch is that of the search for a schedule: a matching that comes before it is not cut short by it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from fairplatform.errors import Refused
from fairplatform.matching.candidates import Ends
from fairplatform.scheduling.watch import Watch
from meetings.models import Run

EVERY = 500  # pairs from one look at the watch to the next


@dataclass(frozen=True)
class Watching:
    """`watch`: None where nobody looks on. `stopped`: the code of what is refused once somebody wants it to stop."""

    watch: Watch | None
    stopped: str

    def counted(self, pairs: Collection[Ends]) -> Iterator[Ends]:
        """The pairs that are compared, one after the other."""
        if self.watch is not None:
            self.watch.most = len(pairs)
        for number, pair in enumerate(pairs):
            if number % EVERY == 0:
                self.tell(Run.Step.COMPARE, number)
            yield pair

    def heed(self) -> None:
        """Raises Refused(`stopped`) once somebody wants it to stop."""
        if self.watch is not None and self.watch.is_stopped():
            raise Refused(self.stopped)

    def tell(self, step: Run.Step, done: int | None = None) -> None:
        """`done`: None once all are compared. Raises what `heed` raises."""
        self.heed()
        if self.watch is None:
            return
        self.watch.tell(step, (0, self.watch.most or 0 if done is None else done, 0, 0))
