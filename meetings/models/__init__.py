"""Meeting requests, meetings, their attendance and their outcomes."""

from .attendance import Attendance
from .booking import Booking
from .clock_lease import ClockLease
from .meeting import Meeting, Participant
from .outcome import Outcome, OutcomeVersion, Statement
from .pair import Pair
from .request import MeetingRequest

__all__ = [
    "Attendance",
    "Booking",
    "ClockLease",
    "Meeting",
    "MeetingRequest",
    "Outcome",
    "OutcomeVersion",
    "Pair",
    "Participant",
    "Statement",
]
