"""How a meeting looks to one side, in words."""

from datetime import timedelta

import pytest

from meetings.status import countdown


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (-5, "00:00"),
        (0, "00:00"),
        (61, "01:01"),
        (3599, "59:59"),
        (3600, "1 h 0 min"),
        (90_000, "1 day"),
        (180_000, "2 days"),
    ],
)
def test_countdown_says_minutes_hours_and_days(left: int, text: str) -> None:
    assert countdown(timedelta(seconds=left)) == text
