"""The main flow again, with exhibitor and buyer on two web processes.

The tests build on each other, and run in the order of the import: the figures are looked at before a meeting is added.
"""

import pytest

from tests.e2e.test_main_flow import (
    test_a_visitor_and_a_booth_write_to_each_other_without_losing_a_message,
    test_a_visitor_finds_a_booth_and_current_figures,
    test_requesting_a_meeting_puts_it_in_both_schedules,
    test_two_companies_meet_and_both_confirm_the_outcome,
)

pytestmark = pytest.mark.proof
__all__ = [
    "test_a_visitor_and_a_booth_write_to_each_other_without_losing_a_message",
    "test_a_visitor_finds_a_booth_and_current_figures",
    "test_requesting_a_meeting_puts_it_in_both_schedules",
    "test_two_companies_meet_and_both_confirm_the_outcome",
]
