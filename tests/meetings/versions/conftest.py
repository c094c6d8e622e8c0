"""It is January before the small fair."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine


@pytest.fixture(autouse=True)
def _before_the_fair() -> Iterator[None]:
    with time_machine.travel(datetime(2027, 1, 11, 7, tzinfo=UTC), tick=False):
        yield
