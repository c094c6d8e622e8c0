"""Verifies any schedule, knowing nothing of how it was made."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from .problem import Interpreter, Placed, Problem, Schedule, breaks

Rule = Literal[
    "unknown_meeting",
    "meeting_slot",
    "pinned_slot",
    "reserve",
    "party_slot",
    "desks",
    "ceiling",
    "rooms",
    "order",
    "interpreter_missing",
    "interpreter_unwanted",
    "interpreter_pinned",
    "interpreter_languages",
    "interpreter_slot",
    "interpreter_twice",
    "interpreter_day",
    "interpreter_rest",
    "fairness",
    "not_placed",
]


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a schedule breaks. `about`: the numbers of the meeting, party or interpreter, then of the slot."""

    rule: Rule
    about: tuple[int, ...]


def violations(problem: Problem, schedule: Schedule) -> list[Violation]:
    """All that is wrong; nothing for a valid schedule."""
    unknown = [Violation("unknown_meeting", (m,)) for m in schedule if not 0 <= m < len(problem.meetings)]
    if unknown:
        return unknown
    found = [*_of_rooms(problem, schedule), *_of_fairness(problem, schedule)]
    for number, placed in sorted(schedule.items()):
        found += _of_meeting(problem, number, placed)
        found += _of_interpreting(problem, number, placed)
        found += _of_order(problem, schedule, number)
    for party, slots in enumerate(_slots_of_parties(problem, schedule)):
        found += _of_party(problem, party, slots)
    for interpreter, slots in enumerate(_slots_of_interpreters(problem, schedule)):
        found += _of_interpreter(problem, interpreter, slots)
    if problem.whole:
        found += [Violation("not_placed", (m,)) for m in range(len(problem.meetings)) if m not in schedule]
    return found


def breaks_of_parties(problem: Problem, schedule: Schedule) -> list[int]:
    return [breaks(slots, problem.days) for slots in _slots_of_parties(problem, schedule)]


def _slots_of_parties(problem: Problem, schedule: Schedule) -> list[list[int]]:
    slots: list[list[int]] = [[] for _ in problem.parties]
    for number, placed in schedule.items():
        for party in problem.meetings[number].parties:
            slots[party].append(placed.slot)
    return slots


def _slots_of_interpreters(problem: Problem, schedule: Schedule) -> list[list[int]]:
    slots: list[list[int]] = [[] for _ in problem.interpreters]
    for placed in schedule.values():
        if placed.interpreter is not None and 0 <= placed.interpreter < len(slots):
            slots[placed.interpreter].append(placed.slot)
    return [sorted(of_interpreter) for of_interpreter in slots]


def _of_meeting(problem: Problem, number: int, placed: Placed) -> Iterator[Violation]:
    meeting, slot = problem.meetings[number], placed.slot
    if not 0 <= slot < len(problem.days) or (meeting.slots is not None and slot not in meeting.slots):
        yield Violation("meeting_slot", (number, slot))
    if meeting.slot is not None and slot != meeting.slot:
        yield Violation("pinned_slot", (number, slot))
    if slot in problem.reserve:
        yield Violation("reserve", (number, slot))
    for party in meeting.parties:
        if slot not in problem.parties[party].slots:
            yield Violation("party_slot", (party, slot))


def _of_interpreting(problem: Problem, number: int, placed: Placed) -> Iterator[Violation]:
    meeting, who = problem.meetings[number], placed.interpreter
    if who is None:
        if meeting.interpreting == "required":
            yield Violation("interpreter_missing", (number,))
        return
    if meeting.interpreting == "none" or not 0 <= who < len(problem.interpreters):
        yield Violation("interpreter_unwanted", (number, who))
        return
    if meeting.interpreter is not None and meeting.interpreter != who:
        yield Violation("interpreter_pinned", (number, who))
    if meeting.interpreter is None and meeting.languages not in problem.interpreters[who].languages:
        yield Violation("interpreter_languages", (number, who))
    if placed.slot not in problem.interpreters[who].slots:
        yield Violation("interpreter_slot", (who, placed.slot))


def _of_order(problem: Problem, schedule: Schedule, number: int) -> Iterator[Violation]:
    for earlier in problem.meetings[number].after:
        if earlier in schedule and schedule[earlier].slot >= schedule[number].slot:
            yield Violation("order", (earlier, number))


def _of_party(problem: Problem, number: int, slots: Sequence[int]) -> Iterator[Violation]:
    party = problem.parties[number]
    for slot, count in sorted(Counter(slots).items()):
        if count > party.desks:
            yield Violation("desks", (number, slot))
    if party.ceiling is not None and len(slots) > party.ceiling:
        yield Violation("ceiling", (number,))


def _of_rooms(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    held = Counter(placed.slot for placed in schedule.values())
    for slot, rooms in enumerate(problem.rooms or ()):
        if held[slot] > rooms:
            yield Violation("rooms", (slot,))


def _of_fairness(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    waits = breaks_of_parties(problem, schedule)
    if problem.fairness is not None and waits and max(waits) - min(waits) > problem.fairness:
        yield Violation("fairness", (waits.index(max(waits)), waits.index(min(waits))))


def _of_interpreter(problem: Problem, number: int, slots: Sequence[int]) -> Iterator[Violation]:
    by_day: dict[int, list[int]] = defaultdict(list)
    for slot, count in sorted(Counter(slots).items()):
        if count > 1:
            yield Violation("interpreter_twice", (number, slot))
        if 0 <= slot < len(problem.days):
            by_day[problem.days[slot]].append(slot)
    for day, of_day in by_day.items():
        yield from _of_interpreters_day(problem, problem.interpreters[number], number, day, of_day)


def _of_interpreters_day(
    problem: Problem, interpreter: Interpreter, number: int, day: int, slots: Sequence[int]
) -> Iterator[Violation]:
    if interpreter.a_day is not None and len(slots) > interpreter.a_day:
        yield Violation("interpreter_day", (number, day))
    for in_a_row, rest in ((problem.in_a_row, problem.rest), (1, problem.apart)):
        row: list[int] = []
        for slot in slots:
            paused = bool(row) and any(row[-1] < pause <= slot for pause in problem.pauses)
            follows = bool(row) and slot - row[-1] <= rest and not paused
            row = [*row, slot] if follows else [slot]
            if len(row) > in_a_row:
                yield Violation("interpreter_rest", (number, slot))
