"""The steps the clock takes in a demonstration besides its own: they simulate the people at their meetings."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from .simulation import attend_meetings, leave_visited_meetings, refresh_last_seen

Step = Callable[[datetime], None]


def clock_steps() -> list[Step]:
    """The extra steps in their order; empty outside a demonstration."""
    return [attend_meetings, leave_visited_meetings, refresh_last_seen] if settings.DEMO else []
