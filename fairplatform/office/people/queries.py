"""The people of a fair in a list: searched, narrowed, and one page of them with what they are in the fair."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from fairplatform.accounts.models import PersonalLink, Staff, User
from fairplatform.fairs.models import Fair, Participation, Registration, RoleAssignment
from fairplatform.i18n.text import FALLBACK, Translated, current_language

from ..companies import queries as companies
from ..matching import person_has
from .members import is_invited, people, shown_name

MAX_WORDS = 8


@dataclass
class PersonRow:
    """A person of the list, with what they are in the fair."""

    user: User
    registration: Registration | None
    has_link: bool
    staff: list[Staff] = field(default_factory=list)
    roles: list[RoleAssignment] = field(default_factory=list)

    @property
    def is_invited(self) -> bool:
        return is_invited(self.registration)

    @property
    def name(self) -> Translated:
        return shown_name(self.user, self.registration)


def sorted_people(fair: Fair) -> "QuerySet[User]":
    """By their name in the reader's language."""
    language = current_language()
    names = (KeyTextTransform(code, "name") for code in (language, *FALLBACK[language]))
    return people(fair).annotate(shown_name=Lower(Coalesce(*names))).order_by("shown_name", "pk")


def narrow(fair: Fair, rows: "QuerySet[User]", values: Mapping[str, Any]) -> "QuerySet[User]":
    """Those that match every filter."""
    for name, narrowed in _FILTERS.items():
        if value := values.get(name):
            rows = rows.filter(narrowed(fair, value))
    return rows


def _matching(fair: Fair, query: str) -> Q:
    """Every word of the query occurs in a name or a contact, as typed or folded."""
    # The account of somebody who is only invited is not searched: whether it has a number is not theirs to ask.
    invited = Registration.objects.filter(fair=fair, accepted_at=None).exclude(invitation={}).values("user")
    by_key = Registration.objects.filter(fair=fair)
    matches = Q()
    for word in query.split()[:MAX_WORDS]:
        keys = by_key.filter(key__icontains=word).values("user")
        matches &= (person_has(word) & ~Q(pk__in=invited)) | Q(pk__in=keys)
    return matches


def _of_company(fair: Fair, query: str) -> Q:
    found = companies.found(companies.companies(fair), query)
    return Q(positions__company__in=Participation.objects.filter(pk__in=found).values("company"))


def _of_unit(fair: Fair, unit: str) -> Q:
    own = RoleAssignment.objects.filter(fair=fair, unit=int(unit)).values("user")
    brought = Participation.objects.filter(fair=fair, unit=int(unit)).values("company")
    return Q(pk__in=own) | Q(pk__in=Staff.objects.filter(company__in=brought).values("user"))


def _in_role(fair: Fair, role: str) -> Q:
    if role in ("manager", "staff"):
        staff = Staff.objects.filter(company__participations__fair=fair, is_manager=role == "manager")
        return Q(pk__in=staff.values("user"))
    return Q(pk__in=RoleAssignment.objects.filter(fair=fair, role=role).values("user"))


def _by_access(fair: Fair, access: str) -> Q:
    own = Registration.objects.filter(fair=fair)
    if access == "invited":
        return Q(pk__in=own.filter(accepted_at=None).exclude(invitation={}).values("user"))
    usable = PersonalLink.objects.filter(expires_at__gt=timezone.now()).values("user")
    if access == "without":
        return ~Q(pk__in=usable)
    return Q(pk__in=usable) & ~Q(pk__in=own.filter(link_opened_at__isnull=False).values("user"))


_FILTERS: dict[str, Callable[[Fair, str], Q]] = {
    "q": _matching,
    "company": _of_company,
    "unit": _of_unit,
    "role": _in_role,
    "language": lambda _fair, language: Q(language=language),
    "access": _by_access,
}


def with_places(fair: Fair, users: list[User]) -> list[PersonRow]:
    """These people with their registrations, positions and roles in the fair, in four queries."""
    registrations = {row.user_id: row for row in Registration.objects.filter(fair=fair, user__in=users)}
    links = set(
        PersonalLink.objects.filter(user__in=users, expires_at__gt=timezone.now()).values_list("user", flat=True)
    )
    staff, roles = defaultdict(list), defaultdict(list)
    for position in Staff.objects.filter(user__in=users, company__participations__fair=fair).select_related("company"):
        staff[position.user_id].append(position)
    for role in RoleAssignment.objects.filter(user__in=users, fair=fair).select_related("unit"):
        roles[role.user_id].append(role)
    return [
        PersonRow(user, registrations.get(user.pk), user.pk in links, staff[user.pk], roles[user.pk]) for user in users
    ]
