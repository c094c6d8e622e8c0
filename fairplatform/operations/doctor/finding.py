"""The result of one check."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    WELL = "well"
    WARNING = "warning"  # the fair runs, and it may be intended
    BROKEN = "broken"  # people are or will be affected


@dataclass(frozen=True)
class Finding:
    """What was checked (`name`), what is the case (`says`), and what to do about it (`advice`, empty if well)."""

    name: str
    state: State
    says: str
    advice: str = ""


Check = Callable[[], Iterable[Finding]]


def well(name: str, says: str) -> Finding:
    return Finding(name, State.WELL, says)


def warning(name: str, says: str, advice: str) -> Finding:
    return Finding(name, State.WARNING, says, advice)


def broken(name: str, says: str, advice: str) -> Finding:
    return Finding(name, State.BROKEN, says, advice)
