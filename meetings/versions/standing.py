"""What has become untrue of the meetings to come, by the same rules as of a draft."""

from datetime import datetime

from fairplatform.fairs.models import Fair
from meetings.matching.situation import Situation
from meetings.models import Meeting, PlannedMeeting

from .conflicts import Conflict, conflicts
from .needs import need_of


def standing_conflicts(fair: Fair, now: datetime) -> list[Conflict]:
    """By time. Each row is not stored; its `existing` is the meeting. Ceilings are none: what is agreed on stays."""
    rows = Meeting.objects.filter(fair=fair, state=Meeting.State.CONFIRMED, slot__starts_at__gt=now)
    meetings = list(rows.with_names().prefetch_related("participants").order_by("slot__starts_at", "pk"))
    if not meetings:
        return []
    situation = Situation(fair, now, [meeting.pk for meeting in meetings])
    return conflicts(situation, [_as_planned(meeting) for meeting in meetings])


def _as_planned(meeting: Meeting) -> PlannedMeeting:
    return PlannedMeeting(
        existing=meeting,
        exhibitor=meeting.exhibitor,
        buyer=meeting.buyer,
        starts_at=meeting.slot.starts_at,
        ends_at=meeting.slot.ends_at,
        interpreter_id=next((one.user_id for one in meeting.participants.all() if not one.side), None),
        need=need_of(meeting),
    )
