"""What organisers read of a pair that has no time."""

import pytest

from fairplatform.scheduling.reasons import Reason
from meetings.models import PlannedMeeting
from meetings.versions.reasons import NOT_PLACED, counts_of, why_not_placed
from meetings.wishes.words import why_unplanned


def said(code: str, **counts: int) -> str:
    reason = Reason("slots_taken", **counts)
    return why_not_placed(PlannedMeeting(not_placed=code, not_placed_counts=counts_of(reason)))


def test_the_cause_is_followed_by_its_figures_and_what_would_help() -> None:
    assert said("interpreters_busy", common=6, taken=4, without_interpreter=2) == (
        "It needs an interpreter, and none is free at the times that are left to the two. The two share 6 times. "
        "At 4 of them one of the two or both have other meetings. At 2 of them no interpreter is free. "
        "Add an interpreter for these languages, or ask the two whether English is enough."
    )
    assert "The two share 1 time. At 1 of them all rooms are taken. Raise" in said(
        "rooms_full", common=1, without_room=1
    )


@pytest.mark.parametrize("code", sorted(NOT_PLACED))
def test_without_a_time_in_common_there_are_no_figures(code: str) -> None:
    """Nor of a draft that was made before they were stored."""
    assert not any(mark.isdigit() for mark in said(code) + why_not_placed(PlannedMeeting(not_placed=code)))


def test_a_company_reads_no_figure_but_the_times_it_shares_nor_whether_the_other_wants_it() -> None:
    said_of = {code: why_unplanned(code, 4) for code in ("", *NOT_PLACED)}
    assert {"".join(mark for mark in words if mark.isdigit()) for words in said_of.values()} == {"4"}
    assert {why_unplanned(code, 0) for code in NOT_PLACED} == {why_unplanned("no_common_slot", 0)}
    hidden = ["not_allowed", "not_approved", "ceiling", "cancelled"]
    assert {said_of[code] for code in hidden} == {said_of[""]}
