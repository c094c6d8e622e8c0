"""What interpreters do on each day of a fair: their meetings, breaks and minutes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fairplatform.accounts.models import User
from fairplatform.fairs.absences import absences_of_people
from fairplatform.fairs.models import Fair, FairDay, RoleAssignment, Slot
from fairplatform.i18n.languages import language_name
from fairplatform.i18n.zones import Interval
from fairplatform.policy import Role
from meetings.models import Booking, Meeting, Participant
from meetings.models.booking import person

State = Meeting.State


@dataclass(frozen=True)
class RosterDay:
    """`breaks`: slots kept free of meetings. `planned`: minutes of all meetings; `held`: of those held so far."""

    day: FairDay
    meetings: list[Meeting] = field(default_factory=list)
    breaks: list[Slot] = field(default_factory=list)

    @property
    def hours(self) -> Interval | None:
        """From the first meeting to the end of the last."""
        if not self.meetings:
            return None
        return min(one.starts_at for one in self.meetings), max(one.slot.ends_at for one in self.meetings)

    @property
    def planned(self) -> int:
        return sum(map(_minutes, self.meetings))

    @property
    def held(self) -> int:
        return sum(_minutes(one) for one in self.meetings if one.state == State.HELD)


@dataclass(frozen=True)
class Roster:
    """Of one interpreter, with a day for each of the fair. `most`: minutes a day, None for any number."""

    user: User
    pairs: Sequence[str]
    most: int | None
    on_call: bool
    days: list[RosterDay]
    absences: list[Interval]

    @property
    def pair_names(self) -> list[str]:
        """The languages between which they interpret, in the reader's language."""
        return [" – ".join(map(language_name, pair.split("-"))) for pair in self.pairs]

    @property
    def planned(self) -> int:
        return sum(one.planned for one in self.days)

    @property
    def held(self) -> int:
        return sum(one.held for one in self.days)


def rosters(fair: Fair, people: Iterable[int] | None = None) -> list[Roster]:
    """Of these interpreters, by key, or of all; in six queries."""
    roles = RoleAssignment.objects.filter(fair=fair, role=Role.INTERPRETER, user__is_active=True)
    if people is not None:
        roles = roles.filter(user__in=list(people))
    rows = list(roles.select_related("user").order_by("pk"))
    keys = [row.user_id for row in rows]
    days = list(fair.days.order_by("number"))
    meetings, breaks = _meetings(fair, keys), _breaks(fair, keys)
    absences = absences_of_people(fair, keys)
    return [
        Roster(
            row.user,
            row.language_pairs,
            row.max_minutes_a_day,
            row.on_call,
            [RosterDay(day, meetings[row.user_id, day.pk], breaks[row.user_id, day.pk]) for day in days],
            sorted(absences.get(row.user_id, ())),
        )
        for row in rows
    ]


def _meetings(fair: Fair, people: Sequence[int]) -> dict[tuple[int, int], list[Meeting]]:
    """By interpreter and day, in the order of time; without the cancelled ones."""
    named = list(Participant.objects.filter(meeting__fair=fair, user__in=people, role=Role.INTERPRETER).order_by("pk"))
    rows = Meeting.objects.with_names().exclude(state=State.CANCELLED)
    by_key = rows.in_bulk({one.meeting_id for one in named})
    found: dict[tuple[int, int], list[Meeting]] = defaultdict(list)
    for one in named:
        if meeting := by_key.get(one.meeting_id):
            found[one.user_id, meeting.slot.day_id].append(meeting)
    for own in found.values():
        own.sort(key=lambda meeting: meeting.starts_at)
    return found


def _breaks(fair: Fair, people: Sequence[int]) -> dict[tuple[int, int], list[Slot]]:
    keys = {person(pk): pk for pk in people}
    found: dict[tuple[int, int], list[Slot]] = defaultdict(list)
    rows = Booking.objects.filter(fair=fair, resource__in=keys, meeting=None).select_related("slot")
    for row in rows.order_by("slot__starts_at"):
        found[keys[row.resource], row.slot.day_id].append(row.slot)
    return found


def _minutes(meeting: Meeting) -> int:
    """As it was extended."""
    return int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
