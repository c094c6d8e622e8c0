"""A fair: its bodies, halls, days and slots; the companies that take part and the roles people have in it."""

from .fair import Body, Fact, Fair, Hall
from .participation import Cooperation, Participation, RecruitingUnit, RoleAssignment
from .registration import Registration
from .time import FairDay, Holiday, Slot, WorkingHours
from .wishes import Absence, Preference, SoleAgency

__all__ = [
    "Absence",
    "Body",
    "Cooperation",
    "Fact",
    "Fair",
    "FairDay",
    "Hall",
    "Holiday",
    "Participation",
    "Preference",
    "RecruitingUnit",
    "Registration",
    "RoleAssignment",
    "Slot",
    "SoleAgency",
    "WorkingHours",
]
