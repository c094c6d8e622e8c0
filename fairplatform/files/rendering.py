"""Runs the program that encodes pictures, one at a time in each process of the server."""

import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel

from fairplatform.errors import Refused

from .storage import Stored, put, unfinished

PROGRAM = Path(__file__).with_name("pictures.py")
# Threads of pages that may wait for their turn; others are asked to try again, so that pages are served meanwhile.
MOST_WAITING = 8
OF_COMPANY = 2  # of them, so that pictures made to take long keep no other company from its turn
LONGEST = 50  # seconds for one picture
_waiting: Counter[int] = Counter()  # by company
_counting, _at_work = threading.Lock(), threading.Lock()


class StoredPicture(NamedTuple):
    """A rendition that is on the disk."""

    width: int
    height: int
    stored: Stored


class _Written(BaseModel):
    name: str
    width: int
    height: int


class _Answer(BaseModel):
    """What the program prints."""

    refused: str = ""
    renditions: list[_Written] = []


def render(source: Path, company: int) -> list[StoredPicture]:
    """Stores a company's picture in several widths, the widest last.

    Raises Refused: "file_kind", "picture_large", "picture_damaged", "picture_animated", or "pictures_waiting" where too
    many wait to be encoded.
    """
    with _turn(company), tempfile.TemporaryDirectory(dir=unfinished()) as folder:
        answer = _run(source, Path(folder))
        if answer.refused:
            raise Refused(answer.refused)
        return [StoredPicture(one.width, one.height, put(Path(folder, one.name))) for one in answer.renditions]


@contextmanager
def _turn(company: int) -> Iterator[None]:
    with _counting:
        if _waiting.total() >= MOST_WAITING or _waiting[company] >= OF_COMPANY:
            raise Refused("pictures_waiting")
        _waiting[company] += 1
    try:
        with _at_work:
            yield
    finally:
        with _counting:
            _waiting[company] -= 1


def _run(source: Path, folder: Path) -> _Answer:
    """What the program answers; where it failed, or a limit ended it, the picture is one it cannot encode."""
    # Isolated, and without the environment: none of the server's secrets is where a decoder reads what others made.
    command = [sys.executable, "-I", str(PROGRAM), str(source), str(folder)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=LONGEST, check=True, env={}
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as failure:
        raise Refused("picture_damaged") from failure
    return _Answer.model_validate_json(done.stdout)
