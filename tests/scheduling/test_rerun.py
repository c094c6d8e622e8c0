"""What moves after a cancellation, against everything that could."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fairplatform.scheduling.check import violations
from fairplatform.scheduling.problem import Meeting, Party, Placed, Problem, Schedule
from fairplatform.scheduling.rerun import rerun
from fairplatform.scheduling.solving import solve
from tests.sizes import full

from .problems import all_schedules, problems, value


def required_part(problem: Problem, schedule: Schedule) -> Schedule:
    """Without interpreters who are only welcome."""
    return {
        m: placed if problem.meetings[m].interpreting == "required" else Placed(placed.slot)
        for m, placed in schedule.items()
    }


def fewest_moves(problem: Problem, previous: Schedule, cancelled: int, locks: frozenset[int]) -> tuple[int, int, int]:
    """Of everything possible: musts, meetings, and minus the others that move."""
    found = []
    for schedule in all_schedules(problem):
        kept = [m for m in previous if m != cancelled]
        if cancelled in schedule or any(m not in schedule for m in kept):
            continue
        moved = [m for m in kept if schedule[m] != previous[m]]
        if len(moved) <= 2 and not locks & set(moved):
            musts = sum(problem.meetings[m].must for m in schedule)
            found.append((musts, len(schedule), -len(moved)))
    return max(found)


@given(problems(meetings=full(5, small=4)), st.data())
def test_one_cancellation_moves_the_fewest(problem: Problem, data: st.DataObject) -> None:
    problem = replace(problem, fairness=None, whole=False)
    previous = solve(problem).schedule
    if not previous:
        return
    cancelled = data.draw(st.sampled_from(sorted(previous)))
    locks = data.draw(st.frozensets(st.sampled_from(sorted(previous))))
    changed = rerun(problem, previous, cancelled={cancelled}, locks=locks)
    assert violations(problem, changed.schedule) == []
    assert (changed.displaced, changed.is_fewest) == (frozenset(), True)
    found = required_part(problem, changed.schedule)
    before = required_part(problem, previous)
    moved = {m for m in before if m != cancelled and found[m] != before[m]}
    assert moved == changed.moved
    musts = sum(problem.meetings[m].must for m in found)
    assert (musts, len(found), -len(moved)) == fewest_moves(problem, before, cancelled, locks)
    assert locks & changed.moved == set()
    assert sorted([*found, *changed.reasons, cancelled]) == list(range(len(problem.meetings)))


@given(problems(slots=6, parties=5, meetings=9), st.data())
def test_the_day_of_an_interpreter_or_a_party_is_covered_again(problem: Problem, data: st.DataObject) -> None:
    problem = replace(problem, fairness=None, whole=False)
    previous = solve(problem).schedule
    if not problem.interpreters:
        return
    ill = data.draw(st.integers(0, len(problem.interpreters) - 1))
    day = data.draw(st.integers(0, 1))
    off = frozenset(slot for slot, of in enumerate(problem.days) if of == day)
    interpreters = list(problem.interpreters)
    interpreters[ill] = replace(interpreters[ill], slots=interpreters[ill].slots - off)
    left = replace(problem, interpreters=tuple(interpreters))
    changed = rerun(left, previous)
    assert violations(left, changed.schedule) == []
    expected = {
        m
        for m, placed in previous.items()
        if placed.interpreter == ill and placed.slot in off and problem.meetings[m].interpreting == "required"
    }
    assert changed.displaced == expected
    assert len(changed.moved) <= 2 * max(1, len(expected))
    assert set(previous) - expected <= set(changed.schedule)


@given(problems(meetings=full(5, small=4)), st.data())
def test_moves_are_said_to_be_the_fewest_only_where_they_are(problem: Problem, data: st.DataObject) -> None:
    """Several meetings lose their time at once: a party has fewer slots."""
    problem = replace(problem, fairness=None, whole=False)
    previous = required_part(problem, solve(problem).schedule)
    gone = data.draw(st.sampled_from([*problem.parties])), data.draw(st.integers(0, len(problem.days) - 1))
    parties = tuple(replace(p, slots=p.slots - {gone[1]}) if p is gone[0] else p for p in problem.parties)
    left = replace(problem, parties=parties)
    changed = rerun(left, previous)
    found, others = required_part(left, changed.schedule), previous.keys() - changed.displaced
    assert {m for m in others if found.get(m) != previous[m]} == changed.moved
    worth = [
        len([m for m in others if schedule[m] != previous[m]])
        for schedule in all_schedules(left)
        if others <= schedule.keys() and value(left, schedule)[:2] >= value(left, found)[:2]
    ]
    assert not changed.is_fewest or len(changed.moved) == min(worth)


def test_a_meeting_that_waits_takes_the_place_of_one_that_moves() -> None:
    """0 met 1 in slot 0, and 2 waits for slot 1, which 3 has, who could as well come in slot 0."""
    first, second, both = Party(frozenset({0})), Party(frozenset({1})), Party(frozenset({0, 1}))
    problem = Problem((0, 0), (both, first, second, both), (Meeting(0, 1), Meeting(0, 2), Meeting(0, 3)))
    previous = {0: Placed(0), 2: Placed(1)}
    changed = rerun(problem, previous, cancelled={0})
    assert changed.schedule == {1: Placed(1), 2: Placed(0)}
    assert changed.moved == {2}
    locked = rerun(problem, previous, cancelled={0}, locks={2})
    assert (locked.schedule, locked.moved) == ({2: Placed(1)}, frozenset())
    assert locked.reasons[1].code == "slots_taken"
