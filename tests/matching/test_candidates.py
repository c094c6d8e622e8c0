"""Whom of a fair one compares, and whom one keeps."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from fairplatform.matching import Buyer, Need, Offer, Seller, fit
from fairplatform.matching.candidates import suiting
from fairplatform.matching.shortfalls import Prospects, Shortfall, shortfall

CODES = st.sampled_from(("820320", "8203", "8205", "82", "9402", "84818000"))
KINDS = st.sampled_from(("goods", "agency", "training"))
SELLERS = st.builds(
    Seller,
    offers=st.lists(CODES.map(Offer), max_size=2).map(tuple),
    headings=st.lists(CODES, max_size=2).map(tuple),
    cooperation=st.frozensets(KINDS, min_size=1),
)
NEEDS = st.builds(Need, kind=KINDS, hs=st.just("") | CODES)
BUYERS = st.builds(Buyer, needs=st.lists(NEEDS, max_size=2).map(tuple), headings=st.lists(CODES, max_size=2).map(tuple))


@given(st.dictionaries(st.integers(0, 6), SELLERS), st.dictionaries(st.integers(0, 6), BUYERS))
def test_in_a_small_fair_everybody_with_anything_in_common_is_found(
    sellers: dict[int, Seller], buyers: dict[int, Buyer]
) -> None:
    pairs = [(s, b) for s, b in product(sorted(sellers), sorted(buyers)) if s != b]
    expected = [(s, b, found) for s, b in pairs if (found := fit(sellers[s], buyers[b])).points]
    assert suiting(sellers, buyers) == expected


def test_only_the_best_are_kept_those_of_either_side() -> None:
    sellers = {1: Seller(headings=("820320",)), 2: Seller(headings=("8203",)), 3: Seller(headings=("82",))}
    buyers = {7: Buyer(headings=("820320",)), 8: Buyer(headings=("820340",))}
    kept = [(one.seller, one.buyer) for one in suiting(sellers, buyers, kept=1)]
    assert kept == [(1, 7), (1, 8), (2, 7), (3, 7)]


def test_why_somebody_has_too_few_meetings() -> None:
    def why(**known: int | bool) -> Shortfall:
        return shortfall(Prospects(**{"floor": 2, "says_something": True, "slots": 6, "suiting": 4, **known}))  # type: ignore[arg-type]

    assert why(slots=1) == Shortfall("few_slots", 1)
    assert why(suiting=0) == Shortfall("nobody_suits")
    assert why(suiting=0, says_something=False) == Shortfall("nothing_said")
    assert why(suiting=1) == Shortfall("few_suit", 1, 1)
    assert why(without_hours=3) == Shortfall("no_common_hours", 3, 4)
    assert why(without_language=3) == Shortfall("no_language", 3, 4)
    assert why(without_hours=1, without_language=2) == Shortfall("no_language", 2, 4)
    assert why(without_language=1) == Shortfall("others_full", 3, 4)
