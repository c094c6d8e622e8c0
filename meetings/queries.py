"""What the pages of meetings and requests read. The number of queries never grows with the number of rows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from booths.models import Product
from fairplatform.accounts.models import AuditEntry, Staff
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, FairDay, Slot
from fairplatform.policy import Role

from .models import Meeting, MeetingRequest, Participant

TABS = ("received", "sent", "closed")


def own_meetings(person: Any, fair: Fair) -> list[Meeting]:
    """The meetings a person is named for or manages a side of, in the order of time, with all a line shows."""
    managed = memberships(person, fair.pk).manager_of
    named = Participant.objects.filter(user=person).values("meeting")
    mine = Q(pk__in=named) | Q(exhibitor__in=managed) | Q(buyer__in=managed)
    keys = Meeting.objects.filter(mine, fair=fair).exclude(state=Meeting.State.CANCELLED).values("pk")
    rows: QuerySet[Meeting] = Meeting.objects.filter(pk__in=keys).with_names()
    return list(
        rows.select_related("exhibitor__hall", "outcome__agreed")
        .prefetch_related("participants__user", "outcome__statements")
        .order_by("slot__starts_at", "pk")
    )


def next_meeting(meetings: Iterable[Meeting], now: datetime) -> Meeting | None:
    """The one that is running, or else the first to come."""
    alive = (Meeting.State.CONFIRMED, Meeting.State.HELD)
    return next((m for m in meetings if m.state in alive and now < m.ends_at), None)


def slots_by_day(fair: Fair) -> dict[FairDay, list[Slot]]:
    """The days of the fair with their slots; two queries."""
    days: dict[FairDay, list[Slot]] = {day: [] for day in fair.days.order_by("number")}
    by_key = {day.pk: day for day in days}
    for slot in fair.slots.order_by("starts_at"):
        slot.day = by_key[slot.day_id]
        days[slot.day].append(slot)
    return days


def day_at(days: dict[FairDay, list[Slot]], now: datetime) -> FairDay | None:
    """The day whose last slot is not over yet; after the fair its last day."""
    with_slots = [day for day, slots in days.items() if slots]
    return next((day for day in with_slots if now < days[day][-1].ends_at), with_slots[-1] if with_slots else None)


def pending_for(person: Any, fair: Fair) -> list[MeetingRequest]:
    """The requests that wait for an answer of the person's companies."""
    rows = MeetingRequest.objects.filter(
        receiver__in=memberships(person, fair.pk).staff_of, state=MeetingRequest.State.PENDING
    )
    return list(rows.select_related("sender__company", "slot").order_by("expires_at"))


def requests_in(tab: str, person: Any, fair: Fair) -> "QuerySet[MeetingRequest]":
    """One tab of the page of requests: received and sent ones that wait, and all that are closed."""
    own = memberships(person, fair.pk).staff_of
    waiting = Q(state=MeetingRequest.State.PENDING)
    chosen = {
        "received": waiting & Q(receiver__in=own),
        "sent": waiting & Q(sender__in=own),
        "closed": ~waiting & (Q(receiver__in=own) | Q(sender__in=own)),
    }[tab]
    rows = MeetingRequest.objects.filter(chosen, fair=fair).select_related(
        "fair", "sender__company", "receiver__company", "slot__day", "meeting__slot", "made_by", "on_behalf_of"
    )
    return rows.order_by("-made_at" if tab == "closed" else "expires_at", "pk")


def request_counts(person: Any, fair: Fair) -> dict[str, int]:
    return {tab: requests_in(tab, person, fair).order_by().count() for tab in TABS}


def positions(meeting: Meeting) -> dict[int, Staff]:
    """What the people of both companies are in them."""
    companies = (meeting.exhibitor.company_id, meeting.buyer.company_id)
    people = [named.user_id for named in meeting.participants.all()]
    return {place.user_id: place for place in Staff.objects.filter(company__in=companies, user__in=people)}


def goods(meeting: Meeting, headings: Iterable[str], limit: int = 12) -> list[Product]:
    """What the exhibitor shows under these headings; without any, what it shows first."""
    rows = Product.objects.filter(displays__booth__participation=meeting.exhibitor_id).select_related("picture")
    under = Q()
    for heading in headings:
        under |= Q(hs6__startswith=heading)
    return list(rows.filter(under).distinct().order_by("hs6", "pk")[:limit])


def interpreters(meeting: Meeting) -> list[Any]:
    return [named.user for named in meeting.participants.all() if named.role == Role.INTERPRETER]


def changes_of(meeting: Meeting) -> int:
    """How often the meeting was moved or cancelled."""
    acts = ("meeting.move", "meeting.cancel")
    return AuditEntry.objects.filter(object=f"{meeting._meta.label_lower}:{meeting.pk}", permission__in=acts).count()
