"""Schedules against everything that is possible, on problems small enough to try it."""

from random import Random

from hypothesis import given, settings

from fairplatform.scheduling.check import breaks_of_parties, violations
from fairplatform.scheduling.draft import Draft
from fairplatform.scheduling.greedy import fill, welcome_interpreters
from fairplatform.scheduling.grid import Grid
from fairplatform.scheduling.improve import share_breaks
from fairplatform.scheduling.problem import Interpreter, Meeting, Party, Placed, Problem, Schedule
from fairplatform.scheduling.reasons import Reason
from fairplatform.scheduling.solving import solve
from fairplatform.scheduling.steady import keep_interpreters
from fairplatform.scheduling.watch import Watch
from tests.sizes import full

from .problems import all_schedules, problems, value

DAY = frozenset(range(4))


@given(problems())
def test_the_best_schedule_is_found_and_proved(problem: Problem) -> None:
    solution = solve(problem)
    best = max((value(problem, schedule) for schedule in all_schedules(problem)), default=None)
    if best is None:
        assert (solution.status, solution.schedule) == ("infeasible", {})
        return
    assert (solution.status, value(problem, solution.schedule)) == ("optimal", best)
    assert violations(problem, solution.schedule) == []
    assert solution.breaks == sum(breaks_of_parties(problem, solution.schedule)) == solution.bound
    assert len(solution.schedule) <= solution.most
    assert sorted([*solution.schedule, *solution.reasons]) == list(range(len(problem.meetings)))


@settings(max_examples=full(300, small=40))
@given(problems(slots=6, parties=6, meetings=14))
def test_whatever_is_stopped_is_valid(problem: Problem) -> None:
    solution = solve(problem, Watch(stop=lambda: True))
    broken = [] if problem.whole else violations(problem, solution.schedule)
    assert broken == []
    whole = solve(problem)
    assert whole.status in ("optimal", "infeasible")
    if solution.status != "infeasible" and whole.status == "optimal":
        assert len(whole.schedule) <= solution.most
        if len(solution.schedule) == len(whole.schedule) == len(problem.meetings):
            assert solution.bound <= whole.breaks <= solution.breaks
    if "optimal" in solution.status:
        assert value(problem, solution.schedule) == value(problem, whole.schedule)


@settings(max_examples=full(100, small=20))
@given(problems(slots=6, parties=6, meetings=14))
def test_the_same_seed_gives_the_same(problem: Problem) -> None:
    assert solve(problem, seed=5) == solve(problem, seed=5)


def test_of_as_many_breaks_nobody_has_more_than_need_be() -> None:
    """Two breaks there are anyway: both of the second party, or one of each of the two."""
    meetings = [(0, 3, {0}), (0, 2, {1, 2}), (1, 4, {0}), (1, 5, {4}), (1, 2, {1, 2})]
    problem = Problem(
        (0,) * 5,
        (Party(frozenset(range(5))),) * 6,
        tuple(Meeting(one, other, slots=frozenset(slots)) for one, other, slots in meetings),
    )
    draft = Draft(Grid(problem), {m: Placed(slot) for m, slot in enumerate((0, 1, 0, 4, 2))})
    assert breaks_of_parties(problem, draft.schedule())[:2] == [0, 2]
    shared = share_breaks(draft, Random(1), Watch(), 1_000)
    assert breaks_of_parties(problem, shared.schedule())[:2] == [1, 1]
    assert share_breaks(shared, Random(1), Watch(), 1_000) is shared


def test_the_breaks_of_a_schedule_are_shared_out() -> None:
    meetings = [
        (3, 4, {0, 1, 2}), (0, 1, {1, 2, 3}), (2, 3, {2, 3, 4}), (4, 1, {0, 5}), (2, 1, {4, 5}), (4, 0, {4, 5}),
        (2, 4, {0}),
    ]  # fmt: skip
    problem = Problem(
        (0,) * 6,
        (Party(frozenset(range(6))),) * 5,
        tuple(Meeting(one, other, slots=frozenset(slots)) for one, other, slots in meetings),
    )
    assert sorted(breaks_of_parties(problem, solve(problem).schedule)) == [0, 0, 1, 1, 1]


def test_a_buyer_keeps_one_interpreter_through_a_day() -> None:
    """The first meeting would be given to the first, who cannot interpret the second."""
    day, ur, en = frozenset(range(2)), frozenset({"zh-ur"}), frozenset({"zh-en"})
    problem = Problem(
        (0, 0),
        (Party(day),) * 3,
        tuple(
            Meeting(seller, 2, slot=seller, interpreting="required", languages=language)
            for seller, language in enumerate(("zh-ur", "zh-en"))
        ),
        (Interpreter(ur, day), Interpreter(ur | en, day)),
    )
    assert {number: placed.interpreter for number, placed in solve(problem).schedule.items()} == {0: 1, 1: 1}


