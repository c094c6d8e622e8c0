"""Who is in a fair: by a registration, a role, or a company that takes part."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

from fairplatform.accounts.models import Staff, User, Viewer
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Registration, RoleAssignment
from fairplatform.i18n.text import Translated
from fairplatform.policy import Role


def people(fair: Fair) -> "QuerySet[User]":
    """Everybody who is in the fair, or invited to it."""
    registered = Registration.objects.filter(fair=fair).values("user")
    with_role = RoleAssignment.objects.filter(fair=fair).values("user")
    staff = Staff.objects.filter(company__participations__fair=fair).values("user")
    return User.objects.filter(Q(pk__in=registered) | Q(pk__in=with_role) | Q(pk__in=staff))


def is_invited(registration: Registration | None) -> bool:
    """Whether an account of another fair is asked into this one and has not answered."""
    return bool(registration and registration.invitation and registration.accepted_at is None)


@dataclass(frozen=True)
class FairPerson:
    """A person as the organisers of one fair see them: policy.LoadsForPerson."""

    fair: Fair
    user: User
    registration: Registration | None

    @classmethod
    def load_for(cls, person: Viewer, **lookup: Any) -> "FairPerson | None":
        """`fair`: its slug, `user`: their key. None for everybody but the fair's organisers."""
        fair = Fair.load_for(person, slug=lookup["fair"])
        if fair is None or Role.ORGANISER not in memberships(person, fair.pk).roles:
            return None
        user = people(fair).filter(pk=lookup["user"]).first()
        if user is None:
            return None
        return cls(fair, user, Registration.objects.filter(fair=fair, user=user).first())

    @property
    def fair_id(self) -> int:
        return self.fair.pk

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        return memberships(person, self.fair.pk).roles & {Role.ORGANISER}

    @property
    def is_invited(self) -> bool:
        return is_invited(self.registration)

    @property
    def name(self) -> Translated:
        """Of somebody who is only invited, the name that the organiser wrote: the account's is not theirs to see."""
        return shown_name(self.user, self.registration)

    @cached_property
    def staff(self) -> list[Staff]:
        """Their positions in companies of this fair."""
        rows = Staff.objects.filter(user=self.user, company__participations__fair=self.fair)
        return list(rows.select_related("company").order_by("pk"))

    @cached_property
    def roles(self) -> list[RoleAssignment]:
        return list(RoleAssignment.objects.filter(user=self.user, fair=self.fair).select_related("unit").order_by("pk"))


def shown_name(user: User, registration: Registration | None) -> Translated:
    if registration is not None and is_invited(registration):
        return Translated(registration.invitation.get("name") or {"en": registration.key or f"#{user.pk}"})
    return Translated(user.name)
