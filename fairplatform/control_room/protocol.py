"""The state of the control room's topic."""

from datetime import datetime

from fairplatform.realtime.protocol import Message
from meetings.figures.protocol import Names, SideName, Tile, TotalsChanged


class NextSlot(Message):
    """The next slot of the fair."""

    starts_at: datetime
    ends_at: datetime


class LatestOutcome(Message):
    """An outcome both sides have confirmed. `exhibitor`, `buyer`: the names of the companies."""

    meeting: int
    number: int
    kind: str
    currency: str
    amount_minor: int | None
    exhibitor: Names
    buyer: Names


class ControlRoomSnapshot(Message):
    """The tiles of this slot and the next. `lobby`: for meetings to come, which sides are there already.

    `now` is the server's time; `next` is null after the last slot; `agreed` are the newest outcomes.
    """

    now: datetime
    tiles: list[Tile]
    lobby: dict[int, list[SideName]]
    next: NextSlot | None
    totals: TotalsChanged
    agreed: list[LatestOutcome]
