"""A city, a hall or a room without power or line.

Its meetings, those in progress too, are held by telephone, or in a slot kept in reserve, or left.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from fairplatform.accounts.actor import Actor
from fairplatform.db.keys import row_key
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Slot
from meetings.matching.situation import Situation
from meetings.models import Change, ChangedMeeting, Meeting
from meetings.models.booking import ROOM
from meetings.schedule.actions.notify import notify_participants, publish_changes
from meetings.schedule.actions.planning import move
from meetings.schedule.availability import Availability

from .acting import Span, begin, record

Act = ChangedMeeting.Act
TELEPHONE = "telephone"


@dataclass(frozen=True)
class Place:
    """A city (of a country) or a hall, by its number, of companies that are there; or one of the fair's rooms."""

    country: str = ""
    city: str = ""
    hall: int | None = None
    room: int | None = None

    @classmethod
    def read(cls, key: str) -> "Place":
        """What `key` says; raises ValueError."""
        what, _, rest = key.partition("/")
        number = row_key(rest)
        if what == "hall" and number is not None:
            return cls(hall=number)
        if what == "room" and number is not None:
            return cls(room=number)
        country, _, city = rest.partition("/")
        if what == "city" and country:
            return cls(country, city)
        raise ValueError(key)

    @property
    def key(self) -> str:
        if self.room is not None:
            return f"room/{self.room}"
        return f"city/{self.country}/{self.city}" if self.hall is None else f"hall/{self.hall}"

    @property
    def of_meetings(self) -> Q:
        """Those with a company there, in a hall with an exhibitor; those that have the room."""
        if self.room is not None:
            return Q(bookings__resource=f"{ROOM}{self.room}")
        if self.hall is not None:
            return Q(exhibitor__hall__number=self.hall)
        where = {"company__country": self.country, "company__city": self.city}
        sides = [Q(**{f"{side}__{name}": value for name, value in where.items()}) for side in ("exhibitor", "buyer")]
        return sides[0] | sides[1]


@dataclass(frozen=True)
class Hit:
    """A meeting in the outage, and the reserve slots after it in which everybody of the meeting is free."""

    meeting: Meeting
    reserve: list[Slot]


def hit(fair: Fair, place: Place, span: Span, now: datetime) -> list[Hit]:
    """The meetings to come, or in progress, that the place has in these slots, by time."""
    rows = Meeting.objects.filter(
        place.of_meetings, fair=fair, state=Meeting.State.CONFIRMED,
        slot__in=[slot.pk for slot in span.slots], slot__ends_at__gt=now,
    )  # fmt: skip
    meetings = list(rows.with_names().prefetch_related("participants").order_by("slot__starts_at", "pk"))
    if not meetings:
        return []
    situation = Situation(fair, now)
    reserve = [slot for at, slot in enumerate(situation.slots) if at in situation.reserve]
    later = [slot for slot in reserve if slot.starts_at >= span.ends_at]
    # What has begun is not moved any more.
    return [Hit(one, [slot for slot in later if one.starts_at > now and _are_free(one, slot)]) for one in meetings]


def _are_free(meeting: Meeting, slot: Slot) -> bool:
    people = [one.user_id for one in meeting.participants.all()]
    return Availability(meeting.fair, (meeting.exhibitor, meeting.buyer), people).is_free(slot)


Acts = Mapping[int, str]
"""By meeting: TELEPHONE, the key of a slot, or nothing to leave it as it is."""


@transaction.atomic
def bridge(
    actor: Actor, *, fair: int, place: Place, first: int, last: int, acts: Acts, key: UUID, now: datetime
) -> Change:
    """Does to each meeting of the place what `acts` say; all of it or nothing.

    Raises Refused: changed_meanwhile (it has other meetings than those), slot_taken, and what moving raises.
    """
    locked, done = begin(actor, fair, key)
    if done is not None:
        return done
    slots = locked.slots.in_bulk([first, last])
    if slots.keys() != {first, last}:
        raise Refused("not_found")
    span = Span.of(locked, slots[first], slots[last])
    found = hit(locked, place, span, now)
    if {one.meeting.pk for one in found} != acts.keys():
        raise Refused("changed_meanwhile")
    change = Change(fair=locked, key=key, what=Change.What.OUTAGE, place=place.key, made_at=now)
    change.starts_at, change.ends_at = span.starts_at, span.ends_at
    record(actor, change)
    for one in found:
        act = _done(actor, one, acts[one.meeting.pk], now)
        ChangedMeeting.objects.create(change=change, meeting=one.meeting, act=act)
    return change


def _done(actor: Actor, one: Hit, wanted: str, now: datetime) -> ChangedMeeting.Act:
    meeting = one.meeting
    if not wanted:
        return Act.LEFT
    if wanted == TELEPHONE:
        meeting.by_telephone = True
        meeting.save(update_fields=["by_telephone"])
        notify_participants(meeting, "meeting_by_telephone", now=now)
        publish_changes(meeting, now)
        return Act.TELEPHONE
    if wanted not in {str(slot.pk) for slot in one.reserve}:
        raise Refused("slot_taken")
    move(actor, meeting=meeting.pk, slot=int(wanted), now=now)
    Meeting.objects.filter(pk=meeting.pk, by_telephone=True).update(by_telephone=False)
    return Act.MOVED
