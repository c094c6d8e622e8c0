"""A fair: its bodies, halls, days and slots; the companies that take part and the roles people have in it."""

from .fair import Body, Fact, Fair, Hall
from .invitation import FIELDS_OF_ROLE, CompanyRole, Invitation
from .participation import Cooperation, Participation, RecruitingUnit, RoleAssignment
from .registration import Registration
from .time import FairDay, Holiday, Slot, WorkingHours
from .wishes import Absence, Preference, SoleAgency

__all__ = [
    "FIELDS_OF_ROLE",
    "Absence",
    "Body",
    "CompanyRole",
    "Cooperation",
    "Fact",
    "Fair",
    "FairDay",
    "Hall",
    "Holiday",
    "Invitation",
    "Participation",
    "Preference",
    "RecruitingUnit",
    "Registration",
    "RoleAssignment",
    "Slot",
    "SoleAgency",
    "WorkingHours",
]
