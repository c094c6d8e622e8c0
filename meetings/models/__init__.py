"""Matches, schedules, meeting requests, meetings, their attendance and their outcomes."""

from .attendance import Attendance
from .booking import Booking
from .calendar_feed import CalendarFeed
from .change import Change, ChangedMeeting
from .clock_lease import ClockLease
from .match import Match, MatchBasis, MatchedPair, MatchShortfall
from .meeting import Meeting, Participant
from .outcome import Correction, Outcome, OutcomeVersion, Statement
from .outcome_link import OutcomeLink
from .pair import Pair
from .request import MeetingRequest
from .run import Run
from .satisfaction import Satisfaction
from .schedule_version import PlannedBooking, PlannedMeeting, ScheduleVersion
from .slip import SlipAnswer
from .tick_round import Tick, TickList, TickRound

__all__ = [
    "Attendance",
    "Booking",
    "CalendarFeed",
    "Change",
    "ChangedMeeting",
    "ClockLease",
    "Correction",
    "Match",
    "MatchBasis",
    "MatchShortfall",
    "MatchedPair",
    "Meeting",
    "MeetingRequest",
    "Outcome",
    "OutcomeLink",
    "OutcomeVersion",
    "Pair",
    "Participant",
    "PlannedBooking",
    "PlannedMeeting",
    "Run",
    "Satisfaction",
    "ScheduleVersion",
    "SlipAnswer",
    "Statement",
    "Tick",
    "TickList",
    "TickRound",
]
