"""The companies of a unit with their people: what is missing, and how far each person's link has come."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from babel.lists import format_list
from django.utils.translation import gettext as _

from fairplatform.accounts.models import Staff
from fairplatform.fairs import members
from fairplatform.fairs.models import Participation, RecruitingUnit, Registration
from fairplatform.fairs.sharing import Elsewhere, link_may_be_shown
from fairplatform.i18n.forms import LANGUAGE_LABELS
from fairplatform.i18n.text import Translated, current_language
from fairplatform.i18n.times import BABEL_LOCALE
from meetings.models import TickList

from ..companies.queries import companies
from ..links.queries import LetterState, LinkState, letter_of, people, state_of
from ..people.members import shown_name
from .accounts import ENDED, State, accounts_of_unit, people_of


class Person(NamedTuple):
    """Somebody of a company; `key` is that of the registration, by which they are chosen, if they have one.

    `is_shown`: a delegate may see their link; `is_invited`: they have an account elsewhere and have not accepted.
    """

    key: int | None
    name: Translated
    staff: Staff | None
    link: LinkState
    letter: LetterState
    registration: Registration | None
    is_shown: bool

    @property
    def is_invited(self) -> bool:
        return self.registration is not None and self.registration.is_invitation


@dataclass
class Firm:
    """A company of the unit, what is missing, and the page of its open round, if it is asked in one."""

    participation: Participation
    missing: list[str]
    people: list[Person] = field(default_factory=list)
    ticks: int | None = None

    @property
    def takes_part(self) -> bool:
        return self.participation.state == State.APPROVED

    @property
    def is_known(self) -> bool:
        """Whether more of it is shown than that it is invited."""
        return self.participation.state != State.INVITED


def firms(unit: RecruitingUnit, now: datetime) -> list[Firm]:
    """All of them by name, in a fixed number of queries."""
    rows = list(companies(unit.fair).filter(unit=unit))
    found = {row.pk: Firm(row, []) for row in rows}
    _add_people(unit, found, now)
    lists = TickList.objects.filter(participation__in=found, round__closed_at=None)
    for pk, participation in lists.values_list("pk", "participation"):
        found[participation].ticks = pk
    for firm in found.values():
        firm.missing = list(_missing(firm))
    return list(found.values())


def _add_people(unit: RecruitingUnit, found: dict[int, Firm], now: datetime) -> None:
    by_company = {
        firm.participation.company_id: firm for firm in found.values() if firm.participation.state != State.INVITED
    }
    known = people(unit.fair, now)
    employed = (
        members.positions(unit.fair, Elsewhere.of(None, unit.fair))
        .filter(company__in=by_company)
        .select_related("user")
        .order_by("-is_manager", "pk")
    )
    staff = list(employed)
    registrations = {row.user_id: row for row in known.filter(user__in={one.user_id for one in staff})}
    own = set(accounts_of_unit(unit).values_list("pk", flat=True))
    for one in staff:
        row = registrations.get(one.user_id)
        is_shown = one.user_id in own and link_may_be_shown(one.user)
        by_company[one.company_id].people.append(_person(row, one, is_shown=is_shown))
    invited = people_of(unit).invited().values("pk")
    for row in known.filter(pk__in=invited):
        if (offer := row.offer) and offer.company in found:
            found[offer.company].people.append(_person(row, None, is_shown=True))


def _person(row: Registration | None, staff: Staff | None, *, is_shown: bool) -> Person:
    if row is None:
        assert staff
        state = LinkState.NONE if staff.user.is_active else LinkState.DEACTIVATED
        return Person(None, staff.user.name, staff, state, LetterState.NONE, None, is_shown)
    return Person(row.pk, shown_name(row.user, row), staff, state_of(row), letter_of(row), row, is_shown)


def _missing(firm: Firm) -> Iterator[str]:
    row = firm.participation
    if row.state in (*ENDED, State.INVITED):
        return
    languages = [str(LANGUAGE_LABELS[code]) for code in row.company.name.missing()]
    if languages:
        names = format_list(languages, locale=BABEL_LOCALE[current_language()])
        yield _("The name is missing in %(languages)s.") % {"languages": names}
    if row.sells and not row.offers:
        yield _("The HS codes of what it sells are missing.")
    if row.buys and not row.wants:
        yield _("The HS codes of what it looks for are missing.")
    users = [one.staff.user for one in firm.people if one.staff]
    if not firm.people:
        yield _("Nobody has been entered for this company.")
    elif users and not any(user.speaks for user in users):
        yield _("Nobody says which languages they speak.")
    if not row.contact_mobile and not any(user.phone or user.whatsapp for user in users):
        yield _("There is no mobile number.")


class Totals(NamedTuple):
    """Of the whole unit: how many companies count towards its quota, how many miss something, and links by status."""

    counted: int
    missing: int
    links: list[tuple[LinkState, int]]


def totals(found: list[Firm]) -> Totals:
    counts: dict[LinkState, int] = defaultdict(int)
    for firm in found:
        for one in firm.people:
            counts[one.link] += 1
    counted = sum(firm.participation.state not in (*ENDED, State.INVITED) for firm in found)
    missing = sum(bool(firm.missing) for firm in found)
    return Totals(counted, missing, [(state, counts[state]) for state in LinkState if counts[state]])


def narrowed(found: list[Firm], show: str) -> list[Firm]:
    """`show`: "missing", a status of links, or anything else for all; with a status only the people who have it."""
    if show == "missing":
        return [firm for firm in found if firm.missing]
    if show not in LinkState.values:
        return found
    shown = [
        Firm(firm.participation, firm.missing, [one for one in firm.people if one.link == show], firm.ticks)
        for firm in found
    ]
    return [firm for firm in shown if firm.people]
