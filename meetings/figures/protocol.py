"""Messages to the control room, and the public figures of a fair."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from fairplatform.realtime.protocol import Event, Message
from meetings.connection_quality import ConnectionQuality

SideName = Literal["exhibitor", "buyer"]
NeedCode = Literal["alone", "lost", "interpreter", "nobody", "weak"]
Names = dict[str, str]  # {language: text}


class TileSide(Message):
    """One side of a meeting. `since`: when the first of its people now in the room entered; None while nobody is."""

    company: Names
    since: datetime | None = None
    line: ConnectionQuality | None = None


class Need(Message):
    """Something that needs an organiser from `due` on. `since`: when it began; `side`: the side it is about, if one."""

    code: NeedCode
    since: datetime
    due: datetime
    side: SideName | None = None


class Tile(Message):
    """A meeting as the control room shows it. Whether it runs and which needs are due follows from the time.

    `path`: the page of the meeting; `room_path`: that of its room.
    """

    meeting: int
    path: str
    room_path: str
    state: Literal["confirmed", "held", "missed", "cancelled"]
    starts_at: datetime
    ends_at: datetime
    exhibitor: TileSide
    buyer: TileSide
    interpreter: Literal["none", "in", "missing"]
    needs: list[Need] = []


class TileChanged(Event):
    """A meeting changed at `at`, by the server's clock; the tile replaces the one shown before."""

    type: Literal["tile.changed"] = "tile.changed"
    at: datetime
    tile: Tile


class LineMeasured(Event):
    """The quality of one side's connection (ephemeral; sent when it has changed, not at each measurement)."""

    type: Literal["line.measured"] = "line.measured"
    meeting: int
    side: SideName
    quality: ConnectionQuality


class LobbyChanged(Event):
    """The sides of which somebody has the meeting's room open now, whether or not they have entered it (ephemeral)."""

    type: Literal["lobby.changed"] = "lobby.changed"
    meeting: int
    sides: list[SideName]


class Sum(Message):
    """Agreed outcomes of one kind in one currency. Kinds and currencies are never added together.

    `hidden`: how many amounts the sum is without, because a side hides them.
    """

    kind: str
    currency: str = ""
    number: Annotated[int, Field(ge=0)]
    amount_minor: int | None = None
    hidden: Annotated[int, Field(ge=0)] = 0


class TotalsChanged(Event):
    """The fair's meetings and agreed outcomes, counted now."""

    type: Literal["totals.changed"] = "totals.changed"
    planned: int
    held: int
    missed: int
    running: int
    to_come: int
    outcomes: dict[str, int]
    sums: list[Sum]


class OutcomeAgreed(Event):
    """Both sides have just confirmed the same version."""

    type: Literal["outcome.agreed"] = "outcome.agreed"
    meeting: int
    number: int
    kind: str
    currency: str = ""
    amount_minor: int | None = None


class PublicFigures(Message):
    """The figures of a fair that everybody may see."""

    firms: int
    planned: int
    held: int
    running: int
    agreed: int
    chief_executives: int
    lead_purchasers: int


class FiguresChanged(PublicFigures, Event):
    """A public figure has changed; all of them are sent again."""

    type: Literal["figures.changed"] = "figures.changed"
