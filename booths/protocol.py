"""What is said about booths over the socket."""

from typing import Literal

from fairplatform.realtime.protocol import Command, Event, Message, Person


class LoadVisitors(Command):
    """Asked by the booth's own staff: who is here now."""

    type: Literal["visitors.load"] = "visitors.load"


class StaffMember(Person):
    """One of the exhibitor's people; `languages` are codes like `zh`, `ur`, `en`."""

    position: str
    languages: list[str]


class BoothSnapshot(Message):
    """A booth as anybody sees it; `visitors_here` only for its own staff."""

    staff: list[StaffMember]
    staff_here: list[int]
    visitors: int
    visitors_here: list[Person] | None = None


class Visitors(Message):
    """Who is at the booth now, for its staff."""

    visitors_here: list[Person]


class BoothPresenceChanged(Event):
    """Which of the staff are at the booth, and how many visitors (ephemeral). Visitors are never named here."""

    type: Literal["presence.changed"] = "presence.changed"
    staff_here: list[int]
    visitors: int


class VisitStarted(Event):
    """On each staff member's own topic: somebody has come to the booth."""

    type: Literal["visit.started"] = "visit.started"
    booth: int
    visitor: Person
    path: str
