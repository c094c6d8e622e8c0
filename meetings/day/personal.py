"""A person's own meetings as a message to copy, in the language and the times of that person."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import translation

from fairplatform.accounts.models import Staff, User
from fairplatform.fairs.models import Fair, Participation
from fairplatform.fairs.places import places_for
from fairplatform.i18n import times
from fairplatform.i18n.text import LANGUAGES, isolated, joined
from fairplatform.policy import Role
from meetings.message import clocks_of, zone_names
from meetings.models import Meeting
from meetings.models.meeting import Side
from meetings.status import partners

Rows = list[tuple[Meeting, Side | None]]


@dataclass
class PersonalList:
    """The meetings that a person is named for, or has as a manager, in the order of time."""

    person: User
    meetings: Rows = field(default_factory=list)

    @property
    def language(self) -> str:
        return self.person.language if self.person.language in LANGUAGES else "en"

    def message(self, fair: Fair, entry: Iterable[str]) -> str:
        """The fair, day by day a line for each meeting, and `entry`: the lines that say how to enter."""
        places = places_for(self.person, fair, self.language)
        with translation.override(self.language):
            lines, last = [isolated(fair.name)], None
            for meeting, side in self.meetings:
                if (on := places[0].date(meeting.starts_at)) != last:
                    lines += ["", f"{times.format_day(on, self.language)} · {zone_names(meeting.starts_at, places)}"]
                    last = on
                lines.append(f"{clocks_of(meeting.starts_at, places)} {joined(partners(meeting, side))}")
        return "\n".join([*lines, "", *entry])


def personal_lists(fair: Fair, meetings: Iterable[Meeting], of: Iterable[int] | None = None) -> list[PersonalList]:
    """By the person's key, in two queries besides the meetings, which come in the order of time with their names.

    `of`: participations; then the people of these companies alone, without the interpreters.
    """
    rows = list(meetings)
    sides = {(meeting.pk, side): company for meeting in rows for side, company in _companies(meeting, of)}
    managers = _managers(fair, set(sides.values()))
    found: dict[int, PersonalList] = {}
    for meeting in rows:
        people: dict[int, tuple[User, Side | None]] = {}
        for one in meeting.participants.all():
            if one.role == Role.INTERPRETER and of is None:
                people[one.user_id] = one.user, None
            elif one.side and (meeting.pk, Side(one.side)) in sides:
                people[one.user_id] = one.user, Side(one.side)
        for side in Side:
            for user in managers.get(sides.get((meeting.pk, side), 0), ()):
                people.setdefault(user.pk, (user, side))
        for user, own in people.values():
            found.setdefault(user.pk, PersonalList(user)).meetings.append((meeting, own))
    return [found[key] for key in sorted(found)]


def _companies(meeting: Meeting, of: Iterable[int] | None) -> list[tuple[Side, int]]:
    both = ((Side.EXHIBITOR, meeting.exhibitor_id), (Side.BUYER, meeting.buyer_id))
    return [(side, key) for side, key in both if of is None or key in of]


def _managers(fair: Fair, participations: set[int]) -> dict[int, list[User]]:
    """By participation."""
    companies = dict(Participation.objects.filter(fair=fair, pk__in=participations).values_list("company", "pk"))
    found: dict[int, list[User]] = {}
    rows = Staff.objects.filter(company__in=companies, is_manager=True, user__is_active=True)
    for one in rows.select_related("user").order_by("pk"):
        found.setdefault(companies[one.company_id], []).append(one.user)
    return found
