"""What the control room, the public figures and an outcome's page are told."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from fairplatform.realtime.protocol import Event, Message
from meetings.connection_quality import ConnectionQuality

SideName = Literal["exhibitor", "buyer"]
NeedCode = Literal["alone", "lost", "interpreter", "nobody", "weak"]
Names = dict[str, str]  # {language: text}


class TileSide(Message):
    """One side of a running meeting. `since`: in the room from then on; None while nobody of it is in."""

    company: Names
    since: datetime | None = None
    line: ConnectionQuality | None = None


class Need(Message):
    """Something that wants an organiser from `due` on. `since`: when it began; `side`: whom it is about."""

    code: NeedCode
    since: datetime
    due: datetime
    side: SideName | None = None


class Tile(Message):
    """A meeting as the control room shows it. Whether it runs, and whether a need is due, follows from the time."""

    meeting: int
    state: Literal["confirmed", "held", "missed", "cancelled"]
    starts_at: datetime
    ends_at: datetime
    exhibitor: TileSide
    buyer: TileSide
    interpreter: Literal["none", "in", "missing"]
    needs: list[Need] = []


class TileChanged(Event):
    """Something about a meeting changed at `at`, by the server's clock; the tile replaces the one shown before."""

    type: Literal["tile.changed"] = "tile.changed"
    at: datetime
    tile: Tile


class LineMeasured(Event):
    """How one side's line is now (ephemeral; sent when it has changed, not at each measurement)."""

    type: Literal["line.measured"] = "line.measured"
    meeting: int
    side: SideName
    quality: ConnectionQuality


class LobbyChanged(Event):
    """Of which sides somebody is before a meeting's room or in it now (ephemeral)."""

    type: Literal["lobby.changed"] = "lobby.changed"
    meeting: int
    sides: list[SideName]


class Sum(Message):
    """Agreed outcomes of one kind in one currency. Kinds and currencies are never added together."""

    kind: str
    currency: str = ""
    number: Annotated[int, Field(ge=0)]
    amount_minor: int | None = None


class TotalsChanged(Event):
    """The fair's rounds and agreed outcomes as they stand now."""

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
    """On the fair's own public topic: a figure has changed. All of them come again."""

    type: Literal["figures.changed"] = "figures.changed"


class OutcomeChanged(Event):
    """On the meeting's own topic: somebody drafted, confirmed or corrected its outcome."""

    type: Literal["outcome.changed"] = "outcome.changed"
    state: Literal["drafted", "one_side", "differing", "agreed"]
    version: int
