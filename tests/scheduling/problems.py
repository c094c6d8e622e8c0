"""Small problems at random, and what is true of them by trying everything."""

from collections.abc import Iterator
from itertools import product

from hypothesis import strategies as st

from fairplatform.scheduling.check import breaks_of_parties, violations
from fairplatform.scheduling.problem import Interpreter, Meeting, Party, Placed, Problem, Schedule

LANGUAGES = ("zh-ur", "zh-en")


@st.composite
def problems(
    draw: st.DrawFn, *, slots: int = 4, parties: int = 4, meetings: int = 4, is_simple: bool = False
) -> Problem:
    """`is_simple`: without interpreters, floors, ceilings, order and fairness."""
    count = draw(st.integers(1, slots))
    some = st.frozensets(st.integers(0, count - 1), min_size=count - 2 if count > 2 else 0)
    firms = draw(st.lists(_parties(some, is_simple=is_simple), min_size=2, max_size=parties))
    interpreters = () if is_simple else tuple(draw(st.lists(_interpreters(some), max_size=2)))
    pairs = st.tuples(st.integers(0, len(firms) - 1), st.integers(0, len(firms) - 1)).filter(lambda p: p[0] != p[1])
    asked = draw(st.lists(pairs, max_size=meetings))
    return Problem(
        days=tuple(sorted(draw(st.lists(st.integers(0, 1), min_size=count, max_size=count)))),
        parties=tuple(firms),
        meetings=tuple(
            draw(_meetings(pair, number, count, len(interpreters), is_simple=is_simple))
            for number, pair in enumerate(asked)
        ),
        interpreters=interpreters,
        rooms=draw(st.none() | st.lists(st.integers(0, 2), min_size=count, max_size=count).map(tuple)),
        reserve=frozenset() if is_simple else draw(st.frozensets(st.integers(0, count - 1), max_size=1)),
        pauses=frozenset() if is_simple else draw(st.frozensets(st.integers(0, count - 1), max_size=1)),
        in_a_row=draw(st.integers(1, 3)),
        rest=draw(st.integers(0, 2)),
        apart=draw(st.integers(0, 1)),
        fairness=None if is_simple else draw(st.none() | st.integers(0, 2)),
        whole=not is_simple and draw(st.booleans()),
    )


@st.composite
def _parties(draw: st.DrawFn, slots: st.SearchStrategy[frozenset[int]], *, is_simple: bool) -> Party:
    floor = 0 if is_simple else draw(st.integers(0, 2))
    ceiling = None if is_simple else draw(st.none() | st.integers(floor, 3))
    preferred = None if is_simple else draw(st.none() | slots)
    return Party(draw(slots), draw(st.integers(1, 2)), ceiling, floor, preferred)


@st.composite
def _interpreters(draw: st.DrawFn, slots: st.SearchStrategy[frozenset[int]]) -> Interpreter:
    languages = draw(st.frozensets(st.sampled_from(LANGUAGES), min_size=1))
    return Interpreter(languages, draw(slots), draw(st.none() | st.integers(0, 3)))


@st.composite
def _meetings(
    draw: st.DrawFn, pair: tuple[int, int], number: int, slots: int, interpreters: int, *, is_simple: bool
) -> Meeting:
    must = draw(st.booleans())
    if is_simple:
        return Meeting(*pair, must=must)
    interpreting = draw(st.sampled_from(("none", "required", "welcome")))
    pinned = st.none() | st.integers(0, interpreters - 1) if interpreters else st.none()
    return Meeting(
        *pair,
        must=must,
        slots=draw(st.none() | st.frozensets(st.integers(0, slots - 1))),
        slot=draw(st.none() | st.none() | st.integers(0, slots - 1)),
        interpreting=interpreting,
        languages=draw(st.sampled_from(LANGUAGES)),
        interpreter=None if interpreting == "none" else draw(pinned),
        after=tuple(draw(st.sets(st.integers(0, number - 1), max_size=1))) if number else (),
    )


def all_schedules(problem: Problem) -> Iterator[Schedule]:
    """Every valid schedule, without interpreters who are only welcome."""
    choices: list[list[Placed | None]] = []
    for number, meeting in enumerate(problem.meetings):
        who = problem.interpreters_of(number) if meeting.interpreting == "required" else [None]
        choices.append([None, *(Placed(s, w) for s in sorted(problem.slots_of(number)) for w in who)])
    for chosen in product(*choices):
        schedule = {number: placed for number, placed in enumerate(chosen) if placed is not None}
        if not violations(problem, schedule):
            yield schedule


def value(problem: Problem, schedule: Schedule) -> tuple[int, int, int, int]:
    """What a schedule is worth: the more the better, the first first."""
    counts = [0] * len(problem.parties)
    for number in schedule:
        for party in problem.meetings[number].parties:
            counts[party] += 1
    lacking = sum(max(0, party.floor - count) for party, count in zip(problem.parties, counts, strict=True))
    musts = sum(problem.meetings[number].must for number in schedule)
    return musts, len(schedule), -lacking, -sum(breaks_of_parties(problem, schedule))
