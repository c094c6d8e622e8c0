"""The people of a fair with how far their access has come."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, TextChoices, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import PersonalLink, Staff, User
from fairplatform.fairs.invitations import CompanyRole
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit, Registration, RoleAssignment
from fairplatform.i18n.text import LANGUAGES, Translated


class LinkState(TextChoices):
    """How far a person's access has come."""

    NONE = "none", _("No link yet")
    HANDED_OUT = "handed_out", _("Handed out")
    OPENED = "opened", _("Opened")
    EXPIRED = "expired", _("Expired")
    INVITED = "invited", _("Invited, not accepted yet")
    DEACTIVATED = "deactivated", _("Deactivated")


@dataclass
class Belonging:
    """What one person is in the fair: roles in words, companies, and the units that recruited them."""

    roles: list[Promise | str] = field(default_factory=list)
    companies: list[Translated] = field(default_factory=list)
    units: list[RecruitingUnit] = field(default_factory=list)


def people(fair: Fair, now: datetime) -> "QuerySet[Registration]":
    """The registrations of a fair, each with its `link_state`, by key."""
    newest = PersonalLink.objects.filter(user=OuterRef("user")).order_by("-pk")
    made, ends, tries = (Subquery(newest.values(name)[:1]) for name in ("created_at", "expires_at", "tries"))
    state = Case(
        When(user__is_active=False, then=Value(LinkState.DEACTIVATED)),
        When(accepted_at=None, then=Value(LinkState.INVITED)),
        When(link_made_at=None, then=Value(LinkState.NONE)),
        When(Q(link_ends_at__lte=now) | Q(link_tries__gte=PersonalLink.TRIES), then=Value(LinkState.EXPIRED)),
        When(link_opened_at__gte=F("link_made_at"), then=Value(LinkState.OPENED)),
        default=Value(LinkState.HANDED_OUT),
    )
    rows = Registration.objects.filter(fair=fair).select_related("user", "fair").order_by("pk")
    return rows.annotate(link_made_at=made, link_ends_at=ends, link_tries=tries).annotate(link_state=state)


def state_of(row: Registration) -> LinkState:
    """Of a registration that `people` read."""
    return LinkState(vars(row)["link_state"])


def in_state(rows: "QuerySet[Registration]", state: LinkState) -> "QuerySet[Registration]":
    return rows.filter(Q(("link_state", state)))


def with_unit(fair: Fair, unit: RecruitingUnit) -> Q:
    """People recruited by the unit: those of its companies, and its delegates."""
    companies = fair.participations.filter(unit=unit).values("company")
    staff, roles = Staff.objects.filter(company__in=companies), fair.roles.filter(unit=unit)
    return Q(user__in=staff.values("user")) | Q(user__in=roles.values("user"))


def with_role(fair: Fair, role: str) -> Q:
    """People with this role, one of RoleAssignment.Kind or of CompanyRole."""
    if role not in CompanyRole.values:
        return Q(user__in=fair.roles.filter(role=role).values("user"))
    companies = fair.participations.values("company")
    return Q(
        user__in=Staff.objects.filter(company__in=companies, is_manager=role == CompanyRole.MANAGER).values("user")
    )


def with_words(fair: Fair, words: str) -> Q:
    """People whose name, company, e-mail address or number contains the words, in any language."""
    own = Q(user__email__icontains=words) | Q(user__phone__contains=words.replace(" ", ""))
    company = Q()
    for language in LANGUAGES:
        own |= Q(**{f"user__name__{language}__icontains": words})
        company |= Q(**{f"company__name__{language}__icontains": words})
    companies = fair.participations.filter(company).values("company")
    return own | Q(user__in=Staff.objects.filter(company__in=companies).values("user"))


def belongings(fair: Fair, users: Iterable[User]) -> dict[int, Belonging]:
    """By the person's key, in three queries however many they are."""
    keys = [user.pk for user in users]
    found: dict[int, Belonging] = defaultdict(Belonging)
    staff = list(Staff.objects.filter(user__in=keys, company__participations__fair=fair).order_by("pk"))
    companies = {row.company_id for row in staff}
    rows = Participation.objects.filter(fair=fair, company__in=companies).select_related("company", "unit")
    participations = {row.company_id: row for row in rows}
    for position in staff:
        participation, belonging = participations[position.company_id], found[position.user_id]
        belonging.roles.append((CompanyRole.MANAGER if position.is_manager else CompanyRole.STAFF).label)
        belonging.companies.append(participation.company.name)
        _add_unit(belonging, participation.unit)
    for role in RoleAssignment.objects.filter(fair=fair, user__in=keys).select_related("unit").order_by("pk"):
        found[role.user_id].roles.append(RoleAssignment.Kind(role.role).label)
        _add_unit(found[role.user_id], role.unit)
    return found


def _add_unit(belonging: Belonging, unit: RecruitingUnit | None) -> None:
    if unit is not None and unit not in belonging.units:
        belonging.units.append(unit)


def organisers_elsewhere(person: User, fair: Fair) -> "QuerySet[RoleAssignment]":
    """Organisers of other fairs that this person does not organise.

    With their link and code this person would be let into those fairs, so neither is shown to them.
    """
    organiser = RoleAssignment.Kind.ORGANISER
    own = RoleAssignment.objects.filter(user=person, role=organiser).values("fair")
    return RoleAssignment.objects.filter(role=organiser).exclude(fair__in=own).exclude(fair=fair)
