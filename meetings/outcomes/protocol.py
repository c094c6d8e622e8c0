"""Messages about the outcome of a meeting."""

from typing import Literal

from fairplatform.realtime.protocol import Event


class OutcomeChanged(Event):
    """The meeting's outcome was drafted, confirmed or corrected. On the meeting's topic."""

    type: Literal["outcome.changed"] = "outcome.changed"
    state: Literal["drafted", "one_side", "differing", "agreed"]
    version: int
