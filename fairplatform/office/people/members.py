"""A person of a fair as its organisers see them."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property

from fairplatform.accounts.models import Staff, User, Viewer
from fairplatform.fairs import members
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Registration, RoleAssignment
from fairplatform.fairs.sharing import Elsewhere
from fairplatform.i18n.text import Translated
from fairplatform.policy import Role

from ..invited import invited_name


class ShownPerson:
    """A person as the organisers of a fair see them, by the registration that they have there."""

    user: User
    registration: Registration | None

    @property
    def is_invited(self) -> bool:
        return self.registration is not None and self.registration.is_invitation

    @property
    def name(self) -> Translated:
        return shown_name(self.user, self.registration)


def shown_name(user: User, registration: Registration | None) -> Translated:
    """Of somebody who is only invited, the name that the organiser wrote: the account's is not theirs to see."""
    if registration is not None and registration.is_invitation:
        return invited_name(registration)
    return Translated(user.name)


@dataclass(frozen=True)
class FairPerson(ShownPerson):
    """A person of one fair, loaded for one of its organisers: policy.LoadsForPerson."""

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
        user = members.people(fair, Elsewhere.of(person.pk)).filter(pk=lookup["user"]).first()
        if user is None:
            return None
        return cls(fair, user, Registration.objects.filter(fair=fair, user=user).first(), person)

    def with_user(self, user: User) -> "FairPerson":
        """The same with this row of their account, and with their registration read again."""
        registration = Registration.objects.filter(fair=self.fair, user=user).first()
        return FairPerson(self.fair, user, registration, self.organiser)

    @property
    def fair_id(self) -> int:
        return self.fair.pk

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        return memberships(person, self.fair.pk).roles & {Role.ORGANISER}

    @cached_property
    def staff(self) -> list[Staff]:
        """Their positions in companies of this fair."""
        rows = members.positions(self.fair, Elsewhere.of(self.organiser.pk)).filter(user=self.user)
        return list(rows.select_related("company").order_by("pk"))

    @cached_property
    def roles(self) -> list[RoleAssignment]:
        return list(RoleAssignment.objects.filter(user=self.user, fair=self.fair).select_related("unit").order_by("pk"))