def test_two_buyers_exchange_their_interpreters() -> None:
    day, languages = frozenset(range(2)), frozenset({"zh-ur"})
    meetings = [
        Meeting(seller, buyer, slot=slot, interpreting="required", languages="zh-ur")
        for seller, (buyer, slot) in enumerate([(4, 0), (5, 0), (4, 1), (5, 1)])
    ]
    problem = Problem((0, 0), (Party(day),) * 6, tuple(meetings), (Interpreter(languages, day),) * 2)
    draft = Draft(Grid(problem), {m: Placed(meetings[m].slot or 0, who) for m, who in enumerate([0, 1, 1, 0])})
    keep_interpreters(draft)
    assert draft.who[0] == draft.who[2] != draft.who[1] == draft.who[3]


@given(problems(slots=6, parties=6, meetings=14))
def test_exchanging_interpreters_moves_nothing_and_gives_no_buyer_more(problem: Problem) -> None:
    draft = Draft(Grid(problem))
    fill(draft, Random(1))
    welcome_interpreters(draft)
    before, had = draft.schedule(), of_buyers(problem, draft.schedule())
    keep_interpreters(draft)
    after = draft.schedule()
    assert {m: (one.slot, one.interpreter is None) for m, one in after.items()} == {
        m: (one.slot, one.interpreter is None) for m, one in before.items()
    }
    assert of_buyers(problem, after) <= had
    rules = {violation.rule for violation in violations(problem, after)}
    assert rules <= {violation.rule for violation in violations(problem, before)}


def of_buyers(problem: Problem, schedule: Schedule) -> int:
    """How many interpreters they have, added up over days."""
    return len(
        {
            (problem.meetings[m].other, problem.days[placed.slot], placed.interpreter)
            for m, placed in schedule.items()
            if placed.interpreter is not None
        }
    )


def test_progress_is_told_and_grows() -> None:
    told: list[tuple[str, tuple[int, int, int, int]]] = []
    problem = Problem((0,) * 4, (Party(DAY),) * 4, tuple(Meeting(a, b) for a in range(4) for b in range(a)))
    solve(problem, Watch(progress=lambda step, score: told.append((step, score))))
    assert told[0][0] == "greedy"
    assert [score for _step, score in told] == sorted(score for _step, score in told)


def reason(problem: Problem, number: int) -> Reason:
    return solve(problem).reasons[number]


def test_reasons_say_what_is_in_the_way() -> None:
    early, late = Party(frozenset({0})), Party(frozenset({1}))
    assert reason(Problem((0, 0), (early, late), (Meeting(0, 1),)), 0) == Reason("no_common_slot")
    two = (Meeting(0, 1, must=True), Meeting(0, 2))
    busy = Problem((0, 0), (early, early, early), two)
    assert reason(busy, 1) == Reason("slots_taken", common=1, taken=1)
    few = Problem((0, 0), (Party(frozenset({0, 1}), ceiling=1), early, late), two)
    assert reason(few, 1) == Reason("ceiling", common=1, party=0)
    rooms = Problem((0,), (early,) * 4, (Meeting(0, 1, must=True), Meeting(2, 3)), rooms=(1,))
    assert reason(rooms, 1) == Reason("rooms_full", common=1, without_room=1)
    pinned = Problem((0, 0), (early, early, early), (Meeting(0, 1, must=True, slot=0), Meeting(0, 2, slot=0)))
    assert reason(pinned, 1) == Reason("pinned_conflict", common=1, taken=1)


def test_reasons_about_interpreters() -> None:
    early = Party(frozenset({0}))
    asked = tuple(Meeting(a, a + 1, must=a == 0, interpreting="required", languages="zh-ur") for a in (0, 2))
    nobody = Problem((0,), (early,) * 4, asked)
    assert reason(nobody, 0) == Reason("no_interpreter", common=1, without_interpreter=1)
    one = Problem((0,), (early,) * 4, asked, (Interpreter(frozenset({"zh-ur"}), frozenset({0})),))
    assert reason(one, 1) == Reason("interpreters_busy", common=1, without_interpreter=1, interpreters=1)


def test_everyone_waits_where_fairness_asks_for_it() -> None:
    """A triangle of which each party must wait once, and nobody may wait more often than anybody else."""
    parties = (Party(frozenset({0, 2})), Party(frozenset({0, 2, 4})), Party(frozenset({0, 4})))
    meetings = (
        Meeting(0, 1, slot=0),
        Meeting(0, 1, slot=2),
        Meeting(1, 2, slot=4),
        Meeting(2, 0, slots=frozenset({0})),
    )
    problem = Problem((0,) * 5, parties, meetings[:3], fairness=0, whole=True)
    assert solve(problem).status == "infeasible"
    even = Problem((0,) * 3, (Party(frozenset({0, 2})),) * 2, (Meeting(0, 1), Meeting(0, 1)), fairness=0, whole=True)
    solution = solve(even)
    assert (solution.status, solution.breaks, solution.bound) == ("optimal", 2, 2)


def test_that_there_is_no_schedule_in_which_everyone_waits_is_proved() -> None:
    parties = (Party(frozenset(range(6))), Party(frozenset({0, 1, 2, 4}), ceiling=1), Party(frozenset(range(6))))
    meetings = (Meeting(2, 1, slot=0), Meeting(1, 0), Meeting(2, 0), Meeting(0, 2))
    solution = solve(Problem((0, 0, 0, 1, 1, 1), parties, meetings, fairness=0))
    assert (solution.status, len(solution.schedule), solution.breaks) == ("optimal", 3, 0)
