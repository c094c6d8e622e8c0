"""A full disk, simulated by the limit on the size of a process's files (RLIMIT_FSIZE)."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

OWN_PROCESS = 0


@contextmanager
def full_disk(process: int = OWN_PROCESS, *, beyond: int) -> Iterator[None]:
    """Inside, writes of the process beyond this many bytes of a file fail."""
    before = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (beyond, before[1]))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, before)
