"""Whose links the delegates of a unit hand out: people who are nothing but its companies' in any fair."""

from django.db.models import Exists, OuterRef, QuerySet

from fairplatform.accounts.models import Staff, User
from fairplatform.fairs.models import Participation, RecruitingUnit, Registration, RoleAssignment
from fairplatform.fairs.models.registration import RegistrationQuerySet
from fairplatform.fairs.sharing import Elsewhere

State = Participation.State
ENDED = (State.REFUSED, State.WITHDRAWN)


def companies_in(unit: RecruitingUnit) -> "QuerySet[Participation]":
    """Its companies that are in the fair or wait for it: of the others nobody is let in."""
    return Participation.objects.filter(unit=unit).accepted().exclude(state__in=ENDED)


def people_of(unit: RecruitingUnit) -> RegistrationQuerySet:
    """The registrations of whoever works for its companies, and of those who are invited to one of them."""
    companies = companies_in(unit)
    registered = Registration.objects.filter(fair=unit.fair_id)
    employed = Staff.objects.filter(company__in=companies.values("company")).values("user")
    invited = registered.invited().filter(invitation__company__in=list(companies.values_list("pk", flat=True)))
    return registered.filter(pk__in=registered.accepted().filter(user__in=employed).values("pk")) | registered.filter(
        pk__in=invited.values("pk")
    )


def accounts_of_unit(unit: RecruitingUnit) -> "QuerySet[User]":
    """Whoever works for its companies and is nothing else in any fair: a link opens all that its person is."""
    companies, person = companies_in(unit).values("company"), OuterRef("pk")
    return User.objects.filter(
        Exists(Staff.objects.filter(user=person, company__in=companies)),
        ~Exists(Staff.objects.filter(user=person).exclude(company__in=companies)),
        ~Exists(RoleAssignment.objects.filter(user=person)),
        is_active=True,
        is_demo=False,
    ).exclude(pk__in=Elsewhere.of(None, unit.fair).accounts().values("pk"))
