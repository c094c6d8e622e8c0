"""Who meets whom, compared with trying everything."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplatform.matching.assignment import Assignment, Candidate, Quota, assign


@st.composite
def fairs(draw: st.DrawFn) -> tuple[list[Quota], list[Quota], list[Candidate]]:
    quotas = st.builds(Quota, st.integers(0, 3), st.integers(0, 3))
    sellers = draw(st.lists(quotas, min_size=1, max_size=3))
    buyers = draw(st.lists(quotas, min_size=1, max_size=3))
    ends = st.tuples(st.integers(0, len(sellers) - 1), st.integers(0, len(buyers) - 1))
    pairs = draw(st.lists(ends, unique=True, max_size=8))
    return sellers, buyers, [Candidate(*pair, draw(st.integers(0, 9)), draw(st.booleans())) for pair in pairs]


Counts = tuple["Counter[int]", "Counter[int]"]


def counts(chosen: Iterable[Candidate]) -> Counts:
    every = list(chosen)
    return Counter(one.seller for one in every), Counter(one.buyer for one in every)


def value(sellers: Sequence[Quota], buyers: Sequence[Quota], chosen: Sequence[Candidate]) -> tuple[int, int, int]:
    """The more the better; a floor above the ceiling is as high as the ceiling."""
    lacking = 0
    for quotas, held in zip((sellers, buyers), counts(chosen), strict=True):
        lacking += sum(max(0, min(quota) - held[place]) for place, quota in enumerate(quotas))
    return sum(one.is_first for one in chosen), -lacking, sum(one.points for one in chosen)


def is_allowed(sellers: Sequence[Quota], buyers: Sequence[Quota], chosen: Sequence[Candidate]) -> bool:
    pairs = zip((sellers, buyers), counts(chosen), strict=True)
    return all(held[place] <= quota.ceiling for quotas, held in pairs for place, quota in enumerate(quotas))


@given(fairs())
def test_no_choice_is_better(fair: tuple[list[Quota], list[Quota], list[Candidate]]) -> None:
    sellers, buyers, candidates = fair
    subsets = chain.from_iterable(combinations(candidates, size) for size in range(len(candidates) + 1))
    best = max(value(sellers, buyers, chosen) for chosen in subsets if is_allowed(sellers, buyers, chosen))
    found = [candidates[place] for place in assign(sellers, buyers, candidates).chosen]
    assert is_allowed(sellers, buyers, found)
    assert value(sellers, buyers, found) == best


@given(fairs())
def test_what_comes_first_is_left_out_only_where_somebody_is_full(
    fair: tuple[list[Quota], list[Quota], list[Candidate]],
) -> None:
    sellers, buyers, candidates = fair
    found = assign(sellers, buyers, candidates)
    first = {place for place, one in enumerate(candidates) if one.is_first}
    assert set(found.full) == first - set(found.chosen)
    of_seller, of_buyer = counts(candidates[place] for place in found.chosen if place in first)
    for place, full in found.full.items():
        seller, buyer, *_ = candidates[place]
        assert full == (of_seller[seller] == sellers[seller].ceiling, of_buyer[buyer] == buyers[buyer].ceiling)
        assert any(full)


def test_floors_come_before_points_and_firsts_before_floors() -> None:
    one = Quota(1, 1)
    candidates = [Candidate(0, 0, 90), Candidate(0, 1, 10), Candidate(1, 0, 10)]
    assert assign([one, one], [one, one], candidates).chosen == [1, 2]
    candidates[0] = Candidate(0, 0, 0, is_first=True)
    assert assign([one, one], [one, one], candidates) == Assignment([0], {})
    assert assign([one], [one], []) == Assignment([], {})


def test_points_that_could_not_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        assign([Quota(1, 1)], [Quota(1, 1)], [Candidate(0, 0, 2**60)])
