"""What interpreters do on each day of a fair: their meetings, breaks and minutes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from fairplatform.accounts.models import User
from fairplatform.fairs.absences import absence_rows
from fairplatform.fairs.models import Absence, Fair, FairDay, RoleAssignment, Slot
from fairplatform.i18n.languages import language_name
from fairplatform.i18n.zones import Interval, overlaps
from fairplatform.policy import Role
from meetings.models import Meeting, Participant

State = Meeting.State
Away = tuple[Absence, Interval]


@dataclass(frozen=True)
class RosterDay:
    """`breaks`: absences of a part of the day, by time. `planned`: minutes of all meetings; `held`: of those held."""

    day: FairDay
    meetings: list[Meeting] = field(default_factory=list)
    breaks: list[tuple[Absence, Interval]] = field(default_factory=list)

    @property
    def clashing(self) -> list[Meeting]:
        """The meetings to come on which a break falls."""
        times = [interval for _row, interval in self.breaks]
        ahead = [one for one in self.meetings if one.state == State.CONFIRMED]
        return [one for one in ahead if overlaps((one.slot.starts_at, one.slot.ends_at), times)]

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
    """Of one interpreter, with a day for each of the fair. `most`: minutes a day, None for any number.

    `absences`: those that are no break of one of these days.
    """

    user: User
    pairs: Sequence[str]
    most: int | None
    on_call: bool
    days: list[RosterDay]
    absences: list[tuple[Absence, Interval]]

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
    meetings, begins = _meetings(fair, keys), _first_slots(fair)
    absent = absence_rows(fair, keys)
    breaks = {pk: _breaks(fair, days, begins, own) for pk, own in absent.items()}
    return [
        Roster(
            row.user,
            row.language_pairs,
            row.max_minutes_a_day,
            row.on_call,
            [
                RosterDay(day, meetings[row.user_id, day.pk], breaks.get(row.user_id, {}).get(day.pk, []))
                for day in days
            ],
            _without(absent.get(row.user_id, ()), breaks.get(row.user_id, {})),
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


def _first_slots(fair: Fair) -> dict[int, Slot]:
    """By the key of the day."""
    return {slot.day_id: slot for slot in fair.slots.select_related("day").order_by("-number")}


def _breaks(
    fair: Fair, days: Iterable[FairDay], begins: Mapping[int, Slot], absent: Iterable[Away]
) -> dict[int, list[Away]]:
    """By the key of the day, those that are a part of it, when they are in the day as it is held."""
    found: dict[int, list[Away]] = defaultdict(list)
    parts = [(row, times) for row, times in absent if row.from_time and row.until_time]
    for day in days:
        zone, moved = ZoneInfo(day.zone or fair.station_zone), timedelta(minutes=day.moved_minutes)
        on = begins[day.pk].planned_times()[0].astimezone(zone).date() if day.pk in begins else day.date
        own = [(row, times) for row, times in parts if times[0].astimezone(zone).date() == on]
        found[day.pk] = [
            (row, (times[0] + moved, times[1] + moved)) for row, times in sorted(own, key=lambda one: one[1])
        ]
    return found


def _without(absent: Iterable[Away], breaks: Mapping[int, Iterable[Away]]) -> list[Away]:
    known = {row.pk for own in breaks.values() for row, _times in own}
    return sorted((one for one in absent if one[0].pk not in known), key=lambda one: one[1])


def _minutes(meeting: Meeting) -> int:
    """As it was extended."""
    return int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
