"""What is to be scheduled: parties, their meetings, slots on some days, interpreters and rooms.

One problem covers a real fair and the published B2B meeting scheduling problem (Bofill et al., JAIR 2022, article
12670). All are known by their place in the tuples, from 0; a slot by its place in `days`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Interpreting = Literal["required", "welcome", "none"]
INTERPRETING: tuple[Interpreting, ...] = ("required", "welcome", "none")


MOST_SLOTS = 10_000  # of a file


class InvalidProblem(ValueError):
    """What is wrong in a problem, and what was expected. `where`: the tuple and the number in it: meetings, 7."""

    def __init__(self, text: str, where: tuple[str | int, ...] = ()) -> None:
        super().__init__(text)
        self.where = where


@dataclass(frozen=True, slots=True)
class Party:
    """A firm, or a participant of the published problem.

    `slots`: in which it can meet at all. `desks`: how many meetings it can hold at the same time. `ceiling`: how many
    meetings it has at most, `floor`: how many it should have at least. `preferred`: slots in which it would rather
    meet; None: any.
    """

    slots: frozenset[int]
    desks: int = 1
    ceiling: int | None = None
    floor: int = 0
    preferred: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two parties, `one` and `other`, who are to meet in one slot.

    `must`: it comes before those that only would be good. `slots`: where given, the only ones for it. `slot` and
    `interpreter`: pinned. `languages`: the pair to interpret, in any form that the interpreters have too, as "zh-ur".
    `after`: the meetings that must be earlier.
    """

    one: int
    other: int
    must: bool = False
    slots: frozenset[int] | None = None
    slot: int | None = None
    interpreting: Interpreting = "none"
    languages: str = ""
    interpreter: int | None = None
    after: tuple[int, ...] = ()

    @property
    def parties(self) -> tuple[int, int]:
        return self.one, self.other


@dataclass(frozen=True, slots=True)
class Interpreter:
    """`languages`: the pairs; `slots`: in which they can work; `a_day`: the most meetings they have on a day."""

    languages: frozenset[str]
    slots: frozenset[int]
    a_day: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """`days`: the day of each slot; those of one day follow each other, and so do the days.

    `pauses`: slots before which an interpreter has rested anyway, such as the first after lunch.
    `rooms`: how many meetings may be held in each slot; None: any number.
    `reserve`: slots that are kept free.
    `in_a_row`, `rest`: after so many meetings in a row an interpreter has so many free slots; those are in a row
    between which fewer are free. `apart`: how many are free between any two of their meetings.
    `fairness`: by how much the numbers of breaks of any two parties may differ.
    `whole`: every meeting must be placed, else there is no schedule at all.
    """

    days: tuple[int, ...]
    parties: tuple[Party, ...]
    meetings: tuple[Meeting, ...]
    interpreters: tuple[Interpreter, ...] = ()
    rooms: tuple[int, ...] | None = None
    reserve: frozenset[int] = frozenset()
    pauses: frozenset[int] = frozenset()
    in_a_row: int = 3
    rest: int = 1
    apart: int = 0
    fairness: int | None = None
    whole: bool = False

    def __post_init__(self) -> None:
        for where, fault in _faults(self):
            if not where:
                raise InvalidProblem(fault)
            raise InvalidProblem(f"{_NAMES[where[0]]} {where[1]}: {fault}", where)

    @property
    def rests(self) -> tuple[tuple[int, int], ...]:
        """The rules of rest: at most so many meetings with fewer free slots than so many between each and the next."""
        return tuple((row, free) for row, free in ((self.in_a_row, self.rest), (1, self.apart)) if free)

    def slots_of(self, number: int) -> frozenset[int]:
        """The slots that a meeting can have by itself and its parties, whatever else is placed."""
        meeting = self.meetings[number]
        found = self.parties[meeting.one].slots & self.parties[meeting.other].slots - self.reserve
        if meeting.slots is not None:
            found &= meeting.slots
        if meeting.slot is not None:
            found &= {meeting.slot}
        return found

    def interpreters_of(self, number: int) -> list[int]:
        """Who could interpret a meeting; nobody where none is wanted."""
        meeting = self.meetings[number]
        if meeting.interpreting == "none":
            return []
        able = (i for i, who in enumerate(self.interpreters) if meeting.languages in who.languages)
        return list(able) if meeting.interpreter is None else [meeting.interpreter]

    def meetings_of_parties(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.parties]
        for number, meeting in enumerate(self.meetings):
            for party in meeting.parties:
                found[party].append(number)
        return found


@dataclass(frozen=True, slots=True)
class Placed:
    """When a meeting is held, and who interprets it."""

    slot: int
    interpreter: int | None = None


Schedule = dict[int, Placed]
"""The meetings that are placed, by number."""


