"""For whom somebody may enter absences: companies, their people, interpreters, themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from fairplatform.accounts.models import Staff, User
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Absence, Fair, Participation, RoleAssignment
from fairplatform.i18n.text import Translated
from fairplatform.policy import Role
from meetings.schedule.fair_calendars import calendars

State = Participation.State


@dataclass(frozen=True)
class Owner:
    """A company or a person of the fair, by name. `zone`: the clock that their absences are entered on."""

    name: Translated
    zone: str
    company: Participation | None = None
    user: User | None = None

    @property
    def key(self) -> str:
        """As the form sends it."""
        return f"company-{self.company.pk}" if self.company else f"person-{self.user.pk if self.user else 0}"

    def owns(self, row: Absence) -> bool:
        pair = (self.company.pk if self.company else None, self.user.pk if self.user else None)
        return (row.participation_id, row.user_id) == pair


def owners(person: User, fair: Fair, *, company: int | None = None) -> list[Owner]:
    """Managers have their companies and the people there, everybody themselves; organisers the interpreters and the
    companies of which there are absences.

    `company`: the key of a participation whose owners an organiser asks for besides.
    """
    own = memberships(person, fair.pk)
    is_organiser = Role.ORGANISER in own.roles
    keys = set(own.manager_of) | ({*_absent_companies(fair), company or 0} if is_organiser else set())
    found = _of_companies(fair, keys)
    people = _interpreters(fair) if is_organiser else []
    if own.staff_of or Role.INTERPRETER in own.roles:
        people.insert(0, person)
    known = {one.user.pk for one in found if one.user}
    return [*found, *(_of_person(fair, one) for one in people if one.pk not in known)]


def _of_companies(fair: Fair, keys: Iterable[int]) -> list[Owner]:
    rows = Participation.objects.filter(fair=fair, pk__in=keys, state=State.APPROVED).select_related("company")
    companies = list(rows.order_by("pk"))
    places = [(row.company.country, row.company.city) for row in companies]
    found = []
    for row, calendar in zip(companies, calendars(fair, places), strict=True):
        zone = calendar.zone.key if isinstance(calendar.zone, ZoneInfo) else fair.zone_of(row.company.country)
        found.append(Owner(row.company.name, zone, company=row))
        staff = Staff.objects.filter(company=row.company_id, user__is_active=True).select_related("user")
        found += [_of_person(fair, member.user) for member in staff.order_by("-is_manager", "pk")]
    return found


def _absent_companies(fair: Fair) -> set[int]:
    """The keys of the participations that, or whose people, have absences."""
    rows = Participation.objects.filter(fair=fair)
    absent = Absence.objects.filter(fair=fair)
    of_people = rows.filter(company__staff__user__in=absent.values("user"))
    return set((rows.filter(absences__in=absent) | of_people).distinct().values_list("pk", flat=True))


def _of_person(fair: Fair, user: User) -> Owner:
    return Owner(user.name, user.zone or fair.zone_of(user.country), user=user)


def _interpreters(fair: Fair) -> list[User]:
    roles = RoleAssignment.objects.filter(fair=fair, role=Role.INTERPRETER, user__is_active=True)
    return [row.user for row in roles.select_related("user").order_by("pk")]
