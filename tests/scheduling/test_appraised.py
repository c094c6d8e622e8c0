"""What is said of a schedule that was not made to be the best, against trying everything."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from fairplatform.scheduling.check import breaks_of_parties
from fairplatform.scheduling.problem import Meeting, Party, Placed, Problem
from fairplatform.scheduling.solving import appraised
from fairplatform.scheduling.watch import Watch
from tests.sizes import full

from .problems import all_schedules, problems, value


@given(problems(meetings=full(5, small=4)), st.randoms(use_true_random=False), st.booleans())
def test_the_bounds_hold_and_the_best_is_called_so(problem: Problem, random: Random, is_over: bool) -> None:
    problem = replace(problem, fairness=None, whole=False)
    every = list(all_schedules(problem))
    schedule = random.choice(every)
    said = appraised(problem, schedule, Watch(stop=lambda: is_over))
    worth, best = value(problem, schedule), max(value(problem, one) for one in every)
    assert (said.schedule, said.breaks) == (schedule, -worth[3])
    if said.status == "optimal":
        assert worth == best
    elif not is_over:
        assert worth < best
    alike = [one for one in every if value(problem, one)[:3] == worth[:3]]
    assert said.bound <= min(sum(breaks_of_parties(problem, one)) for one in alike)
    assert said.most >= max(len(one) for one in every if value(problem, one)[0] >= worth[0])


def test_a_break_that_nobody_needs_is_no_part_of_the_bound() -> None:
    free = Party(frozenset(range(3)))
    problem = Problem((0, 0, 0), (free, free, free), (Meeting(0, 1), Meeting(0, 2)))
    apart = appraised(problem, {0: Placed(0), 1: Placed(2)})
    assert (apart.status, apart.breaks, apart.bound, apart.most) == ("feasible", 1, 0, 2)
    forced = replace(problem, parties=(Party(frozenset({0, 2})), free, free))
    assert appraised(forced, {0: Placed(0), 1: Placed(2)}) == replace(apart, status="optimal", bound=1)
