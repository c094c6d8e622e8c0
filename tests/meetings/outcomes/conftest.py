"""What several tests of outcomes start from."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_fair, make_slots
from tests.meetings.cases import MeetingCase, make_case


@pytest.fixture
def case(db: None) -> MeetingCase:
    """A meeting that began five minutes ago."""
    fair = make_fair()
    return make_case(fair, make_slots(fair, first=timezone.now() - timedelta(minutes=5))[0], with_interpreter=True)
