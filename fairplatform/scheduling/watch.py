"""When a search ends: at its time limit, or when somebody says so. What it has found by then is kept."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from .draft import Score

Progress = Callable[[str, Score], None]
"""Is told the step of the search and the best score so far."""


class Watch:
    """`seconds`: None is as long as it takes. `stop`: whether somebody has said so. Both are asked often.

    `most`: of the meetings that a schedule could place, once it is known.
    """

    most: int | None = None

    def __init__(
        self,
        seconds: float | None = None,
        stop: Callable[[], bool] | None = None,
        progress: Progress | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock, self._stop, self._progress = clock, stop, progress
        self._began = clock()
        self._ends = None if seconds is None else self._began + seconds

    def is_over(self) -> bool:
        return (self._ends is not None and self._clock() >= self._ends) or self.is_stopped()

    def is_stopped(self) -> bool:
        """Whether somebody has said so, whatever its time."""
        return self._stop is not None and self._stop()

    def tell(self, step: str, score: Score) -> None:
        if self._progress is not None:
            self._progress(step, score)

    @property
    def seconds(self) -> float:
        """Since it began."""
        return self._clock() - self._began


@contextmanager
def repeated(act: Callable[[], None], seconds: float, at_end: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Within it a thread acts every so many seconds, for what is done meanwhile only computes; `at_end`: the last."""
    done = Event()

    def work() -> None:
        while not done.wait(seconds):
            act()
        at_end()

    thread = Thread(target=work, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
