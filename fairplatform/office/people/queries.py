"""The people of a fair in a list: searched, narrowed, and one page of them with what they are in the fair."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from fairplatform.accounts.models import PersonalLink, Staff, User, Viewer
from fairplatform.fairs.members import people, positions
from fairplatform.fairs.models import CompanyRole, Fair, Participation, Registration, RoleAssignment
from fairplatform.fairs.sharing import Elsewhere
from fairplatform.i18n.text import FALLBACK, current_language

from ..companies import queries as companies
from ..invited import at_companies, has_words, in_role, invited, of_unit
from ..matching import person_has
from .members import ShownPerson

MAX_WORDS = 8
NOBODY = Q(pk__in=[])


@dataclass
class PersonRow(ShownPerson):
    """A person of the list, with what they are in the fair."""

    user: User
    registration: Registration | None
    has_link: bool
    staff: list[Staff] = field(default_factory=list)
    roles: list[RoleAssignment] = field(default_factory=list)


def sorted_people(fair: Fair, organiser: Viewer) -> "QuerySet[User]":
    """By their name in the reader's language."""
    known = invited(fair).annotate(
        called=_name_in_order(KeyTransform("name", "invitation"), Value("", output_field=TextField()))
    )
    called = Subquery(known.filter(user=OuterRef("pk")).values("called")[:1])
    own = Case(When(pk__in=invited(fair).values("user"), then=called), default=_name_in_order("name"))
    return people(fair, Elsewhere.of(organiser.pk)).annotate(shown_name=Lower(own)).order_by("shown_name", "pk")


def _name_in_order(column: str | KeyTransform, *last: Value) -> Coalesce:
    """The name in the reader's language, else in the next one that it has."""
    language = current_language()
    names = [KeyTextTransform(code, column) for code in (language, *FALLBACK[language])]
    return Coalesce(*names, *last)


@dataclass(frozen=True)
class Narrowing:
    """The people whom one value of a filter finds.

    Those who are in the fair by what they are, and those who are only invited by their registration.
    """

    fair: Fair
    organiser: Viewer
    value: str

    @property
    def registrations(self) -> "QuerySet[Registration]":
        return Registration.objects.filter(fair=self.fair)

    @property
    def positions(self) -> "QuerySet[Staff]":
        return positions(self.fair, Elsewhere.of(self.organiser.pk))

    @property
    def roles(self) -> "QuerySet[RoleAssignment]":
        return RoleAssignment.objects.filter(fair=self.fair)


def narrow(fair: Fair, organiser: Viewer, rows: "QuerySet[User]", values: Mapping[str, Any]) -> "QuerySet[User]":
    """Those that match every filter."""
    asked = invited(fair).values("user")
    for name, (of_member, of_invited) in _FILTERS.items():
        if value := values.get(name):
            by = Narrowing(fair, organiser, value)
            found = invited(fair).filter(of_invited(by)).values("user")
            rows = rows.filter(Q(pk__in=found) | (of_member(by) & ~Q(pk__in=asked)))
    return rows


def _matching(by: Narrowing) -> Q:
    """Every word of the query occurs in a name, a contact or the organiser's key, as typed or folded."""
    matches = Q()
    for word in by.value.split()[:MAX_WORDS]:
        matches &= person_has(word) | Q(pk__in=by.registrations.filter(key__icontains=word).values("user"))
    return matches


def _invited_matching(by: Narrowing) -> Q:
    matches = Q()
    for word in by.value.split()[:MAX_WORDS]:
        matches &= has_words(word)
    return matches


def _of_company(by: Narrowing) -> Q:
    found = Participation.objects.filter(pk__in=companies.found(companies.companies(by.fair), by.value))
    return Q(pk__in=by.positions.filter(company__in=found.values("company")).values("user"))


def _of_unit(by: Narrowing) -> Q:
    unit = int(by.value)
    brought = Participation.objects.filter(fair=by.fair, unit=unit).values("company")
    staff = by.positions.filter(company__in=brought).values("user")
    return Q(pk__in=by.roles.filter(unit=unit).values("user")) | Q(pk__in=staff)


def _in_role(by: Narrowing) -> Q:
    if by.value in CompanyRole.values:
        is_manager = by.value == CompanyRole.MANAGER
        return Q(pk__in=by.positions.filter(is_manager=is_manager).values("user"))
    return Q(pk__in=by.roles.filter(role=by.value).values("user"))


def has_no_way_in() -> Q:
    """Neither a personal link that still works nor an email address: they cannot sign in."""
    working = PersonalLink.objects.filter(expires_at__gt=timezone.now(), tries__lt=PersonalLink.TRIES)
    return Q(email=None, is_active=True) & ~Q(pk__in=working.values("user"))


def _by_access(by: Narrowing) -> Q:
    usable = PersonalLink.objects.filter(expires_at__gt=timezone.now()).values("user")
    opened = by.registrations.filter(link_opened_at__isnull=False).values("user")
    return {
        "invited": NOBODY,
        "without": ~Q(pk__in=usable),
        "none": has_no_way_in(),
        "unopened": Q(pk__in=usable) & ~Q(pk__in=opened),
    }[by.value]


Condition = Callable[[Narrowing], Q]
# By the filter's name, the condition on the person, and the one on the registration of somebody only invited.
_FILTERS: dict[str, tuple[Condition, Condition]] = {
    "q": (_matching, _invited_matching),
    "company": (
        _of_company,
        lambda by: at_companies(companies.found(companies.companies(by.fair), by.value)),
    ),
    "unit": (_of_unit, lambda by: of_unit(by.fair, int(by.value))),
    "role": (_in_role, lambda by: in_role(by.value)),
    "language": (lambda by: Q(language=by.value), lambda _by: NOBODY),
    "access": (_by_access, lambda by: Q() if by.value == "invited" else NOBODY),
}


def with_places(fair: Fair, organiser: Viewer, users: list[User]) -> list[PersonRow]:
    """These people with their registrations, positions and roles in the fair, in four queries."""
    registrations = {row.user_id: row for row in Registration.objects.filter(fair=fair, user__in=users)}
    links = set(
        PersonalLink.objects.filter(user__in=users, expires_at__gt=timezone.now()).values_list("user", flat=True)
    )
    staff, roles = defaultdict(list), defaultdict(list)
    employed = positions(fair, Elsewhere.of(organiser.pk)).filter(user__in=users)
    for position in employed.select_related("company").order_by("pk"):
        staff[position.user_id].append(position)
    for role in RoleAssignment.objects.filter(user__in=users, fair=fair).select_related("unit"):
        roles[role.user_id].append(role)
    return [
        PersonRow(user, registrations.get(user.pk), user.pk in links, staff[user.pk], roles[user.pk]) for user in users
    ]
