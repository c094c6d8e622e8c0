"""A fair: its bodies, halls, days and slots; the companies that take part and the roles people have in it."""

from .fair import Body, Fact, Fair, Hall
from .participation import Participation, RecruitingUnit, RoleAssignment
from .time import FairDay, Holiday, Slot

__all__ = [
    "Body",
    "Fact",
    "Fair",
    "FairDay",
    "Hall",
    "Holiday",
    "Participation",
    "RecruitingUnit",
    "RoleAssignment",
    "Slot",
]
