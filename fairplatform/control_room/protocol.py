"""The snapshot of the control room's topic."""

from datetime import datetime

from fairplatform.realtime.protocol import Message
from meetings.figures.protocol import SideName, Tile


class NextSlot(Message):
    """The next slot of the fair."""

    starts_at: datetime
    ends_at: datetime


class ControlRoomSnapshot(Message):
    """The meetings of this slot and the next. `lobby`: by meeting of the next slot, the sides that have its room open.

    `now`: the server's time; `next`: null after the last slot. The figures are not part of it: they are rendered in the
    reader's language, and the page fetches them as HTML.
    """

    now: datetime
    tiles: list[Tile]
    lobby: dict[int, list[SideName]]
    next: NextSlot | None
