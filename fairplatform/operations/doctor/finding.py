"""One thing that was looked at, and what came of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    WELL = "well"
    WARNING = "warning"  # may be meant so; the fair runs
    BROKEN = "broken"  # people will meet it


@dataclass(frozen=True)
class Finding:
    """`says` what is, `advice` what to do about it; a thing that is well needs no advice."""

    name: str
    state: State
    says: str
    advice: str = ""


Examination = Callable[[], Iterable[Finding]]


def well(name: str, says: str) -> Finding:
    return Finding(name, State.WELL, says)


def warning(name: str, says: str, advice: str) -> Finding:
    return Finding(name, State.WARNING, says, advice)


def broken(name: str, says: str, advice: str) -> Finding:
    return Finding(name, State.BROKEN, says, advice)
