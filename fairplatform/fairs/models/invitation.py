"""What an invitation holds: the role that a person of another fair has once they accept."""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from .fair import Fair
from .participation import Participation, RecruitingUnit, RoleAssignment


class CompanyRole(TextChoices):
    """The roles that a person has through a company."""

    MANAGER = "manager", _("Company manager")
    STAFF = "staff", _("Company staff")


class Invitation(BaseModel):
    """A role in a fair with its particulars, and of somebody who is only invited, how the organiser calls them.

    `company` is the key of a participation, `unit` of a recruiting unit. `cells` is the row of a workbook that the
    invitation was made of.

    `invited_by` is the key of the organiser who may give positions in companies that are in their other fairs too.
    Nobody's, as of a workbook: then only in companies of this fair alone.

    `manager` is the key of the company's manager who wrote it. A company takes people in for itself, wherever it is.
    """

    role: CompanyRole | RoleAssignment.Kind
    company: int | None = None
    position: str = ""
    decides: bool = False
    lead: bool = False
    unit: int | None = None
    language_pairs: list[str] = []
    max_minutes_a_day: int | None = None
    on_call: bool = False
    invited_by: int | None = None
    manager: int | None = None
    name: dict[str, str] = {}
    cells: dict[str, Any] = {}

    def participation(self, fair: Fair) -> Participation | None:
        return fair.participations.filter(pk=self.company).select_related("company").first() if self.company else None

    def recruiting_unit(self, fair: Fair) -> RecruitingUnit | None:
        return fair.units.filter(pk=self.unit).first() if self.unit else None

    def stored(self) -> dict[str, Any]:
        """For `Registration.invitation`."""
        return self.model_dump(mode="json")


_OF_COMPANY = frozenset({"company", "position", "decides", "lead"})
_OF_UNIT = frozenset({"unit"})
# The fields of an invitation that a role has; the other roles have none.
FIELDS_OF_ROLE: Mapping[str, frozenset[str]] = {
    CompanyRole.MANAGER: _OF_COMPANY,
    CompanyRole.STAFF: _OF_COMPANY,
    RoleAssignment.Kind.DELEGATED: _OF_UNIT,
    RoleAssignment.Kind.LIAISON: _OF_UNIT,
    RoleAssignment.Kind.INTERPRETER: frozenset({"language_pairs", "max_minutes_a_day", "on_call"}),
}
