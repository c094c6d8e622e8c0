"""The socket messages of a booth."""

from typing import Literal

from fairplatform.realtime.protocol import Command, Event, Message, Person


class LoadVisitors(Command):
    """The booth's own staff ask who is there now."""

    type: Literal["visitors.load"] = "visitors.load"


class StaffMember(Person):
    """One of the exhibitor's people; `languages` are codes like `zh`, `ur`, `en`."""

    position: str
    languages: list[str]


class BoothSnapshot(Message):
    """A booth as anybody sees it: its people, the ids of those who are there, the number of signed-in visitors.

    `visitors_here` is for the booth's own staff, None for everybody else.
    """

    staff: list[StaffMember]
    staff_here: list[int]
    visitors: int
    visitors_here: list[Person] | None = None


class Visitors(Message):
    """The visitors who are at the booth now, for its staff."""

    visitors_here: list[Person]


class BoothPresenceChanged(Event):
    """Which of the staff are at the booth now, and how many signed-in visitors, without names. Not stored."""

    type: Literal["presence.changed"] = "presence.changed"
    staff_here: list[int]
    visitors: int


class VisitStarted(Event):
    """Somebody has come to the booth: sent on each staff member's own topic."""

    type: Literal["visit.started"] = "visit.started"
    booth: int
    visitor: Person
    path: str


class BoothHeadcount(Message):
    """Who of a booth's own staff are there now, as its page names them, and how many signed-in visitors."""

    booth: int
    staff: list[Person]
    visitors: int


class HallSnapshot(Message):
    """The booths of a hall that have somebody there."""

    booths: list[BoothHeadcount]


class HallHeadcountChanged(Event):
    """The booths of the hall at which people have come or gone, each with who is there now. Not stored."""

    type: Literal["hall_headcount.changed"] = "hall_headcount.changed"
    booths: list[BoothHeadcount]


class HallHeadcount(Message):
    """How many booths of a hall have staff there now, and how many signed-in visitors all have."""

    hall: int
    staffed: int
    visitors: int


class HallsSnapshot(Message):
    """The halls of a fair that have somebody there."""

    halls: list[HallHeadcount]


class HeadcountChanged(Event):
    """People have come or gone in a hall. Not stored."""

    type: Literal["headcount.changed"] = "headcount.changed"
    hall: HallHeadcount
