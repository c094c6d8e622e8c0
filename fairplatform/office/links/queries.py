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

from ..invited import has_words, in_role, invited_name, of_unit


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
        When(accepted_at=None, then=Value(LinkState.INVITED)),
        When(user__is_active=False, then=Value(LinkState.DEACTIVATED)),
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


def name_of(row: Registration) -> Translated:
    """Of somebody only invited, as the organiser calls them."""
    return invited_name(row) if row.is_invitation else row.user.name


def in_state(rows: "QuerySet[Registration]", state: LinkState) -> "QuerySet[Registration]":
    return rows.filter(Q(("link_state", state)))


def with_unit(fair: Fair, unit: RecruitingUnit) -> Q:
    """People recruited by the unit: those of its companies, and its delegates."""
    companies = fair.participations.filter(unit=unit).values("company")
    staff, roles = Staff.objects.filter(company__in=companies), fair.roles.filter(unit=unit)
    return _either(Q(user__in=staff.values("user")) | Q(user__in=roles.values("user")), of_unit(fair, unit.pk))


def with_role(fair: Fair, role: str) -> Q:
    """People with this role, one of RoleAssignment.Kind or of CompanyRole."""
    if role not in CompanyRole.values:
        return _either(Q(user__in=fair.roles.filter(role=role).values("user")), in_role(role))
    staff = Staff.objects.filter(company__in=_companies(fair), is_manager=role == CompanyRole.MANAGER)
    return _either(Q(user__in=staff.values("user")), in_role(role))


def with_words(fair: Fair, words: str) -> Q:
    """People whose name, company, e-mail address or number contains the words, in any language."""
    own = Q(user__email__icontains=words) | Q(user__phone__contains=words.replace(" ", ""))
    company = Q()
    for language in LANGUAGES:
        own |= Q(**{f"user__name__{language}__icontains": words})
        company |= Q(**{f"company__name__{language}__icontains": words})
    companies = Participation.objects.filter(company, fair=fair).exclude(state=Participation.State.INVITED)
    staff = Staff.objects.filter(company__in=companies.values("company"))
    return _either(own | Q(user__in=staff.values("user")), has_words(words))


def _either(of_member: Q, of_invited: Q) -> Q:
    """Members by what they are, the invited by what the organiser wrote of them."""
    return Q(of_member, accepted_at__isnull=False) | Q(of_invited, accepted_at=None)


def _companies(fair: Fair) -> "QuerySet[Participation, int]":
    """Of those that accepted the fair."""
    return fair.participations.exclude(state=Participation.State.INVITED).values_list("company", flat=True)


def belongings(fair: Fair, users: Iterable[User]) -> dict[int, Belonging]:
    """By the person's key, in three queries however many they are."""
    keys = [user.pk for user in users]
    found: dict[int, Belonging] = defaultdict(Belonging)
    staff = list(Staff.objects.filter(user__in=keys, company__in=_companies(fair)).order_by("pk"))
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
