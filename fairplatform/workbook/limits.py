"""What the process of an import may use. A small file can be made to unpack and multiply to far more than it holds."""

import resource
import signal
from pathlib import Path
from types import FrameType
from typing import NoReturn

# More than the program takes before it reads anything. The largest fair promised (100,000 rows) takes 300 MiB.
MOST_MEBIBYTES = 1280
# Of processor time: three times what reading and storing that fair may take on a slow machine.
MOST_SECONDS = 600
# For the companies of one unit, the largest fair besides: while one of its imports runs, the others of the fair wait.
MOST_SECONDS_OF_DELEGATE = 120
_GRACE = 30  # more seconds, to report that there are no more


class TooLong(BaseException):
    """The processor time has run out. No Exception: reading takes those for faults of the file."""


def limit(mebibytes: int, seconds: int) -> None:
    """Limits this process for good, to so much more memory than it has. MemoryError and TooLong are raised beyond."""
    signal.signal(signal.SIGXCPU, _end)
    most = _reserved() + mebibytes * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + _GRACE))


def _reserved() -> int:
    """Bytes of addresses that this process has: libraries reserve some for each core. 0 where Linux does not tell."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[0]) * resource.getpagesize() if told.exists() else 0


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    # Only once: what reports it must not be interrupted by the next second.
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    raise TooLong
