"""The walk of the main job, taken again with each of the two on a process of their own."""

import pytest

from tests.e2e.test_walk import (
    test_anyone_finds_a_booth_and_the_figures_are_counted,
    test_buyer_asks_for_a_common_slot_and_it_stands_in_both_diaries,
    test_two_companies_meet_and_both_confirm_what_came_of_it,
    test_visitor_and_booth_write_to_each_other_and_nothing_is_lost,
)

pytestmark = pytest.mark.proof
__all__ = [
    "test_anyone_finds_a_booth_and_the_figures_are_counted",
    "test_buyer_asks_for_a_common_slot_and_it_stands_in_both_diaries",
    "test_two_companies_meet_and_both_confirm_what_came_of_it",
    "test_visitor_and_booth_write_to_each_other_and_nothing_is_lost",
]
