"""The frames of the socket that belong to no single topic, and what all messages have in common."""

import json
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

TopicName = Annotated[str, StringConstraints(pattern=r"^[a-z]+(:[A-Za-z0-9_-]{1,80})?$", max_length=100)]
Ref = Annotated[int, Field(strict=True, ge=0, le=2**53)]


class Message(BaseModel):
    """A declared message: frozen, nothing beyond its fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Command(Message):
    """What a client asks for; `type` is imperative."""

    type: str
    ref: Ref
    topic: TopicName


class Event(Message):
    """What has happened; `type` is in the past tense. The topic and number are added when it is sent."""

    type: str
    topics: ClassVar[str] = ""


class Join(Command):
    """Subscribe to a topic. `after`: the number of the newest event already known; omitted at first."""

    type: Literal["join"] = "join"
    after: Ref | None = None


class Leave(Command):
    """Stop receiving a topic."""

    type: Literal["leave"] = "leave"


class Alive(Message):
    """The client's reply to a heartbeat; without one for 90 s the connection counts as idle. It gets no reply."""

    type: Literal["heartbeat"] = "heartbeat"


# A message of any class, or what JSON can say.
Snapshot = Annotated[Any, WithJsonSchema({"type": "object", "additionalProperties": True})]


class Ok(Message):
    """The reply to a command that was carried out. `seq` is the topic's number at that moment."""

    type: Literal["ok"] = "ok"
    ref: Ref
    topic: TopicName
    seq: int | None = None
    snapshot: Snapshot | None = None
    more: bool = False


class RefusedFrame(Message):
    """The reply to a command that was not done, or (without `ref`) to a frame that could not be read."""

    type: Literal["refused"] = "refused"
    ref: Ref | None = None
    code: str
    detail: str
    parameters: dict[str, Any] = {}


class Heartbeat(Message):
    """The newest number of each joined topic; a client behind it joins again with `after`."""

    type: Literal["heartbeat"] = "heartbeat"
    seqs: dict[str, int]


class GoingAway(Message):
    """The server is about to close with 4503; reconnect after `retry_after` seconds, with jitter."""

    type: Literal["going_away"] = "going_away"
    retry_after: float


class Left(Message):
    """The person lost access to a topic, or it ended."""

    type: Literal["left"] = "left"
    topic: TopicName
    code: str


class Person(Message):
    """Somebody, as named in events: names in every language they are kept in."""

    id: int
    name: dict[str, str]
    company: dict[str, str] = {}


class PresenceChanged(Event):
    """Who is on a topic now (ephemeral)."""

    type: Literal["presence.changed"] = "presence.changed"
    here: list[int]


def read_frame(text: str | None) -> tuple[dict[str, Any] | None, int | None]:
    """A frame as sent, and its reference if it has a proper one; None for what is no JSON object."""
    try:
        frame = json.loads(text or "")
    except (ValueError, RecursionError):
        return None, None
    if not isinstance(frame, dict):
        return None, None
    ref = frame.get("ref")
    return frame, ref if isinstance(ref, int) and not isinstance(ref, bool) and 0 <= ref <= 2**53 else None
