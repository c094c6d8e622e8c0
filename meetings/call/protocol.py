"""Messages of a meeting's room: who is in it, WebRTC signalling between two connections, and connection quality.

A *connection* is one admission of a browser tab; each admission has a new `connection_id`. A *peer connection* is the
RTCPeerConnection between two of them, over which media flows; no media passes the server.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from fairplatform.realtime.protocol import Command, Event, Message, Person

ConnectionId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,40}$")]
PeerConnectionId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
Sdp = Annotated[str, StringConstraints(min_length=1, max_length=32_000)]
Part = Literal["party", "colleague", "interpreter", "organiser"]
SideName = Literal["exhibitor", "buyer", ""]
Milliseconds = Annotated[float, Field(ge=0, le=60_000)]
Percent = Annotated[float, Field(ge=0, le=100)]
Kilobits = Annotated[float, Field(ge=0, le=10_000_000)]


class IceServer(Message):
    """A TURN relay of the fair, with credentials for one person (RTCIceServer)."""

    urls: list[str]
    username: str
    credential: str


class Connection(Message):
    """A connection in the room, and whose it is."""

    connection_id: str
    person: Person
    part: Part
    side: SideName


class Room(Message):
    """A room: its times, and the connections that are `present` in it. `server_time` sets the page's clock.

    `outcome`: the stamp of the meeting's outcome, which a page that shows it has too; it differs after each change.
    """

    meeting: int
    state: str
    conversation: int
    opens_at: datetime
    starts_at: datetime
    ends_at: datetime
    server_time: datetime
    present: list[Connection]
    outcome: str
    ice_servers: list[IceServer] = []


class Admission(Message):
    """The reply to `enter`: the own connection, all others in the room, and the ICE servers to use."""

    connection_id: str
    server_time: datetime
    ends_at: datetime
    present: list[Connection]
    ice_servers: list[IceServer]


class Enter(Command):
    """Enter the room. A person has one connection in it: an earlier one is replaced.

    `resumes`: the same page's earlier connection, whose media still flows although its WebSocket was lost.
    """

    type: Literal["enter"] = "enter"
    resumes: ConnectionId | None = None


class Exit(Command):
    """Leave the room, but stay on the topic."""

    type: Literal["exit"] = "exit"


class Offer(Command):
    """An SDP offer to one connection. `pair` names the peer connection; signals of an older one are ignored."""

    type: Literal["rtc.offer"] = "rtc.offer"
    to: ConnectionId
    pair: PeerConnectionId
    sdp: Sdp


class Answer(Command):
    """The SDP answer to an offer."""

    type: Literal["rtc.answer"] = "rtc.answer"
    to: ConnectionId
    pair: PeerConnectionId
    sdp: Sdp


class IceCandidate(Message):
    """An ICE candidate (RTCIceCandidateInit, RFC 8839); an empty `candidate` marks the end of candidates."""

    candidate: Annotated[str, StringConstraints(max_length=1000)]
    sdpMid: Annotated[str, StringConstraints(max_length=64)] | None = None  # noqa: N815 — W3C's name
    sdpMLineIndex: Annotated[int, Field(ge=0, le=64)] | None = None  # noqa: N815
    usernameFragment: Annotated[str, StringConstraints(max_length=256)] | None = None  # noqa: N815


class Candidate(Command):
    """An ICE candidate for one connection (trickle ICE, RFC 8838)."""

    type: Literal["rtc.candidate"] = "rtc.candidate"
    to: ConnectionId
    pair: PeerConnectionId
    candidate: IceCandidate


class MediaReport(Command):
    """The state of the peer connection to `peer` (RTCPeerConnectionState)."""

    type: Literal["media.report"] = "media.report"
    peer: ConnectionId
    state: Literal["connected", "disconnected", "failed"]


class TrackState(Command):
    """The media the sender sends now: microphone, camera, screen."""

    type: Literal["track.state"] = "track.state"
    mic: bool
    camera: bool
    screen: bool


class Quality(Message):
    """A digest of `getStats` over five seconds, of the sender's worst peer connection. `relayed`: through TURN."""

    rtt_ms: Milliseconds | None = None
    loss_percent: Percent | None = None
    kbit_in: Kilobits = 0
    kbit_out: Kilobits = 0
    fps_in: Annotated[float, Field(ge=0, le=240)] | None = None
    relayed: bool = False


class QualityReport(Command):
    """The connection quality as the sender's browser measures it, every five seconds."""

    type: Literal["quality.report"] = "quality.report"
    quality: Quality


class ConnectionEntered(Event):
    """A connection entered. `resumes`: the earlier one it continues, whose peer connections may be kept."""

    type: Literal["connection.entered"] = "connection.entered"
    connection: Connection
    resumes: str | None = None


class ConnectionReplaced(Event):
    """The person entered from another tab or browser; the peer connections to this connection end."""

    type: Literal["connection.replaced"] = "connection.replaced"
    connection_id: str


class ConnectionLeft(Event):
    """A connection left (`exit`), or its WebSocket was lost and it may be resumed (`lost`)."""

    type: Literal["connection.left"] = "connection.left"
    connection_id: str
    reason: Literal["exit", "lost"]


class Offered(Event):
    """An offer for this connection alone (ephemeral). The server sets `from`."""

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
    """The media a connection sends now (ephemeral)."""

    type: Literal["track.changed"] = "track.changed"
    connection_id: str
    mic: bool
    camera: bool
    screen: bool


EVENTS = (
    ConnectionEntered,
    ConnectionReplaced,
    ConnectionLeft,
    Offered,
    Answered,
    CandidateFound,
    TrackChanged,
)
