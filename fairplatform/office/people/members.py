"""Who is in a fair: by a registration, a role, or a company that takes part."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

from fairplatform.accounts.models import Staff, User, Viewer
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation, Registration, RoleAssignment
from fairplatform.fairs.sharing import companies_elsewhere
from fairplatform.i18n.text import Translated
from fairplatform.policy import Role

from ..invited import invited, invited_name


def people(fair: Fair, organiser: Viewer) -> "QuerySet[User]":
    """Everybody who is in the fair, or invited to it, as this organiser of it sees them."""
    registered = Registration.objects.filter(fair=fair).values("user")
    with_role = RoleAssignment.objects.filter(fair=fair).values("user")
    staff = positions(fair, organiser).values("user")
    return User.objects.filter(Q(pk__in=registered) | Q(pk__in=with_role) | Q(pk__in=staff))


def positions(fair: Fair, organiser: Viewer) -> "QuerySet[Staff]":
    """Who works for a company that takes part in the fair.

    Not for one that is only invited, and not who is only invited themselves. A company that is also in a fair of other
    organisers has staff whom this fair knows nothing of: of them those count who have accepted this fair.
    """
    registrations = Registration.objects.filter(fair=fair)
    accepted = registrations.filter(accepted_at__isnull=False).values("user")
    companies = Participation.objects.filter(fair=fair).exclude(state=Participation.State.INVITED).values("company")
    is_ours = ~Q(company__in=companies_elsewhere(organiser)) | Q(user__in=accepted)
    return Staff.objects.filter(is_ours, company__in=companies).exclude(user__in=invited(fair).values("user"))


@dataclass(frozen=True)
class FairPerson:
    """A person as the organisers of one fair see them: policy.LoadsForPerson."""

    fair: Fair
    user: User
    registration: Registration | None
    organiser: Viewer

    @classmethod
    def load_for(cls, person: Viewer, **lookup: Any) -> "FairPerson | None":
        """`fair`: its slug, `user`: their key. None for everybody but the fair's organisers."""
        fair = Fair.load_for(person, slug=lookup["fair"])
        if fair is None or Role.ORGANISER not in memberships(person, fair.pk).roles:
            return None
        user = people(fair, person).filter(pk=lookup["user"]).first()
        if user is None:
            return None
        return cls(fair, user, Registration.objects.filter(fair=fair, user=user).first(), person)

    @property
    def fair_id(self) -> int:
        return self.fair.pk

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        return memberships(person, self.fair.pk).roles & {Role.ORGANISER}

    @property
    def is_invited(self) -> bool:
        return self.registration is not None and self.registration.is_invitation

    @property
    def name(self) -> Translated:
        """Of somebody who is only invited, the name that the organiser wrote: the account's is not theirs to see."""
        return shown_name(self.user, self.registration)

    @cached_property
    def staff(self) -> list[Staff]:
        """Their positions in companies of this fair."""
        rows = positions(self.fair, self.organiser).filter(user=self.user)
        return list(rows.select_related("company").order_by("pk"))

    @cached_property
    def roles(self) -> list[RoleAssignment]:
        return list(RoleAssignment.objects.filter(user=self.user, fair=self.fair).select_related("unit").order_by("pk"))


def shown_name(user: User, registration: Registration | None) -> Translated:
    if registration is not None and registration.is_invitation:
        return invited_name(registration)
    return Translated(user.name)
