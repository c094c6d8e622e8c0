"""Whether interpreters can take a meeting: free, present, rested, and within their minutes of the day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from fairplatform.errors import Refused
from fairplatform.fairs.absences import absences_of_people
from fairplatform.fairs.models import Fair, RoleAssignment, Slot
from fairplatform.i18n.zones import Interval, overlaps
from fairplatform.policy import Role
from meetings.models import Booking, Meeting
from meetings.models.booking import person

BETWEEN, IN_A_ROW, AFTER_A_ROW = timedelta(minutes=10), 3, timedelta(minutes=30)
HINDRANCES = ("booked", "absent", "rest", "minutes")


class Interpreters:
    """The work of some of a fair's interpreters, by the key of the user; in five queries however many they are.

    `but`: the key of a meeting that does not count, because it is what is moved or given to somebody else. `minutes`:
    what each has on a day, by the day's key; `most`: what each may have, None for any number.
    """

    def __init__(self, fair: Fair, people: Collection[int], *, but: int | None = None) -> None:
        self._slots: dict[int, list[Slot]] = defaultdict(list)
        for pk, meeting in _held(fair, people, but):
            self._slots[pk].append(meeting.slot)
        self._booked = _booked(fair, people, but)
        self._absences = absences_of_people(fair, people)
        roles = RoleAssignment.objects.filter(fair=fair, user__in=people, role=Role.INTERPRETER)
        self.most = dict(roles.values_list("user", "max_minutes_a_day"))

    def hindrance(self, who: int, slot: Slot) -> str:
        """Why they cannot interpret in this slot: one of HINDRANCES; empty if they can."""
        if slot.pk in self._booked[who]:
            return "booked"
        if overlaps(slot.planned_times(), self._absences.get(who, ())):
            return "absent"
        return too_much(slot, self._slots[who], self.most.get(who))

    def minutes(self, who: int, day: int) -> int:
        return sum(_minutes(slot) for slot in self._slots[who] if slot.day_id == day)

    def check(self, slot: Slot) -> None:
        """Raises Refused unless all can: slot_taken, interpreter_absent, interpreter_rest, interpreter_minutes."""
        for who in self._people():
            if found := self.hindrance(who, slot):
                raise Refused("slot_taken" if found == "booked" else f"interpreter_{found}")

    def are_free(self, slot: Slot) -> bool:
        return not any(self.hindrance(who, slot) for who in self._people())

    def _people(self) -> Iterable[int]:
        return self.most


def too_much(slot: Slot, others: Sequence[Slot], most: int | None) -> str:
    """Why one more meeting is too much for who has these others: rest or minutes; empty if it is not.

    `most`: minutes a day, None for any number.
    """
    if not is_rested(_times(slot), map(_times, others)):
        return "rest"
    minutes = sum(_minutes(one) for one in (slot, *others) if one.day_id == slot.day_id)
    return "minutes" if most is not None and minutes > most else ""


def is_rested(one: Interval, others: Iterable[Interval]) -> bool:
    """Whether a meeting leaves ten minutes before and after it, and is none of four with less than thirty between."""
    row, is_in_row = list[Interval](), False
    for times in sorted([*others, one]):
        pause = times[0] - row[-1][1] if row else AFTER_A_ROW
        if one in (times, *row[-1:]) and pause < BETWEEN:
            return False
        if pause >= AFTER_A_ROW:
            if is_in_row:
                break
            row = []
        row.append(times)
        is_in_row = is_in_row or times == one
    return len(row) <= IN_A_ROW


def interpreters_of(meeting: Meeting) -> list[int]:
    """The keys of those who are named for it and hold the role still."""
    return list(meeting.participants.filter(role=Role.INTERPRETER).order_by("pk").values_list("user", flat=True))


def _held(fair: Fair, people: Collection[int], but: int | None) -> list[tuple[int, Meeting]]:
    rows = Meeting.objects.filter(fair=fair, bookings__resource__in=map(person, people)).exclude(pk=but or 0)
    by_key = {meeting.pk: meeting for meeting in rows.select_related("slot__day").distinct()}
    booked = Booking.objects.filter(meeting__in=by_key, resource__in=map(person, people))
    keys = {person(pk): pk for pk in people}
    return [(keys[resource], by_key[meeting]) for resource, meeting in booked.values_list("resource", "meeting")]


def _booked(fair: Fair, people: Collection[int], but: int | None) -> dict[int, set[int]]:
    """The slots in which each has a meeting or a break."""
    keys, found = {person(pk): pk for pk in people}, defaultdict[int, set[int]](set)
    rows = Booking.objects.filter(fair=fair, resource__in=keys)
    for resource, slot, meeting in rows.values_list("resource", "slot", "meeting"):
        if but is None or meeting != but:
            found[keys[resource]].add(slot)
    return found


def _times(slot: Slot) -> Interval:
    return slot.starts_at, slot.ends_at


def _minutes(slot: Slot) -> int:
    return int((slot.ends_at - slot.starts_at).total_seconds() // 60)
