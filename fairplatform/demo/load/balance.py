"""How many meetings stand behind and ahead: as many as planned, also when visitors have added some of their own."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet

from chat.models import Conversation, Message
from fairplatform.fairs.models import Slot
from fairplatform.notices.models import Notice
from meetings.models import Attendance, Meeting, Outcome, Statement

from ..encounters import DemoMeeting
from ..grid import RUNNING
from ..opening import DEMO_FIRMS
from .meetings import SIMULATED
from .outcomes import touched
from .rows import Load

ONE_SIDE = "one_side"


def room_ahead(load: Load) -> int:
    """How many may be laid ahead of the running slot."""
    planned = sum(one.slot > RUNNING for one in load.plan.meetings)
    return planned - _standing(load, slot__number__gt=_running(load)).count()


def make_room(load: Load) -> None:
    """Gives up as many of the plan as stand beyond it, among those that nobody has touched, the last first.

    Behind, that is one whose outcome nobody has stated, else one that a single side has.
    """
    outcomes = {one.meeting: one.state for one in load.plan.outcomes}
    behind = [one for one in load.plan.meetings if one.slot < RUNNING]
    beyond = _standing(load, slot__number__lt=_running(load)).count() - len(behind)
    unstated = [one for one in behind if one.state == "held" and one.key not in load.rows.of(Outcome)]
    one_side = [one for one in behind if outcomes.get(one.key) == ONE_SIDE]
    _give_up(load, [*_untouched(load, one_side), *_untouched(load, unstated)], beyond)
    ahead = [one for one in load.plan.meetings if one.slot > RUNNING and not one.moved_from]
    _give_up(load, list(_untouched(load, ahead)), -room_ahead(load))


def _running(load: Load) -> int:
    return Slot.objects.get(pk=load.rows.of(Slot)[RUNNING]).number


def _standing(load: Load, **where: int) -> "QuerySet[Meeting]":
    return Meeting.objects.filter(fair=load.fair, **where).exclude(state=Meeting.State.CANCELLED)


def _untouched(load: Load, planned: list[DemoMeeting]) -> Iterator[DemoMeeting]:
    """Those that stand as they were laid, of firms and interpreters that no visitor is."""
    doors = {person.key for person in load.plan.people if person.door}
    rows = load.rows.of(Meeting)
    visited = Attendance.objects.exclude(connection_id__startswith=SIMULATED).filter(meeting=OuterRef("pk"))
    spoken = Message.objects.filter(conversation=OuterRef("conversation"))
    same = Meeting.objects.filter(~Exists(visited), ~Exists(spoken), pk__in=rows.values(), moved_from=None)
    slots = dict(same.exclude(state=Meeting.State.CANCELLED).values_list("pk", "slot"))
    said = touched(load)
    for one in planned:
        is_ours = DEMO_FIRMS & {one.buyer, one.exhibitor} or doors & {*one.people, one.interpreter}
        stands = one.key in rows and slots.get(rows[one.key]) == load.rows.of(Slot)[one.slot]
        if stands and not is_ours and one.key not in said:
            yield one


def _give_up(load: Load, planned: list[DemoMeeting], number: int) -> None:
    keys = [one.key for one in planned[len(planned) - max(0, min(number, len(planned))) :]]
    meetings = Meeting.objects.filter(pk__in=[load.rows.of(Meeting)[key] for key in keys])
    conversations = list(meetings.values_list("conversation", flat=True))
    outcomes = [key for key in keys if key in load.rows.of(Outcome)]
    Statement.objects.filter(outcome__meeting__in=meetings).delete()
    Notice.objects.filter(path__in=[meeting.get_absolute_url() for meeting in meetings.select_related("fair")]).delete()
    meetings.delete()
    Conversation.objects.filter(pk__in=conversations).delete()
    load.rows.forget(Outcome, outcomes)
    load.rows.forget(Meeting, keys)
