"""Whose slips somebody reads."""

from datetime import datetime

from django.db.models import Q

from fairplatform.accounts.models import Staff, User
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation
from fairplatform.policy import Role

from .slip import Slip, slips


def slips_for(person: User, fair: Fair, now: datetime) -> list[Slip]:
    """Of the fair's companies for an organiser, of their unit's for a delegate; those that have any, by their names."""
    own = memberships(person, fair.pk)
    rows = Participation.objects.filter(fair=fair, state=Participation.State.APPROVED)
    if Role.ORGANISER not in own.roles:
        rows = rows.filter(unit__in=own.units)
    return slips(rows.select_related("fair", "company", "unit").order_by("company__slug", "pk"), now)


def own_slips(person: User, fair: Fair, now: datetime) -> list[Slip]:
    """Those that somebody answers for their own companies: as a manager, or as a lead."""
    speaking = Staff.objects.filter(Q(is_manager=True) | Q(is_lead=True), user=person).values("company")
    staff_of = memberships(person, fair.pk).staff_of
    rows = Participation.objects.filter(pk__in=staff_of, company__in=speaking).select_related("fair", "company")
    return slips(rows.order_by("pk"), now)
