"""What organisers choose from, and what was done."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Participation
from fairplatform.policy import Role
from meetings.models import Booking, Change, ChangedMeeting, Meeting
from meetings.models.booking import ROOM

from .outage import Place


def companies_with_meetings(fair: Fair, now: datetime) -> list[Participation]:
    """Those that have meetings to come, by name."""
    return _companies_of(Meeting.objects.filter(fair=fair, state=Meeting.State.CONFIRMED, slot__starts_at__gt=now))


def _companies_of(ahead: QuerySet[Meeting]) -> list[Participation]:
    own = Q(pk__in=ahead.values("exhibitor")) | Q(pk__in=ahead.values("buyer"))
    rows = Participation.objects.filter(own).select_related("company", "hall")
    return sorted(rows, key=lambda row: str(row.company.name).casefold())


def interpreters(fair: Fair) -> list[User]:
    """The fair's, by name."""
    rows = User.objects.filter(roles__fair=fair, roles__role=Role.INTERPRETER).distinct()
    return sorted(rows, key=lambda user: user.public_name.casefold())


def places(fair: Fair, now: datetime) -> list[Place]:
    """The halls and cities of companies with meetings to come or in progress, then the rooms of these; halls first."""
    ahead = Meeting.objects.filter(fair=fair, state=Meeting.State.CONFIRMED, slot__ends_at__gt=now)
    companies = _companies_of(ahead)
    booked = Booking.objects.filter(meeting__in=ahead, resource__startswith=ROOM).values_list("resource", flat=True)
    rooms = {int(name.removeprefix(ROOM)) for name in booked}
    halls = {one.hall.number for one in companies if one.hall and one.sells}
    cities = {(one.company.country, one.company.city) for one in companies if one.company.city}
    return [
        *(Place(hall=number) for number in sorted(halls)),
        *(Place(*city) for city in sorted(cities)),
        *(Place(room=number) for number in sorted(rooms)),
    ]


def changed(change: Change) -> Sequence[ChangedMeeting]:
    names = ("fair", "slot__day", "exhibitor__company", "buyer__company")
    of_both = [f"{which}__{name}" for which in ("meeting", "substitute") for name in names]
    rows: QuerySet[ChangedMeeting] = change.meetings.select_related("change", "interpreter", *of_both)
    return list(rows.order_by("meeting__slot__starts_at", "pk"))


def done_by(fair: Fair, key: str) -> Change | None:
    """What a press has done already; `key` as it was sent."""
    try:
        return Change.objects.filter(fair=fair, key=UUID(key)).first()
    except ValueError:
        return None


def changes(fair: Fair) -> QuerySet[Change]:
    return Change.objects.filter(fair=fair).select_related("participation__company", "user")
