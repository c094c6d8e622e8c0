"""What belongs to other fairs too is not for the organisers of one of them to change.

A company and a person's account exist once, whatever number of fairs they are in. Whoever works for a company has its
access in all its fairs, and whoever can change an account's address can take it over: so both are open to the
organisers of every fair that they are in, and to nobody else.
"""

from django.db.models import Exists, OuterRef, QuerySet

from fairplatform.accounts.models import Company, Staff, User, Viewer
from fairplatform.policy import Role

from .models import Fair, Participation, Registration, RoleAssignment


def is_company_shared(company: Company, organiser: Viewer) -> bool:
    """Whether the company is in a fair, in whatever state, that this person does not organise."""
    return Participation.objects.filter(company=company).exclude(fair__in=_organised_by(organiser)).exists()


def is_account_shared(user: User, organiser: Viewer) -> bool:
    """Whether the person has a registration, a role or a company in a fair that this organiser does not organise."""
    return accounts_elsewhere(organiser).filter(pk=user.pk).exists()


def accounts_elsewhere(organiser: Viewer) -> "QuerySet[User]":
    """Everybody of whom `is_account_shared` is true."""
    own, person = _organised_by(organiser), OuterRef("pk")
    return User.objects.filter(
        Exists(Registration.objects.filter(user=person).exclude(fair__in=own))
        | Exists(RoleAssignment.objects.filter(user=person).exclude(fair__in=own))
        | Exists(Participation.objects.filter(company__staff__user=person).exclude(fair__in=own))
    )


def companies_elsewhere(organiser: Viewer) -> "QuerySet[Company]":
    """Every company of which `is_company_shared` is true."""
    return Company.objects.filter(
        pk__in=Participation.objects.exclude(fair__in=_organised_by(organiser)).values("company")
    )


def is_company_elsewhere(company: Company, fair: Fair, inviter: int | None) -> bool:
    """Whether the company is in another fair, in whatever state, that the person with this key does not organise."""
    others = Participation.objects.filter(company=company).exclude(fair=fair)
    return others.exclude(fair__in=_fairs_of_organiser(inviter) if inviter else []).exists()


def shared_companies(fair: Fair, organiser: Viewer | None) -> set[int]:
    """The companies of a fair that are in another one, which this person does not organise; nobody organises none."""
    elsewhere = Participation.objects.exclude(fair__in=_own(fair, organiser))
    return set(elsewhere.filter(company__participations__fair=fair).values_list("company", flat=True))


def shared_accounts(fair: Fair, organiser: Viewer | None) -> set[int]:
    """Who is, as in `is_account_shared`, in a fair other than this one and those that the organiser organises."""
    own = _own(fair, organiser)
    participations = Participation.objects.exclude(fair__in=own)
    return {
        *Registration.objects.exclude(fair__in=own).values_list("user", flat=True),
        *RoleAssignment.objects.exclude(fair__in=own).values_list("user", flat=True),
        *Staff.objects.filter(company__in=participations.values("company")).values_list("user", flat=True),
    }


def _own(fair: Fair, organiser: Viewer | None) -> list[int]:
    return [fair.pk, *(_organised_by(organiser) if organiser else [])]


def _organised_by(person: Viewer) -> list[int]:
    return _fairs_of_organiser(person.pk)


def _fairs_of_organiser(person: int | None) -> list[int]:
    return list(Fair.objects.filter(roles__user=person, roles__role=Role.ORGANISER).values_list("pk", flat=True))
