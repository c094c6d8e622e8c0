"""Messages about the outcome of a meeting."""

from typing import Literal

from fairplatform.realtime.protocol import Event


class OutcomeChanged(Event):
    """The meeting's outcome was drafted, confirmed, corrected, or a confirmation withdrawn. On the meeting's topic."""

    type: Literal["outcome.changed"] = "outcome.changed"
    state: Literal["drafted", "one_side", "differing", "withdrawn", "agreed"]
    version: int
