"""What the page of requests reads. The number of queries does not grow with the number of rows."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from fairplatform.accounts.models import User
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation
from meetings.models import Booking, Change, ChangedMeeting, Meeting, MeetingRequest, Participant
from meetings.models.booking import desks

TABS = ("received", "sent", "closed")


def pending_for(person: User, fair: Fair) -> list[MeetingRequest]:
    """The requests that wait for an answer of the person's companies."""
    rows = MeetingRequest.objects.filter(
        receiver__in=memberships(person, fair.pk).staff_of, state=MeetingRequest.State.PENDING
    )
    return list(rows.select_related("sender__company", "slot").order_by("expires_at"))


def requests_in(tab: str, person: User, fair: Fair) -> "QuerySet[MeetingRequest]":
    """The requests under one tab of the page: received and sent ones still pending, and all that are closed."""
    own = memberships(person, fair.pk).staff_of
    pending = Q(state=MeetingRequest.State.PENDING)
    condition = {
        "received": pending & Q(receiver__in=own),
        "sent": pending & Q(sender__in=own),
        "closed": ~pending & (Q(receiver__in=own) | Q(sender__in=own)),
    }[tab]
    rows = MeetingRequest.objects.filter(condition, fair=fair).select_related(
        "fair",
        "sender__company",
        "receiver__company",
        "slot__day",
        "meeting__slot",
        "made_by",
        "on_behalf_of",
        "demand",
    )
    return rows.order_by("-made_at" if tab == "closed" else "expires_at", "pk")


def request_counts(person: User, fair: Fair) -> dict[str, int]:
    return {tab: requests_in(tab, person, fair).order_by().count() for tab in TABS}


def pending_with(company: Participation) -> set[int]:
    """The participations with which a request of either waits for an answer."""
    rows = MeetingRequest.objects.filter(Q(sender=company) | Q(receiver=company), state=MeetingRequest.State.PENDING)
    return {pk for ends in rows.values_list("sender", "receiver") for pk in ends} - {company.pk}


def has_free_desk(company: Participation, slot: int) -> bool:
    return (company.pk, slot) not in _without_desk([(company, slot)])


def left_alone(person: User, fair: Fair, now: datetime) -> list[Meeting]:
    """The meetings of the person's companies, by time, that were cancelled because the other company left, and in
    whose time they could still ask another one.

    `now`: the latest time at which somebody could be asked must be later.
    """
    own = memberships(person, fair.pk)
    named = Participant.objects.filter(user=person).exclude(side="").values("meeting")
    of_person = Q(meeting__exhibitor__in=own.manager_of) | Q(meeting__buyer__in=own.manager_of) | Q(meeting__in=named)
    rows = ChangedMeeting.objects.filter(
        of_person,
        change__fair=fair,
        change__what=Change.What.COMPANY,
        act=ChangedMeeting.Act.CANCELLED,
        meeting__slot__starts_at__gt=now,
    )
    # Whoever left is not asked whom it would like to meet.
    rows = rows.exclude(change__participation__in=own.staff_of)
    waiting = MeetingRequest.objects.filter(instead_of__isnull=False, state=MeetingRequest.State.PENDING)
    keys = rows.exclude(meeting__in=waiting.values("instead_of")).values("meeting")
    meetings = list(Meeting.objects.filter(pk__in=keys).with_names().order_by("slot__starts_at", "pk"))
    mine = [
        (company, one.slot_id)
        for one in meetings
        for company in (one.exhibitor, one.buyer)
        if company.pk in own.staff_of
    ]
    busy = _without_desk(mine) if mine else set()
    return [one for one in meetings if not {(one.exhibitor_id, one.slot_id), (one.buyer_id, one.slot_id)} & busy]


def _without_desk(of: Collection[tuple[Participation, int]]) -> set[tuple[int, int]]:
    """The keys of those of these companies and slots in which all desks are taken."""
    names = {name for company, _slot in of for name in desks(company)}
    rows = Booking.objects.filter(slot__in={slot for _company, slot in of}, resource__in=names)
    taken: set[tuple[str, int]] = set(rows.values_list("resource", "slot"))
    return {(one.pk, slot) for one, slot in of if all((name, slot) in taken for name in desks(one))}
