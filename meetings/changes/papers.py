"""A day on paper: what hangs at a hall's or a city's door, and whom to call when the line fails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import Q

from fairplatform.accounts.models import User
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import FairDay, Participation
from fairplatform.policy import Role
from meetings.contacts import Number, mobiles
from meetings.models import Meeting

By = Literal["hall", "exhibitor", "buyer"]
BY: tuple[By, ...] = ("hall", "exhibitor", "buyer")
HELD = (Meeting.State.CONFIRMED, Meeting.State.HELD)


@dataclass(frozen=True)
class Line:
    """A meeting, who interprets it, and the numbers of both companies as far as the reader may know them."""

    meeting: Meeting
    interpreters: Sequence[User]
    exhibitor: Sequence[Number]
    buyer: Sequence[Number]


@dataclass(frozen=True)
class Sheet:
    """Of one hall, or of one city: the company whose it is, and the lines by time."""

    of: Participation
    lines: Sequence[Line]


def sheets(reader: User, day: FairDay, by: By) -> list[Sheet]:
    """`by`: the hall of the exhibitor, its city, or the buyer's. A delegate reads the meetings of their unit alone."""
    meetings = _meetings(reader, day)
    companies = {one.pk: one for meeting in meetings for one in (meeting.exhibitor, meeting.buyer)}
    numbers = mobiles(reader, day.fair, list(companies.values()))
    lines: dict[tuple[object, ...], list[Line]] = {}
    for meeting in meetings:
        lines.setdefault(_place(meeting, by), []).append(_line(meeting, numbers))
    return [Sheet(_owner(every[0].meeting, by), every) for _place, every in sorted(lines.items(), key=_order)]


def _meetings(reader: User, day: FairDay) -> list[Meeting]:
    own = memberships(reader, day.fair_id)
    rows = Meeting.objects.filter(fair=day.fair_id, slot__day=day, state__in=HELD)
    if Role.ORGANISER not in own.roles:
        rows = rows.filter(Q(exhibitor__unit__in=own.units) | Q(buyer__unit__in=own.units))
    rows = rows.with_names().select_related("exhibitor__hall", "exhibitor__booth")
    return list(rows.prefetch_related("participants__user").order_by("slot__starts_at", "pk"))


def _line(meeting: Meeting, numbers: Mapping[int, Sequence[Number]]) -> Line:
    named = [one.user for one in meeting.participants.all() if not one.side]
    return Line(meeting, named, numbers.get(meeting.exhibitor_id, ()), numbers.get(meeting.buyer_id, ()))


def _owner(meeting: Meeting, by: By) -> Participation:
    return meeting.buyer if by == "buyer" else meeting.exhibitor


def _place(meeting: Meeting, by: By) -> tuple[object, ...]:
    owner = _owner(meeting, by)
    if by == "hall":
        return (owner.hall.number if owner.hall else 0,)
    return owner.company.country, owner.company.city


def _order(item: tuple[tuple[object, ...], list[Line]]) -> tuple[str, ...]:
    return tuple(f"{part:09}" if isinstance(part, int) else str(part) for part in item[0])
