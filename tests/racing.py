"""Actions that start together, each in a thread with a database connection of its own."""

from collections import Counter
from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connections

from fairplatform.errors import Refused

DONE = "done"


def at_once(*acts: Callable[[], object]) -> Counter[str]:
    """The results of actions that start together: done, or the code of the refusal."""
    start, ends = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
            ends.append(DONE)
        except Refused as refused:
            ends.append(refused.code)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(ends)
