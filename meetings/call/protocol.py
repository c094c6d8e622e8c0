"""The room of a meeting: who is in it, the signalling between two connections, and how good their lines are.

Media never passes here. `connection_id` names one tab's admission; each admission has a new one.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from fairplatform.realtime.protocol import Command, Event, Message, Person

ConnectionId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,40}$")]
PairId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
SessionDescription = Annotated[str, StringConstraints(min_length=1, max_length=32_000)]
Part = Literal["party", "colleague", "interpreter", "organiser"]
SideName = Literal["exhibitor", "buyer", ""]
Milliseconds = Annotated[float, Field(ge=0, le=60_000)]
Percent = Annotated[float, Field(ge=0, le=100)]
Kilobits = Annotated[float, Field(ge=0, le=10_000_000)]


class IceServer(Message):
    """A relay of ours, with credentials for one connection."""

    urls: list[str]
    username: str
    credential: str


class Seat(Message):
    """Somebody named for the meeting, whether or not they are here."""

    person: Person
    part: Part
    side: SideName


class Connection(Message):
    """Somebody who is in the room."""

    connection_id: str
    person: Person
    part: Part
    side: SideName
    connected: bool


class Room(Message):
    """The state of a room: its window, who is named for it, who is in it. `server_time` sets the pages' one clock."""

    meeting: int
    state: str
    conversation: int
    opens_at: datetime
    starts_at: datetime
    ends_at: datetime
    server_time: datetime
    seats: list[Seat]
    present: list[Connection]
    ice_servers: list[IceServer] = []


class Admission(Message):
    """The answer to `enter`: one's own connection, everybody else in the room, and the relay to use."""

    connection_id: str
    server_time: datetime
    ends_at: datetime
    present: list[Connection]
    ice_servers: list[IceServer]


class Enter(Command):
    """Come into the room. One person has one connection: an earlier one is replaced.

    `resumes`: the same page's earlier connection, whose media still flows although its socket was lost.
    """

    type: Literal["enter"] = "enter"
    resumes: ConnectionId | None = None


class Exit(Command):
    """Leave the room and stay on the topic."""

    type: Literal["exit"] = "exit"


class Offer(Command):
    """An SDP offer to one connection. `pair` names the attempt; whatever belongs to an older one is dropped."""

    type: Literal["rtc.offer"] = "rtc.offer"
    to: ConnectionId
    pair: PairId
    sdp: SessionDescription


class Answer(Command):
    """The SDP answer to an offer."""

    type: Literal["rtc.answer"] = "rtc.answer"
    to: ConnectionId
    pair: PairId
    sdp: SessionDescription


class IceCandidate(Message):
    """One ICE candidate (RFC 8839); an empty `candidate` ends the list."""

    candidate: Annotated[str, StringConstraints(max_length=1000)]
    sdpMid: Annotated[str, StringConstraints(max_length=64)] | None = None  # noqa: N815 — the name of the standard
    sdpMLineIndex: Annotated[int, Field(ge=0, le=64)] | None = None  # noqa: N815
    usernameFragment: Annotated[str, StringConstraints(max_length=256)] | None = None  # noqa: N815


class Candidate(Command):
    """A candidate found after its offer or answer was sent."""

    type: Literal["rtc.candidate"] = "rtc.candidate"
    to: ConnectionId
    pair: PairId
    candidate: IceCandidate


class MediaReport(Command):
    """What became of the line to one peer."""

    type: Literal["media.report"] = "media.report"
    peer: ConnectionId
    state: Literal["connected", "disconnected", "failed"]


class TrackState(Command):
    """What the sender gives: sound, picture, screen."""

    type: Literal["track.state"] = "track.state"
    mic: bool
    camera: bool
    screen: bool


class Quality(Message):
    """A digest of getStats over five seconds, of the sender's worst line."""

    rtt_ms: Milliseconds | None = None
    loss_percent: Percent | None = None
    kbit_in: Kilobits = 0
    kbit_out: Kilobits = 0
    fps_in: Annotated[float, Field(ge=0, le=240)] | None = None
    relayed: bool = False


class QualityReport(Command):
    """The line as the sender's browser measures it, every five seconds."""

    type: Literal["quality.report"] = "quality.report"
    quality: Quality


class ConnectionEntered(Event):
    """Somebody came in. `resumes` names their earlier connection when the lines to it may be kept."""

    type: Literal["connection.entered"] = "connection.entered"
    connection: Connection
    resumes: str | None = None


class ConnectionReplaced(Event):
    """The same person came in from another tab or browser; the lines to this connection end."""

    type: Literal["connection.replaced"] = "connection.replaced"
    connection_id: str


class ConnectionLeft(Event):
    """Somebody left (`exit`), or their socket was lost and they may be back at once (`lost`)."""

    type: Literal["connection.left"] = "connection.left"
    connection_id: str
    reason: Literal["exit", "lost"]


class ConnectionConnected(Event):
    """Media flows for the first time between this connection and somebody."""

    type: Literal["connection.connected"] = "connection.connected"
    connection_id: str


class Offered(Event):
    """An offer for this connection alone (ephemeral). The server says who it is from."""

    type: Literal["rtc.offer"] = "rtc.offer"
    sender: str = Field(alias="from")
    pair: str
    sdp: str


class Answered(Event):
    """An answer for this connection alone (ephemeral)."""

    type: Literal["rtc.answer"] = "rtc.answer"
    sender: str = Field(alias="from")
    pair: str
    sdp: str


class CandidateFound(Event):
    """A candidate for this connection alone (ephemeral)."""

    type: Literal["rtc.candidate"] = "rtc.candidate"
    sender: str = Field(alias="from")
    pair: str
    candidate: IceCandidate


class TrackChanged(Event):
    """What somebody gives now (ephemeral)."""

    type: Literal["track.changed"] = "track.changed"
    connection_id: str
    mic: bool
    camera: bool
    screen: bool


COMMANDS = (Enter, Exit, Offer, Answer, Candidate, MediaReport, TrackState, QualityReport)
EVENTS = (
    ConnectionEntered,
    ConnectionReplaced,
    ConnectionLeft,
    ConnectionConnected,
    Offered,
    Answered,
    CandidateFound,
    TrackChanged,
)
