"""What an invitation holds: the role that a person of another fair has once they accept."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from fairplatform.accounts.models import Company, Staff, User
from fairplatform.errors import Refused

from .models import Fair, Participation, RecruitingUnit, RoleAssignment
from .sharing import is_company_elsewhere


class CompanyRole(TextChoices):
    """The roles that a person has through a company."""

    MANAGER = "manager", _("Company manager")
    STAFF = "staff", _("Company staff")


class Invitation(BaseModel):
    """`Registration.invitation`. `company` is the key of a participation, `unit` of a recruiting unit.

    `invited_by` is the key of the organiser who may give positions in companies that are in their other fairs too.
    Nobody's, as of a workbook: then only in companies of this fair alone.
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

    def participation(self, fair: Fair) -> Participation | None:
        return fair.participations.filter(pk=self.company).select_related("company").first() if self.company else None

    def recruiting_unit(self, fair: Fair) -> RecruitingUnit | None:
        return fair.units.filter(pk=self.unit).first() if self.unit else None


def fulfil(invitation: Invitation, *, fair: Fair, user: User) -> None:
    """Gives the person what they were invited to be, in the transaction of the caller.

    Raises Refused: not_found if their company has gone since, company_adds_people if it is not this fair's alone.
    """
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
    company = _locked_company(invitation, fair)
    manages = invitation.role == CompanyRole.MANAGER
    staff = Staff.objects.filter(company=company, user=user).first()
    if staff and (staff.is_manager or not manages):
        return
    _check_employer(company, invitation, fair)
    if staff is None:
        staff = Staff(
            company=company,
            user=user,
            position=invitation.position,
            decides=invitation.decides,
            is_lead=invitation.lead,
        )
    staff.is_manager = manages
    staff.save()


def _locked_company(invitation: Invitation, fair: Fair) -> Company:
    """With the lock, no other fair takes the company in before this transaction has ended."""
    participation = invitation.participation(fair)
    if participation is None:
        raise Refused("not_found")
    return Company.objects.select_for_update().get(pk=participation.company_id)


def _check_employer(company: Company, invitation: Invitation, fair: Fair) -> None:
    """Whoever works for a company has its access in all its fairs, so no single one of them takes people in for it."""
    here = Participation.objects.filter(company=company, fair=fair).exclude(state=Participation.State.INVITED)
    if not here.exists() or is_company_elsewhere(company, fair, invitation.invited_by):
        raise Refused("company_adds_people")
