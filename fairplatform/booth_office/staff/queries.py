"""What the page of a company's people shows."""

from dataclasses import dataclass
from datetime import datetime

from booths.models import Booth
from fairplatform.accounts.models import Staff, User
from fairplatform.i18n.languages import language_names
from fairplatform.i18n.text import Translated
from fairplatform.office.invited import invited_name
from fairplatform.office.links.handout import invitation_message
from fairplatform.office.links.queries import LinkState, state_of
from fairplatform.office.links.queries import people as registrations

from .actions import invitations_of


@dataclass(frozen=True)
class ColleagueRow:
    """Somebody of the company; `access`: how far their link has come."""

    staff: Staff
    access: LinkState

    @property
    def user(self) -> User:
        return self.staff.user

    @property
    def languages(self) -> list[str]:
        return languages_of(self.user)


@dataclass(frozen=True)
class Invited:
    """Somebody who has an account elsewhere and has not answered; the name is that which the manager wrote."""

    key: int
    name: Translated
    message: str


def languages_of(user: User) -> list[str]:
    """The names of the languages that they speak."""
    return language_names(user.speaks)


def colleagues(booth: Booth, now: datetime) -> list[ColleagueRow]:
    """Everybody who works for the company, managers first, in two queries."""
    rows = Staff.objects.filter(company=booth.participation.company_id).select_related("user")
    staff = list(rows.order_by("-is_manager", "pk"))
    known = registrations(booth.fair, now).filter(user__in=[row.user_id for row in staff])
    states = {row.user_id: state_of(row) for row in known}
    return [ColleagueRow(row, states.get(row.user_id) or _without_registration(row.user)) for row in staff]


def _without_registration(user: User) -> LinkState:
    return LinkState.NONE if user.is_active else LinkState.DEACTIVATED


def invited(booth: Booth) -> list[Invited]:
    rows = invitations_of(booth).select_related("fair")
    return [Invited(row.pk, invited_name(row), invitation_message(row)) for row in rows]
