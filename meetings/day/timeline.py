"""A person's day as a list of entries in the order of time: meetings, breaks, and free slots still to come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Slot
from fairplatform.i18n.text import Translated
from meetings.models import Meeting
from meetings.models.meeting import Side
from meetings.schedule.calendars import Break
from meetings.status import ActionLink, display_state, next_link, note, outcome_progress, partners


@dataclass(frozen=True)
class TimelineEntry:
    """One entry of the day. `state`: break, free, or a meeting's display state; `seal`: its outcome's progress."""

    state: str
    starts_at: datetime
    names: tuple[Translated, ...] = ()
    note: str = ""
    url: str = ""
    action: ActionLink | None = None
    seal: str = ""


def timeline(
    slots: Sequence[Slot], meetings: Sequence[Meeting], breaks: Sequence[Break], *, person: User, now: datetime
) -> list[TimelineEntry]:
    """The entries of one day. `slots`: those within the working hours of both sides; one is free if it has no meeting,
    touches no break and has not begun.
    """
    booked = {meeting.slot_id for meeting in meetings}
    ahead = [slot for slot in slots if slot.pk not in booked and slot.starts_at > now]
    entries = [meeting_entry(meeting, meeting.side_of(person), now) for meeting in meetings]
    entries += [TimelineEntry("break", pause.starts_at, note=str(pause.name)) for pause in breaks]
    entries += [TimelineEntry("free", slot.starts_at, note=_("Free")) for slot in _outside(breaks, ahead)]
    return sorted(entries, key=lambda entry: (entry.starts_at, entry.state == "free"))


def _outside(breaks: Iterable[Break], slots: Iterable[Slot]) -> list[Slot]:
    pauses = list(breaks)
    return [slot for slot in slots if not any(pause.touches(slot.starts_at, slot.ends_at) for pause in pauses)]


def meeting_entry(meeting: Meeting, side: Side | None, now: datetime) -> TimelineEntry:
    state = display_state(meeting, now)
    return TimelineEntry(
        state=state,
        starts_at=meeting.starts_at,
        names=partners(meeting, side),
        note=note(meeting, side, state, now),
        url=meeting.get_absolute_url(),
        action=next_link(meeting, side, now),
        seal=outcome_progress(meeting, side) if state in ("held", "agreed") else "",
    )
