"""What the page of requests reads. The number of queries does not grow with the number of rows."""

from django.db.models import Q, QuerySet

from fairplatform.accounts.models import User
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair
from meetings.models import MeetingRequest

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
