"""Each rule by a schedule that breaks it and nothing else."""

from dataclasses import replace

import pytest

from fairplatform.scheduling.check import Violation, violations
from fairplatform.scheduling.problem import (
    Interpreter,
    InvalidProblem,
    Meeting,
    Party,
    Placed,
    Problem,
    Schedule,
    breaks,
)

DAY = frozenset(range(6))
ZH_UR = frozenset({"zh-ur"})
ASKED = Meeting(0, 1, interpreting="required", languages="zh-ur")
FREE = (Party(DAY),) * 4
TWO = Problem((0, 0, 0, 1, 1, 1), FREE, (Meeting(0, 1), Meeting(0, 2)))
SPOKEN = replace(TWO, meetings=(ASKED, replace(ASKED, one=2, other=3)), interpreters=(Interpreter(ZH_UR, DAY),) * 2)
ROW = replace(TWO, days=(0,) * 6, meetings=(ASKED,) * 4, interpreters=(Interpreter(ZH_UR, DAY),), in_a_row=2, rest=2)


def at(*slots: int) -> Schedule:
    return {number: Placed(slot) for number, slot in enumerate(slots)}


def spoken(*placed: tuple[int, int | None]) -> Schedule:
    return {number: Placed(*one) for number, one in enumerate(placed)}


@pytest.mark.parametrize(
    ("problem", "schedule", "rule", "about"),
    [
        (TWO, {7: Placed(0)}, "unknown_meeting", (7,)),
        (TWO, at(0, 0), "desks", (0, 0)),
        (replace(TWO, parties=(replace(FREE[0], ceiling=1), *FREE[1:])), at(0, 1), "ceiling", (0,)),
        (replace(TWO, parties=(Party(DAY - {1}), *FREE[1:])), at(0, 1), "party_slot", (0, 1)),
        (replace(TWO, meetings=(replace(TWO.meetings[0], slots=frozenset({2})),)), at(1), "meeting_slot", (0, 1)),
        (replace(TWO, meetings=(replace(TWO.meetings[0], slot=2),)), at(1), "pinned_slot", (0, 1)),
        (replace(TWO, reserve=frozenset({1})), at(1), "reserve", (0, 1)),
        (replace(TWO, rooms=(0, 1, 1, 1, 1, 1)), at(0), "rooms", (0,)),
        (replace(TWO, meetings=(Meeting(0, 1), Meeting(0, 2, after=(0,)))), at(1, 0), "order", (0, 1)),
        (replace(TWO, whole=True), at(0), "not_placed", (1,)),
        (replace(TWO, fairness=0), at(0, 2), "fairness", (0, 1)),
        (SPOKEN, at(0), "interpreter_missing", (0,)),
        (TWO, spoken((0, 0)), "interpreter_unwanted", (0, 0)),
        (replace(SPOKEN, meetings=(replace(ASKED, interpreter=1),)), spoken((0, 0)), "interpreter_pinned", (0, 0)),
        (replace(SPOKEN, meetings=(replace(ASKED, languages="x"),)), spoken((0, 0)), "interpreter_languages", (0, 0)),
        (replace(SPOKEN, interpreters=(Interpreter(ZH_UR, DAY - {0}),)), spoken((0, 0)), "interpreter_slot", (0, 0)),
        (SPOKEN, spoken((0, 0), (0, 0)), "interpreter_twice", (0, 0)),
        (
            replace(SPOKEN, interpreters=(Interpreter(ZH_UR, DAY, 1),)),
            spoken((0, 0), (2, 0)),
            "interpreter_day",
            (0, 0),
        ),
        (ROW, spoken((0, 0), (1, 0), (3, 0)), "interpreter_rest", (0, 3)),
        (ROW, spoken((0, 0), (2, 0), (4, 0)), "interpreter_rest", (0, 4)),  # one free slot is no rest
        (replace(ROW, in_a_row=3, apart=1), spoken((0, 0), (2, 0), (3, 0)), "interpreter_rest", (0, 3)),
    ],
)
def test_one_rule_is_broken(problem: Problem, schedule: Schedule, rule: str, about: tuple[int, ...]) -> None:
    assert violations(problem, schedule) == [Violation(rule, about)]  # type: ignore[arg-type]


def test_a_rest_is_over_after_its_slots_a_pause_or_a_day() -> None:
    assert violations(ROW, spoken((0, 0), (1, 0), (4, 0), (5, 0))) == []
    assert violations(replace(ROW, pauses=frozenset({2})), spoken((0, 0), (1, 0), (2, 0), (3, 0))) == []
    assert violations(replace(ROW, days=(0, 0, 1, 1, 1, 1)), spoken((0, 0), (1, 0), (2, 0), (3, 0))) == []


def test_a_break_is_one_however_long_and_none_over_night() -> None:
    days, slots = (0, 0, 0, 0, 1, 1, 1), ((), (0,), (3, 0), (0, 1, 3), (0, 2, 0, 6, 4), (3, 4))
    assert [breaks(of, days) for of in slots] == [
        0, 0, 1, 1, 2, 0,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"days": (1, 0, 0, 0, 0, 0)}, "The days of the slots must not decrease."),
        ({"rooms": (1,)}, "Expected the number of rooms of each of 6 slots, found 1."),
        ({"parties": (Party(frozenset({9})), *FREE)}, "Party 0: expected slots from 0 to 5, found 9."),
        ({"parties": (Party(DAY, 0), *FREE)}, "Party 0: expected 1 desk or more, found 0."),
        ({"parties": (Party(DAY, 1, 2, 3), *FREE)}, "Party 0: expected 0 ≤ floor ≤ ceiling, found 3 and 2."),
        ({"meetings": (Meeting(0, 0),)}, "Meeting 0: expected two different parties, found 0 twice."),
        ({"meetings": (Meeting(0, 4),)}, "Meeting 0: expected parties from 0 to 3, found 4."),
        (
            {"meetings": (Meeting(0, 1, after=(1,)), Meeting(0, 1, after=(0,)))},
            "Meeting 0: expected an order, found a circle of meetings that must be earlier.",
        ),
        (
            {"interpreters": (Interpreter(ZH_UR, DAY, -1),)},
            "Interpreter 0: expected 0 or more meetings a day, found -1.",
        ),
    ],
)
def test_a_problem_that_is_none_says_what_was_expected(change: dict[str, object], text: str) -> None:
    with pytest.raises(InvalidProblem) as raised:
        replace(TWO, **change)  # type: ignore[arg-type]
    assert str(raised.value) == text
