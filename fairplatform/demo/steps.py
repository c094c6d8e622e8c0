"""What the clock does for the demonstration besides its own steps: its people keep coming to their meetings."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from .simulation import keep_alive, make_way, play

Step = Callable[[datetime], None]


def clock_steps() -> list[Step]:
    """None unless this is a demonstration."""
    return [play, make_way, keep_alive] if settings.DEMO else []
