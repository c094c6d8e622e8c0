"""What belongs to other fairs too is not for the organisers of one of them to change.

A company and a person's account exist once, whatever number of fairs they are in. Whoever works for a company has its
access in all its fairs, and whoever can change an account's address can take it over: so both are open to the
organisers of every fair that they are in, and to nobody else.

Being invited is not being in a fair. Anybody may invite whom they like, so an invitation takes nothing from the
organisers of the fair that a company or person is in, and gives nothing to those who wrote it.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from fairplatform.accounts.actions import end_earlier_access
from fairplatform.accounts.models import Company, Staff, User
from fairplatform.policy import Role

from .models import Fair, Participation, Registration, RoleAssignment


@dataclass(frozen=True)
class Elsewhere:
    """All fairs but those in `own`, by their keys. What is in any of them is not for the organisers of `own` alone."""

    own: frozenset[int]

    @classmethod
    def of(cls, organiser: int | None, *fairs: Fair) -> "Elsewhere":
        """Seen from these fairs, and from all that the person with this key organises."""
        organised = Fair.objects.filter(roles__user=organiser, roles__role=Role.ORGANISER) if organiser else ()
        return cls(frozenset(fair.pk for fair in (*organised, *fairs)))

    @classmethod
    def of_company(cls, company: Company) -> "Elsewhere":
        """Seen from all fairs that a company takes part in: what is in others is not for its managers."""
        taking_part = Participation.objects.filter(company=company).accepted()
        return cls(frozenset(taking_part.values_list("fair", flat=True)))

    def has(self, one: Company | User) -> bool:
        rows: QuerySet[Company] | QuerySet[User]
        rows = self.companies() if isinstance(one, Company) else self.accounts()
        return rows.filter(pk=one.pk).exists()

    def companies(self) -> "QuerySet[Company]":
        """Those that take part elsewhere; of those that only have invitations, also whoever has one from there alone.

        A company that only has invitations belongs to none of those who wrote them.
        """
        others = Participation.objects.exclude(fair__in=self.own)
        ours = Participation.objects.filter(fair__in=self.own).accepted()
        return Company.objects.filter(
            Q(pk__in=others.accepted().values("company"))
            | (Q(pk__in=others.values("company")) & ~Q(pk__in=ours.values("company")))
        )

    def accounts(self) -> "QuerySet[User]":
        """Everybody who has a registration that they accepted, a role or a company that takes part elsewhere."""
        person = OuterRef("pk")
        return User.objects.filter(
            Exists(Registration.objects.filter(user=person).accepted().exclude(fair__in=self.own))
            | Exists(RoleAssignment.objects.filter(user=person).exclude(fair__in=self.own))
            | Exists(Participation.objects.filter(company__staff__user=person).accepted().exclude(fair__in=self.own))
        )


def accounts_of(company: Company) -> "QuerySet[User]":
    """Whoever works for this company and is nothing else in any fair.

    Its managers may change these accounts and hand out their links, which open nothing but what is the company's.
    """
    person = OuterRef("pk")
    return User.objects.filter(
        ~Exists(RoleAssignment.objects.filter(user=person)),
        ~Exists(Staff.objects.filter(user=person).exclude(company=company)),
        positions__company=company,
    ).exclude(pk__in=Elsewhere.of_company(company).accounts().values("pk"))


def link_may_be_shown(user: User) -> bool:
    """Whether a unit's delegate may see the link of an account, by which whoever has it is that person.

    So it is until the person has come in for the first time, and for those who have no address to send it to.
    """
    return not user.has_come_in or not user.email


def is_of_one_company(person: User) -> bool:
    """Whether the account is in `accounts_of` the company that the person works for."""
    return any(
        accounts_of(company).filter(pk=person.pk).exists() for company in Company.objects.filter(staff__user=person)
    )


def end_place(place: Staff | RoleAssignment) -> None:
    """Ends a position or a role, in the caller's transaction.

    Of whoever was one company's alone its managers may have handed out, and seen, the link: with the position ends all
    that lets them in, so that it opens nothing that the person is given later.
    """
    was_of_company = isinstance(place, Staff) and accounts_of(place.company).filter(pk=place.user_id).exists()
    place.delete()
    if was_of_company:
        end_earlier_access(place.user)
