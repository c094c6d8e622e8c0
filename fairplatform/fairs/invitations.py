"""What an invitation holds: the role that a person of another fair has once they accept."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from fairplatform.accounts.models import Staff, User
from fairplatform.errors import Refused

from .models import Fair, Participation, RecruitingUnit, RoleAssignment


class CompanyRole(TextChoices):
    """The roles that a person has through a company."""

    MANAGER = "manager", _("Company manager")
    STAFF = "staff", _("Company staff")


class Invitation(BaseModel):
    """`Registration.invitation`. `company` is the key of a participation, `unit` of a recruiting unit."""

    role: CompanyRole | RoleAssignment.Kind
    company: int | None = None
    position: str = ""
    decides: bool = False
    lead: bool = False
    unit: int | None = None
    language_pairs: list[str] = []
    max_minutes_a_day: int | None = None
    on_call: bool = False

    def participation(self, fair: Fair) -> Participation | None:
        return fair.participations.filter(pk=self.company).select_related("company").first() if self.company else None

    def recruiting_unit(self, fair: Fair) -> RecruitingUnit | None:
        return fair.units.filter(pk=self.unit).first() if self.unit else None


def fulfil(invitation: Invitation, *, fair: Fair, user: User) -> None:
    """Gives the person what they were invited to be. Raises Refused("not_found") if their company has gone since."""
    if isinstance(invitation.role, CompanyRole):
        _employ(invitation, fair, user)
        return
    RoleAssignment.objects.get_or_create(
        fair=fair,
        user=user,
        role=invitation.role,
        unit=invitation.recruiting_unit(fair),
        defaults={
            "language_pairs": invitation.language_pairs,
            "max_minutes_a_day": invitation.max_minutes_a_day,
            "on_call": invitation.on_call,
        },
    )


def _employ(invitation: Invitation, fair: Fair, user: User) -> None:
    """A position they have in this company already, from another fair, stays as it is; a manager's right is added."""
    participation = invitation.participation(fair)
    if participation is None:
        raise Refused("not_found")
    manages = invitation.role == CompanyRole.MANAGER
    staff, _created = Staff.objects.get_or_create(
        company=participation.company,
        user=user,
        defaults={
            "position": invitation.position,
            "decides": invitation.decides,
            "is_lead": invitation.lead,
            "is_manager": manages,
        },
    )
    if manages and not staff.is_manager:
        staff.is_manager = True
        staff.save(update_fields=["is_manager"])
