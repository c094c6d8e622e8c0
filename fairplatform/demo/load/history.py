"""Meetings that visitors held, or that were missed, in slots which lie ahead once more: they stay, in the past."""

from django.db.models import Q

from fairplatform.fairs.models import Slot
from meetings.models import Attendance, Booking, Meeting, Outcome

from ..grid import RUNNING
from .meetings import SIMULATED
from .rows import Load

DECIDED = (Meeting.State.HELD, Meeting.State.MISSED)


def put_into_history(load: Load) -> set[int]:
    """Moves them into slots that are over and frees what they had booked; returns their primary keys."""
    running = Slot.objects.get(pk=load.rows.of(Slot)[RUNNING])
    past = list(load.fair.slots.filter(number__lt=running.number).order_by("-number"))
    held = list(_held_by_visitors(load, running))
    for meeting in held:
        meeting.slot = _free(meeting, past)
        meeting.save(update_fields=["slot"])
    Booking.objects.filter(meeting__in=held).delete()
    return {meeting.pk for meeting in held}


def _held_by_visitors(load: Load, running: Slot) -> list[Meeting]:
    """Somebody was in it, or has said what came of it; or it is a visitor's own and was decided without either."""
    rows = Meeting.objects.filter(fair=load.fair, slot__number__gte=running.number)
    rows = rows.exclude(state=Meeting.State.CANCELLED)
    visited = Attendance.objects.filter(meeting__in=rows).exclude(connection_id__startswith=SIMULATED)
    stated = Outcome.objects.filter(meeting__in=rows)
    own = ~Q(pk__in=load.rows.of(Meeting).values()) & Q(state__in=DECIDED)
    return list(rows.filter(Q(pk__in=visited.values("meeting")) | Q(pk__in=stated.values("meeting")) | own))


def _free(meeting: Meeting, past: list[Slot]) -> Slot:
    """The newest slot in which neither company met anybody, else the newest."""
    firms = (meeting.exhibitor_id, meeting.buyer_id)
    met = Meeting.objects.filter(Q(exhibitor__in=firms) | Q(buyer__in=firms), slot__in=past)
    taken = set(met.exclude(state=Meeting.State.CANCELLED).values_list("slot", flat=True))
    return next((slot for slot in past if slot.pk not in taken), past[0])
