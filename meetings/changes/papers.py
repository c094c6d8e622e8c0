"""A day on paper: what hangs at a hall's, a city's or a room's door, and whom to call when the line fails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import Q

from fairplatform.accounts.models import User
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import FairDay, Participation
from fairplatform.policy import Role
from meetings.contacts import Number, mobiles
from meetings.models import Booking, Meeting
from meetings.models.booking import ROOM

By = Literal["hall", "room", "exhibitor", "buyer"]
BY: tuple[By, ...] = ("hall", "room", "exhibitor", "buyer")
HELD = (Meeting.State.CONFIRMED, Meeting.State.HELD)


@dataclass(frozen=True)
class Line:
    """A meeting, who interprets it, and the numbers of both companies as far as the reader may know them.

    `room`: where the fair has so many rooms.
    """

    meeting: Meeting
    room: int | None
    interpreters: Sequence[User]
    exhibitor: Sequence[Number]
    buyer: Sequence[Number]


@dataclass(frozen=True)
class Sheet:
    """Of one hall, city or room: the company whose it is, in a room the first, and the lines by time."""

    of: Participation
    lines: Sequence[Line]


def sheets(reader: User, day: FairDay, by: By) -> list[Sheet]:
    """`by`: the hall of the exhibitor, the room, the exhibitor's city, or the buyer's.

    A delegate reads the meetings of their unit alone.
    """
    meetings, rooms = _meetings(reader, day), _rooms(day)
    companies = {one.pk: one for meeting in meetings for one in (meeting.exhibitor, meeting.buyer)}
    numbers = mobiles(reader, day.fair, list(companies.values()))
    lines: dict[tuple[object, ...], list[Line]] = {}
    for meeting in meetings:
        line = _line(meeting, rooms.get(meeting.pk), numbers)
        lines.setdefault(_place(line, by), []).append(line)
    return [Sheet(_owner(every[0].meeting, by), every) for _place, every in sorted(lines.items(), key=_order)]


def _rooms(day: FairDay) -> dict[int, int]:
    """The number of its room by meeting."""
    if not day.fair.rooms:
        return {}
    booked = Booking.objects.filter(slot__day=day, resource__startswith=ROOM, meeting__isnull=False)
    return {pk: int(name.removeprefix(ROOM)) for pk, name in booked.values_list("meeting", "resource") if pk}


def _meetings(reader: User, day: FairDay) -> list[Meeting]:
    own = memberships(reader, day.fair_id)
    rows = Meeting.objects.filter(fair=day.fair_id, slot__day=day, state__in=HELD)
    if Role.ORGANISER not in own.roles:
        rows = rows.filter(Q(exhibitor__unit__in=own.units) | Q(buyer__unit__in=own.units))
    rows = rows.with_names().select_related("exhibitor__hall", "exhibitor__booth")
    return list(rows.prefetch_related("participants__user").order_by("slot__starts_at", "pk"))


def _line(meeting: Meeting, room: int | None, numbers: Mapping[int, Sequence[Number]]) -> Line:
    named = [one.user for one in meeting.participants.all() if not one.side]
    return Line(meeting, room, named, numbers.get(meeting.exhibitor_id, ()), numbers.get(meeting.buyer_id, ()))


def _owner(meeting: Meeting, by: By) -> Participation:
    return meeting.buyer if by == "buyer" else meeting.exhibitor


def _place(line: Line, by: By) -> tuple[object, ...]:
    if by == "room":
        return (line.room or 0,)
    owner = _owner(line.meeting, by)
    if by == "hall":
        return (owner.hall.number if owner.hall else 0,)
    return owner.company.country, owner.company.city


def _order(item: tuple[tuple[object, ...], list[Line]]) -> tuple[str, ...]:
    return tuple(f"{part:09}" if isinstance(part, int) else str(part) for part in item[0])
