"""Which meetings companies are asked about, and what they have said."""

from datetime import datetime

from django.db.models import Q

from fairplatform.accounts.models import User
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair
from fairplatform.policy import Role
from meetings.models import Meeting, Participant, Satisfaction
from meetings.models.meeting import Side
from meetings.outcomes.queries import represented_side

# Whether one held by telephone took place, its companies alone know.
TOOK_PLACE = Q(state=Meeting.State.HELD) | Q(state=Meeting.State.CONFIRMED, by_telephone=True)


def is_over(meeting: Meeting, now: datetime) -> bool:
    """Whether it took place and has ended."""
    held = meeting.state == Meeting.State.HELD or (meeting.state == Meeting.State.CONFIRMED and meeting.by_telephone)
    return held and now >= meeting.ends_at


def participation_of(person: User, meeting: Meeting) -> int:
    """The company a person speaks for; raises Refused("not_permitted") for who speaks for neither."""
    side = represented_side(person, meeting)
    return meeting.exhibitor_id if side == Side.EXHIBITOR else meeting.buyer_id


def own_satisfaction(person: User, meeting: Meeting) -> Satisfaction | None:
    """What the person's own company has said; raises as `participation_of`."""
    return Satisfaction.objects.filter(meeting=meeting, participation=participation_of(person, meeting)).first()


def awaiting_rating(person: User, fair: Fair, now: datetime) -> list[Meeting]:
    """The meetings that are over and that this person's company has not rated yet, while it can."""
    if fair.state != Fair.State.OPEN:
        return []
    named = Q(pk__in=Participant.objects.filter(user=person, role=Role.PARTY).values("meeting"))
    managed = memberships(person, fair.pk).manager_of
    own = named | Q(exhibitor__in=managed) | Q(buyer__in=managed)
    keys = Meeting.objects.filter(own, TOOK_PLACE, fair=fair, slot__ends_at__lte=now).values("pk")
    rows = Meeting.objects.filter(pk__in=keys).with_names().prefetch_related("participants", "satisfactions")
    return [meeting for meeting in rows.order_by("slot__starts_at", "pk") if _is_asked(person, meeting, now)]


def _is_asked(person: User, meeting: Meeting, now: datetime) -> bool:
    own = participation_of(person, meeting)
    return is_over(meeting, now) and all(row.participation_id != own for row in meeting.satisfactions.all())
