"""Gives a person what they were invited to be."""

from fairplatform.accounts.models import Company, Staff, User
from fairplatform.errors import Refused

from .models import CompanyRole, Fair, Invitation, Participation, RoleAssignment
from .sharing import Elsewhere


def fulfil(invitation: Invitation, *, fair: Fair, user: User) -> None:
    """Gives the person what they were invited to be, in the transaction of the caller.

    Raises Refused: not_found if their company has gone since, company_adds_people if it is not this fair's alone and
    none of its managers has written the invitation.
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
    here = Participation.objects.filter(company=company, fair=fair).accepted()
    if not here.exists() or not (_is_by_company(company, invitation) or _is_by_its_fair(company, invitation, fair)):
        raise Refused("company_adds_people")


def _is_by_company(company: Company, invitation: Invitation) -> bool:
    """Whether whoever has written the invitation for the company manages it still."""
    managers = Staff.objects.filter(company=company, is_manager=True, user__is_active=True)
    return invitation.manager is not None and managers.filter(user=invitation.manager).exists()


def _is_by_its_fair(company: Company, invitation: Invitation, fair: Fair) -> bool:
    return invitation.manager is None and not Elsewhere.of(invitation.invited_by, fair).has(company)
