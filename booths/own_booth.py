"""The booth that the pages of an exhibitor's people are about: that of the person's own company."""

from typing import Any, cast

from django.db.models import QuerySet

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Company, Viewer
from fairplatform.errors import Refused
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair
from fairplatform.policy import Role, load

from .models import Booth


class OwnBooth:
    """Loads a person's own booth by the fair's slug, also in a draft: policy.LoadsForPerson."""

    @classmethod
    def load_for(cls, person: Viewer, **lookup: Any) -> Booth | None:
        """`fair`: its slug. Of several companies of one person the one whose booth was first.

        Raises Refused("booth_none") for the people of an exhibitor that has no hall yet.
        """
        fair = Fair.objects.filter(slug=lookup["fair"]).first()
        if fair is None:
            return None
        booth = own_booths(person, fair).first()
        if booth is None and Role.EXHIBITOR in memberships(person, fair.pk).roles:
            raise Refused("booth_none")
        return booth


def own_booths(person: Viewer, fair: Fair) -> "QuerySet[Booth]":
    """Those of the companies that the person works for: the first is the one that the pages are about."""
    rows = Booth.objects.select_related("fair", "hall", "participation__company", "participation__fair")
    return rows.filter(fair=fair, participation__in=memberships(person, fair.pk).staff_of).order_by("pk")


def load_own(actor: Actor, permission: str, fair: str) -> Booth:
    """The booth of the actor's company in the fair with this slug. Raises Refused, as `load` does."""
    return cast(Booth, load(OwnBooth, actor, permission, fair=fair))


def lock_own(actor: Actor, permission: str, fair: str) -> Booth:
    """The same; nobody else changes anything of its company until the transaction ends.

    It is loaded again under the lock: whoever had to wait for it may have left the company meanwhile.
    """
    company = load_own(actor, permission, fair).participation.company_id
    Company.objects.select_for_update().get(pk=company)
    booth = load_own(actor, permission, fair)
    if booth.participation.company_id != company:
        raise Refused("not_found")
    return booth