def breaks(slots: Iterable[int], days: tuple[int, ...]) -> int:
    """How often a party waits between two of its meetings on one day, however long."""
    return sum(days[before] == days[after] and after > before + 1 for before, after in pairwise(sorted(set(slots))))


_NAMES = {"parties": "Party", "interpreters": "Interpreter", "meetings": "Meeting"}


def _faults(problem: Problem) -> Iterator[tuple[tuple[()] | tuple[str, int], str]]:
    yield from (((), fault) for fault in _faults_of_slots(problem))
    for number, party in enumerate(problem.parties):
        yield from ((("parties", number), fault) for fault in _faults_of_party(problem, party))
    for number, interpreter in enumerate(problem.interpreters):
        yield from ((("interpreters", number), fault) for fault in _faults_of_interpreter(problem, interpreter))
    for number, meeting in enumerate(problem.meetings):
        yield from ((("meetings", number), fault) for fault in _faults_of_meeting(problem, number, meeting))
    for number in _circles(problem):
        yield ("meetings", number), "expected an order, found a circle of meetings that must be earlier."


def _faults_of_slots(problem: Problem) -> Iterator[str]:
    days = problem.days
    if list(days) != sorted(days):
        yield "The days of the slots must not decrease."
    if problem.rooms is not None and len(problem.rooms) != len(days):
        yield f"Expected the number of rooms of each of {len(days)} slots, found {len(problem.rooms)}."
    if problem.rooms is not None and min(problem.rooms, default=0) < 0:
        yield "Expected numbers of rooms of 0 or more."
    for name, slots in (("reserve", problem.reserve), ("pauses", problem.pauses)):
        yield from _strange_slots(slots, problem, f"In {name}, expected")
    if problem.in_a_row < 1 or min(problem.rest, problem.apart) < 0:
        yield "Expected meetings in a row of 1 or more, and a rest of 0 or more slots."
    if problem.fairness is not None and problem.fairness < 0:
        yield "Expected a fairness of 0 or more."


def _strange_slots(slots: Iterable[int], problem: Problem, expected: str = "expected") -> Iterator[str]:
    strange = sorted(slot for slot in slots if not 0 <= slot < len(problem.days))
    if strange:
        yield f"{expected} slots from 0 to {len(problem.days) - 1}, found {strange[0]}."


def _faults_of_party(problem: Problem, party: Party) -> Iterator[str]:
    yield from _strange_slots(party.slots, problem)
    yield from _strange_slots(party.preferred or (), problem, "among the preferred, expected")
    if party.desks < 1:
        yield f"expected 1 desk or more, found {party.desks}."
    if party.floor < 0 or (party.ceiling is not None and party.ceiling < party.floor):
        yield f"expected 0 ≤ floor ≤ ceiling, found {party.floor} and {party.ceiling}."


def _faults_of_interpreter(problem: Problem, interpreter: Interpreter) -> Iterator[str]:
    yield from _strange_slots(interpreter.slots, problem)
    if interpreter.a_day is not None and interpreter.a_day < 0:
        yield f"expected 0 or more meetings a day, found {interpreter.a_day}."


def _faults_of_meeting(problem: Problem, number: int, meeting: Meeting) -> Iterator[str]:
    for party in meeting.parties:
        if not 0 <= party < len(problem.parties):
            yield f"expected parties from 0 to {len(problem.parties) - 1}, found {party}."
    if meeting.one == meeting.other:
        yield f"expected two different parties, found {meeting.one} twice."
    yield from _strange_slots(meeting.slots or (), problem)
    yield from _strange_slots(() if meeting.slot is None else (meeting.slot,), problem)
    for earlier in meeting.after:
        if not 0 <= earlier < len(problem.meetings) or earlier == number:
            yield f"expected other meetings from 0 to {len(problem.meetings) - 1} before it, found {earlier}."
    yield from _faults_of_interpreting(problem, meeting)


def _faults_of_interpreting(problem: Problem, meeting: Meeting) -> Iterator[str]:
    if meeting.interpreting not in INTERPRETING:
        yield f"expected {', '.join(INTERPRETING)} as interpreting, found {meeting.interpreting}."
    if meeting.interpreter is None:
        return
    if not 0 <= meeting.interpreter < len(problem.interpreters):
        yield f"expected an interpreter from 0 to {len(problem.interpreters) - 1}, found {meeting.interpreter}."
    if meeting.interpreting == "none":
        yield "expected no interpreter where interpreting is none."


def _circles(problem: Problem) -> Iterator[int]:
    """The first of meetings each of which must be earlier than the next, and the last than the first."""
    left = {number: set(meeting.after) for number, meeting in enumerate(problem.meetings) if meeting.after}
    while left:
        free = [number for number, earlier in left.items() if not earlier & left.keys()]
        if not free:
            yield min(left)
            return
        for number in free:
            del left[number]
