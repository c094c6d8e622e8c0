"""Requests, meetings, who was there, and what came of them."""

from .attendance import Attendance
from .booking import Booking
from .lease import ClockLease
from .meeting import Meeting, Participant
from .outcome import Outcome, OutcomeVersion, Statement
from .request import MeetingRequest

__all__ = [
    "Attendance",
    "Booking",
    "ClockLease",
    "Meeting",
    "MeetingRequest",
    "Outcome",
    "OutcomeVersion",
    "Participant",
    "Statement",
]
