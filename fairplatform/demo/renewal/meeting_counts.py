"""Keeps the numbers of meetings before and after the running slot as planned, although visitors add some."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet

from chat.models import Conversation, Message
from fairplatform.fairs.models import Slot
from fairplatform.notices.models import Notice
from meetings.models import Attendance, Meeting, Outcome, Statement

from ..loader.meetings import SIMULATED_PREFIX
from ..loader.outcomes import changed_by_visitors
from ..loader.rows import LoaderRun
from ..plan.events import DemoMeeting
from ..plan.matches import PERSONA_COMPANIES
from ..plan.slots import RUNNING_SLOT

ONE_SIDE = "one_side"


def missing_after_running(run: LoaderRun) -> int:
    """How many meetings after the running slot there are less than planned; negative where there are more."""
    planned = sum(meeting.slot > RUNNING_SLOT for meeting in run.plan.meetings)
    return planned - _not_cancelled(run, slot__number__gt=_running_number(run)).count()


def remove_surplus_meetings(run: LoaderRun) -> None:
    """Deletes as many planned meetings as there are too many, the latest first, none that a visitor has changed.

    Before the running slot these are held meetings without an outcome, and when they do not suffice those that one
    side alone has stated.
    """
    states = {outcome.meeting: outcome.state for outcome in run.plan.outcomes}
    before = [meeting for meeting in run.plan.meetings if meeting.slot < RUNNING_SLOT]
    surplus = _not_cancelled(run, slot__number__lt=_running_number(run)).count() - len(before)
    outcomes = run.rows.ids(Outcome)
    without_outcome = [meeting for meeting in before if meeting.state == "held" and meeting.key not in outcomes]
    one_side = [meeting for meeting in before if states.get(meeting.key) == ONE_SIDE]
    _delete_last(run, [*_unchanged(run, one_side), *_unchanged(run, without_outcome)], surplus)
    after = [meeting for meeting in run.plan.meetings if meeting.slot > RUNNING_SLOT and not meeting.moved_from]
    _delete_last(run, list(_unchanged(run, after)), -missing_after_running(run))


def _running_number(run: LoaderRun) -> int:
    return Slot.objects.get(pk=run.rows.ids(Slot)[RUNNING_SLOT]).number


def _not_cancelled(run: LoaderRun, **where: int) -> "QuerySet[Meeting]":
    return Meeting.objects.filter(fair=run.fair, **where).exclude(state=Meeting.State.CANCELLED)


def _unchanged(run: LoaderRun, planned: list[DemoMeeting]) -> Iterator[DemoMeeting]:
    """Those that are still as they were loaded, without the personas' own."""
    personas = {person.key for person in run.plan.people if person.persona}
    rows, slot_ids = run.rows.ids(Meeting), run.rows.ids(Slot)
    visited = Attendance.objects.exclude(connection_id__startswith=SIMULATED_PREFIX).filter(meeting=OuterRef("pk"))
    written = Message.objects.filter(conversation=OuterRef("conversation"))
    of_visitors = Outcome.objects.exclude(pk__in=run.rows.ids(Outcome).values()).filter(meeting=OuterRef("pk"))
    same = Meeting.objects.filter(~Exists(visited), ~Exists(written), ~Exists(of_visitors), pk__in=rows.values())
    slots = dict(same.filter(moved_from=None).exclude(state=Meeting.State.CANCELLED).values_list("pk", "slot"))
    stated = changed_by_visitors(run)
    for meeting in planned:
        is_a_personas = PERSONA_COMPANIES & {meeting.buyer, meeting.exhibitor} or personas & {
            *meeting.people,
            meeting.interpreter,
        }
        is_in_its_slot = meeting.key in rows and slots.get(rows[meeting.key]) == slot_ids[meeting.slot]
        if is_in_its_slot and not is_a_personas and meeting.key not in stated:
            yield meeting


def _delete_last(run: LoaderRun, planned: list[DemoMeeting], number: int) -> None:
    """Deletes the last `number` of these meetings with their conversations, outcomes and notices; none below 1."""
    keys = [meeting.key for meeting in planned[len(planned) - max(0, min(number, len(planned))) :]]
    meetings = Meeting.objects.filter(pk__in=[run.rows.ids(Meeting)[key] for key in keys])
    conversations = list(meetings.values_list("conversation", flat=True))
    outcomes = [key for key in keys if key in run.rows.ids(Outcome)]
    Statement.objects.filter(outcome__meeting__in=meetings).delete()
    Notice.objects.filter(path__in=[meeting.get_absolute_url() for meeting in meetings.select_related("fair")]).delete()
    meetings.delete()
    Conversation.objects.filter(pk__in=conversations).delete()
    run.rows.forget(Outcome, outcomes)
    run.rows.forget(Meeting, keys)
