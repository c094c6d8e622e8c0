"""Who is in a fair: by a registration, a role, or a company that takes part."""

from django.db.models import Q, QuerySet

from fairplatform.accounts.models import Staff, User

from .models import Fair, Participation, Registration, RoleAssignment
from .sharing import Elsewhere


def people(fair: Fair, elsewhere: Elsewhere) -> "QuerySet[User]":
    """Everybody who is in the fair, or invited to it, as far as its organisers know of them."""
    registered = Registration.objects.filter(fair=fair).values("user")
    with_role = RoleAssignment.objects.filter(fair=fair).values("user")
    staff = positions(fair, elsewhere).values("user")
    return User.objects.filter(Q(pk__in=registered) | Q(pk__in=with_role) | Q(pk__in=staff))


def positions(fair: Fair, elsewhere: Elsewhere) -> "QuerySet[Staff]":
    """Who works for a company that takes part in the fair.

    Not for one that is only invited, and not who is only invited themselves. A company that is also elsewhere has staff
    whom this fair knows nothing of: of them those count who have accepted this fair.
    """
    registrations = Registration.objects.filter(fair=fair)
    companies = Participation.objects.filter(fair=fair).accepted().values("company")
    is_ours = ~Q(company__in=elsewhere.companies()) | Q(user__in=registrations.accepted().values("user"))
    return Staff.objects.filter(is_ours, company__in=companies).exclude(user__in=registrations.invited().values("user"))
