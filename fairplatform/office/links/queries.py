"""The people of a fair with how far their access has come."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, TextChoices, Value, When
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import PersonalLink, Staff, User, Viewer
from fairplatform.fairs import members
from fairplatform.fairs.models import CompanyRole, Fair, Participation, RecruitingUnit, Registration, RoleAssignment
from fairplatform.fairs.sharing import Elsewhere
from fairplatform.i18n.text import Translated

from ..people.queries import narrow


class LinkState(TextChoices):
    """How far a person's access has come."""

    NONE = "none", _("No link yet")
    HANDED_OUT = "handed_out", _("Issued")
    OPENED = "opened", _("Opened")
    EXPIRED = "expired", _("Expired")
    INVITED = "invited", _("Invited, not accepted yet")
    DEACTIVATED = "deactivated", _("Deactivated")


class LetterState(TextChoices):
    """What has become of the letter with the link that was asked for last."""

    NONE = "none", _("No email yet")
    WAITING = "waiting", _("Email waits to be sent")
    SENT = "sent", _("Email sent")
    FAILED = "failed", _("Email could not be sent")


@dataclass
class Belonging:
    """What one person is in the fair: roles in words, companies, and the units that recruited them."""

    roles: list[Promise | str] = field(default_factory=list)
    companies: list[Translated] = field(default_factory=list)
    units: list[RecruitingUnit] = field(default_factory=list)


def people(fair: Fair, now: datetime) -> "QuerySet[Registration]":
    """The registrations of a fair, each with its `link_state` and its `letter_state`, by key."""
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
    letter = Case(
        When(letter_failed_at__isnull=False, then=Value(LetterState.FAILED)),
        When(letter_sent_at__gte=Coalesce("letter_asked_at", "letter_sent_at"), then=Value(LetterState.SENT)),
        When(letter_asked_at__isnull=False, then=Value(LetterState.WAITING)),
        default=Value(LetterState.NONE),
    )
    rows = Registration.objects.filter(fair=fair).select_related("user", "fair").order_by("pk")
    rows = rows.annotate(link_made_at=made, link_ends_at=ends, link_tries=tries)
    return rows.annotate(link_state=state, letter_state=letter)


def state_of(row: Registration) -> LinkState:
    """Of a registration that `people` read."""
    return LinkState(vars(row)["link_state"])


def letter_of(row: Registration) -> LetterState:
    """Of a registration that `people` read."""
    return LetterState(vars(row)["letter_state"])


def narrowed(fair: Fair, organiser: Viewer, values: Mapping[str, Any], now: datetime) -> "QuerySet[Registration]":
    """The people that match every value of a LinkFilter."""
    rows = people(fair, now)
    if values.keys() - {"state", "letter"}:
        everybody = members.people(fair, Elsewhere.of(organiser.pk))
        rows = rows.filter(user__in=narrow(fair, organiser, everybody, values).values("pk"))
    for name, column in (("state", "link_state"), ("letter", "letter_state")):
        rows = rows.filter(Q((column, values[name]))) if name in values else rows
    return rows


def _companies(fair: Fair) -> "QuerySet[Participation, int]":
    """Of those that accepted the fair."""
    return Participation.objects.filter(fair=fair).accepted().values_list("company", flat=True)


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
