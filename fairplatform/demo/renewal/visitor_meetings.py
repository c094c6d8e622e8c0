"""Visitors' meetings of a slot that a renewal moves into the future: what is over stays over, in a past slot."""

from django.db.models import Q

from fairplatform.fairs.models import Slot
from meetings.models import Attendance, Booking, Meeting, Outcome

from ..loader.meetings import SIMULATED_PREFIX
from ..loader.rows import LoaderRun
from ..plan.slots import RUNNING_SLOT

DECIDED = (Meeting.State.HELD, Meeting.State.MISSED)


def move_visitor_meetings_to_past(run: LoaderRun) -> set[int]:
    """Moves visitors' meetings from the running and later slots into past ones; returns their primary keys.

    Their bookings are deleted, so that the slots they had are free.
    """
    running = Slot.objects.get(pk=run.rows.ids(Slot)[RUNNING_SLOT])
    past = list(run.fair.slots.filter(number__lt=running.number).order_by("-number"))
    moved = _visitor_meetings(run, running)
    for meeting in moved:
        meeting.slot = _past_slot(meeting, past)
        meeting.save(update_fields=["slot"])
    Booking.objects.filter(meeting__in=moved).delete()
    return {meeting.pk for meeting in moved}


def _visitor_meetings(run: LoaderRun, running: Slot) -> list[Meeting]:
    """Those a visitor was in or stated an outcome of, and those visitors arranged that were held or missed."""
    meetings = Meeting.objects.filter(fair=run.fair, slot__number__gte=running.number)
    meetings = meetings.exclude(state=Meeting.State.CANCELLED)
    visited = Attendance.objects.filter(meeting__in=meetings).exclude(connection_id__startswith=SIMULATED_PREFIX)
    stated = Outcome.objects.filter(meeting__in=meetings)
    arranged = ~Q(pk__in=run.rows.ids(Meeting).values()) & Q(state__in=DECIDED)
    was_there = Q(pk__in=visited.values("meeting")) | Q(pk__in=stated.values("meeting"))
    return list(meetings.filter(was_there | arranged))


def _past_slot(meeting: Meeting, past: list[Slot]) -> Slot:
    """The latest of the slots in which neither company had a meeting, else the latest."""
    companies = (meeting.exhibitor_id, meeting.buyer_id)
    others = Meeting.objects.filter(Q(exhibitor__in=companies) | Q(buyer__in=companies), slot__in=past)
    taken = set(others.exclude(state=Meeting.State.CANCELLED).values_list("slot", flat=True))
    return next((slot for slot in past if slot.pk not in taken), past[0])
