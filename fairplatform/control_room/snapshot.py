"""What a control room page starts from: the meetings of this slot and the next as tiles, and who waits for the next."""

from datetime import datetime, timedelta

from django.db.models import Q

from fairplatform.fairs.models import Fair, Slot
from fairplatform.realtime import topic_names
from fairplatform.realtime.hub import HUB
from meetings.call.lobby import sides_here
from meetings.figures.tiles import tiles
from meetings.models import Meeting

from .protocol import ControlRoomSnapshot, NextSlot

LONGEST_EXTENSION = timedelta(hours=1)


def snapshot(fair: Fair, now: datetime) -> ControlRoomSnapshot:
    following = fair.slots.filter(starts_at__gt=now).order_by("starts_at").first()
    shown = tiles(_current_meetings(fair, following, now))
    topics = {topic_names.meeting(tile.meeting): tile.meeting for tile in shown if tile.starts_at > now}
    waiting = {topics[topic]: people for topic, people in HUB.here_all(list(topics)).items()}
    return ControlRoomSnapshot(
        now=now,
        tiles=shown,
        lobby=sides_here(waiting),
        next=NextSlot(starts_at=following.starts_at, ends_at=following.ends_at) if following else None,
    )


def _current_meetings(fair: Fair, following: Slot | None, now: datetime) -> list[int]:
    """The keys of the running meetings, extended ones among them, and those of the following slot."""
    begun = Q(slot__starts_at__lte=now, slot__ends_at__gt=now - LONGEST_EXTENSION)
    slots = begun | Q(slot=following) if following else begun
    candidates = Meeting.objects.filter(slots, fair=fair, state__in=(Meeting.State.CONFIRMED, Meeting.State.HELD))
    return [meeting.pk for meeting in candidates.select_related("slot") if meeting.ends_at > now]
