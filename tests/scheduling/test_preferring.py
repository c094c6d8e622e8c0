"""Meetings in preferred hours: more of them where that costs nothing, and nothing lost."""

from random import Random

from hypothesis import given, settings

from fairplatform.scheduling.check import breaks_of_parties, violations
from fairplatform.scheduling.draft import Draft
from fairplatform.scheduling.greedy import fill, welcome_interpreters
from fairplatform.scheduling.grid import Grid
from fairplatform.scheduling.preferring import prefer_hours, suited
from fairplatform.scheduling.problem import Interpreter, Meeting, Party, Placed, Problem, Schedule
from fairplatform.scheduling.solving import solve
from fairplatform.scheduling.steady import keep_interpreters
from fairplatform.scheduling.watch import Watch
from tests.sizes import full

from .problems import problems, value
from .test_solving import of_buyers

DAY = frozenset(range(4))
MORNING, EVENING = frozenset({0, 1}), frozenset({2, 3})


@settings(max_examples=full(500, small=60))
@given(problems(slots=6, parties=6, meetings=14))
def test_nothing_is_lost_and_no_rule_is_broken(problem: Problem) -> None:
    draft = Draft(Grid(problem))
    fill(draft, Random(1))
    welcome_interpreters(draft)
    keep_interpreters(draft)
    before = draft.schedule()
    after = prefer_hours(draft, Random(1), Watch(), 500).schedule()
    assert draft.schedule() == before
    assert after.keys() == before.keys()
    assert value(problem, after) >= value(problem, before)
    assert {v.rule for v in violations(problem, after)} <= {v.rule for v in violations(problem, before)}
    assert squares(problem, after) <= squares(problem, before)
    assert of_buyers(problem, after) <= of_buyers(problem, before)
    assert interpreted(after) >= interpreted(before)
    assert [now >= was for now, was in zip(suited(problem, after), suited(problem, before), strict=True)] == [True] * 2


def squares(problem: Problem, schedule: Schedule) -> tuple[int, int]:
    """The breaks, and how unevenly they are shared."""
    waits = breaks_of_parties(problem, schedule)
    return sum(waits), sum(each * each for each in waits)


def interpreted(schedule: Schedule) -> int:
    return sum(placed.interpreter is not None for placed in schedule.values())


@given(problems(slots=6, parties=6, meetings=14))
def test_without_preferences_everything_stays(problem: Problem) -> None:
    nobody = Problem(
        problem.days,
        tuple(Party(p.slots, p.desks, p.ceiling, p.floor) for p in problem.parties),
        problem.meetings,
        problem.interpreters,
    )
    draft = Draft(Grid(nobody))
    fill(draft, Random(1))
    assert prefer_hours(draft, Random(1), Watch(), 100) is draft


def slots(problem: Problem) -> list[int]:
    return [placed.slot for _number, placed in sorted(solve(problem).schedule.items())]


def test_a_meeting_is_where_both_prefer_it_else_where_one_does() -> None:
    morning, evening = Party(DAY, preferred=MORNING), Party(DAY, preferred=EVENING)
    third = Party(DAY, preferred=frozenset({3}))
    assert slots(Problem((0,) * 4, (evening, third), (Meeting(0, 1),))) == [3]
    assert slots(Problem((0,) * 4, (Party(DAY), third), (Meeting(0, 1),))) == [3]
    # Nothing suits both; anything but the middle of the day suits one.
    apart = Problem((0,) * 4, (Party(DAY, preferred=frozenset({0})), third), (Meeting(0, 1),))
    assert slots(apart)[0] in (0, 3)
    assert slots(Problem((0,) * 4, (morning, Party(EVENING)), (Meeting(0, 1),)))[0] in EVENING


def test_two_meetings_change_places() -> None:
    """Both have the second party, which has one desk; each is where the other would rather be."""
    early, late = (Party(MORNING, preferred=frozenset({slot})) for slot in (0, 1))
    problem = Problem((0, 0), (early, Party(MORNING), late), (Meeting(0, 1), Meeting(2, 1)))
    draft = Draft(Grid(problem), {0: Placed(1), 1: Placed(0)})
    after = prefer_hours(draft, Random(1), Watch(), 1_000).schedule()
    assert after == {0: Placed(0), 1: Placed(1)}
    assert (suited(problem, draft.schedule()), suited(problem, after)) == ((0, 2), (2, 2))


def test_what_suits_two_takes_nothing_from_what_suits_one() -> None:
    """Exchanged, the first meeting would suit both of its parties, and the second neither of its own."""
    parties = (Party(DAY, preferred=MORNING), Party(MORNING, preferred=frozenset({0})), Party(DAY, preferred=EVENING))
    problem = Problem((0,) * 4, parties, (Meeting(0, 1, slots=MORNING), Meeting(2, 1, slots=MORNING)))
    draft = Draft(Grid(problem), {0: Placed(1), 1: Placed(0)})
    assert suited(problem, draft.schedule()) == (0, 2)
    assert suited(problem, {0: Placed(0), 1: Placed(1)}) == (1, 1)
    assert prefer_hours(draft, Random(1), Watch(), 1_000) is draft


def test_nobody_waits_for_the_hours_of_another() -> None:
    """The first meeting could be in the preferred slot, but then the second party would wait for its other one."""
    problem = Problem(
        (0,) * 4,
        (Party(DAY, preferred=frozenset({3})), Party(DAY), Party(DAY)),
        (Meeting(0, 1), Meeting(1, 2, slot=0)),
    )
    assert slots(problem) == [1, 0]


def test_a_buyer_keeps_one_interpreter_whatever_is_preferred() -> None:
    """In the preferred slot only an interpreter works whom the buyer does not have on that day."""
    languages = frozenset({"zh-ur"})
    wanted = {"interpreting": "required", "languages": "zh-ur"}
    problem = Problem(
        (0, 0, 0),
        (Party(frozenset({1})), Party(frozenset({0, 2}), preferred=frozenset({2})), Party(frozenset({0, 1, 2}))),
        (Meeting(0, 2, **wanted), Meeting(1, 2, **wanted)),  # type: ignore[arg-type]
        (Interpreter(languages, frozenset({0, 1})), Interpreter(languages, frozenset({2}))),
    )
    draft = Draft(Grid(problem), {0: Placed(1, 0), 1: Placed(0, 0)})
    assert prefer_hours(draft, Random(1), Watch(), 1_000) is draft
