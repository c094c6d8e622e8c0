"""A disk that takes no more: the operating system lets no file of a process grow."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

OURSELVES = 0


@contextmanager
def no_room(process: int = OURSELVES, *, beyond: int) -> Iterator[None]:
    """For this process, whose writes beyond so many octets of a file fail; then there is room again."""
    before = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (beyond, before[1]))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, before)
