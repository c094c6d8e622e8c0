"""A person's day as a line of entries: what was, what is, what comes, and the breaks between. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairplatform.fairs.models import Slot
from meetings.models import Meeting, Outcome
from meetings.models.meeting import Side

from .calendars import Break


@dataclass(frozen=True)
class Act:
    """The one press an entry offers."""

    url: str
    label: str


@dataclass(frozen=True)
class Entry:
    """One line of the day. `state` is how it is drawn; `seal` how far the two sides are with their outcome."""

    state: str
    starts_at: datetime
    names: tuple[Any, ...] = ()
    note: str = ""
    url: str = ""
    act: Act | None = None
    seal: str = ""


def line_of_day(
    slots: Sequence[Slot], meetings: Iterable[Meeting], breaks: Iterable[Break], *, person: Any, now: datetime
) -> list[Entry]:
    """Meetings, breaks, and the free slots still to come, in the order of time."""
    held, pauses = list(meetings), list(breaks)
    taken = {meeting.slot_id for meeting in held}
    ahead = [slot for slot in slots if slot.pk not in taken and slot.starts_at > now]
    free = [slot for slot in ahead if not any(b.touches(slot.starts_at, slot.ends_at) for b in pauses)]
    entries = [entry(meeting, meeting.side_of(person), now) for meeting in held]
    entries += [Entry("break", b.starts_at, note=str(b.name)) for b in pauses]
    entries += [Entry("free", slot.starts_at, note=_("Free")) for slot in free]
    return sorted(entries, key=lambda e: (e.starts_at, e.state == "free"))


def entry(meeting: Meeting, side: Side | None, now: datetime) -> Entry:
    state = state_of(meeting, now)
    return Entry(
        state=state,
        starts_at=meeting.starts_at,
        names=partners(meeting, side),
        note=_note(meeting, side, state, now),
        url=meeting.get_absolute_url(),
        act=act(meeting, side, now),
        seal=seal(meeting, side) if state in ("held", "agreed") else "",
    )


def partners(meeting: Meeting, side: Side | None) -> tuple[Any, ...]:
    """The names of the company across the table; for an interpreter, of both."""
    return tuple(meeting.company_of(s).name for s in Side if s != side)


def state_of(meeting: Meeting, now: datetime) -> str:
    """missed, agreed, to-come, running or held, by the fair's time."""
    if meeting.state == Meeting.State.MISSED:
        return "missed"
    outcome = outcome_of(meeting)
    if outcome is not None and outcome.state == Outcome.State.AGREED:
        return "agreed"
    if now < meeting.starts_at:
        return "to-come"
    return "running" if meeting.is_running(now) else "held"


def outcome_of(meeting: Meeting) -> Outcome | None:
    return getattr(meeting, "outcome", None)


def seal(meeting: Meeting, side: Side | None) -> str:
    """none, mine, theirs, differing or agreed, as `side` sees it."""
    outcome = outcome_of(meeting)
    if outcome is None or outcome.state == Outcome.State.DRAFTED:
        return "none"
    if outcome.state != Outcome.State.ONE_SIDE:
        return str(outcome.state)
    return "mine" if any(stated.side == side for stated in outcome.statements.all()) else "theirs"


def act(meeting: Meeting, side: Side | None, now: datetime) -> Act | None:
    """Enter while the room is open; afterwards what the outcome still wants of this side."""
    if meeting.is_open(now):
        return Act(_url(meeting, "room"), _("Enter"))
    if side is None or meeting.state != Meeting.State.HELD:
        return None
    verbs = {"none": _("State the outcome"), "theirs": _("Confirm"), "differing": _("Compare")}
    label = verbs.get(seal(meeting, side))
    return Act(_url(meeting, "outcome"), label) if label else None


def countdown(left: timedelta) -> str:
    """The same words as the page's own countdown writes: 18:24, then hours, then days."""
    seconds = max(0, int(left.total_seconds()))
    if seconds < 3600:
        return f"{seconds // 60:02}:{seconds % 60:02}"
    if seconds < 86_400:
        return _("%(hours)s h %(minutes)s min") % {"hours": seconds // 3600, "minutes": seconds % 3600 // 60}
    days = seconds // 86_400
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def _note(meeting: Meeting, side: Side | None, state: str, now: datetime) -> str:
    if state == "running":
        minutes = max(1, round((meeting.ends_at - now).total_seconds() / 60))
        words = ngettext("Running, %(minutes)s minute left", "Running, %(minutes)s minutes left", minutes)
        return words % {"minutes": minutes}
    if state == "missed":
        return _missed_note(meeting, side)
    if state == "to-come":
        return _("Moved to this time") if meeting.moved_from_id else str(meeting.get_state_display())
    return _outcome_note(meeting, side)


def _missed_note(meeting: Meeting, side: Side | None) -> str:
    because = meeting.missed_because
    if side is not None and because in Side.values:
        away = because == side
        return _("Not held: your side did not come") if away else _("Not held: the other side did not come")
    return {
        Meeting.Missed.EXHIBITOR: _("Not held: the exhibitor did not come"),
        Meeting.Missed.BUYER: _("Not held: the buyer did not come"),
        Meeting.Missed.LINE: _("Not held: the line failed"),
    }.get(Meeting.Missed(because), _("Not held: nobody came"))


def _outcome_note(meeting: Meeting, side: Side | None) -> str:
    outcome = outcome_of(meeting)
    if outcome is None:
        return _("Held; no outcome stated yet") if meeting.state == Meeting.State.HELD else _("Over; being checked")
    if outcome.agreed:
        return _("Agreed: %(kind)s") % {"kind": outcome.agreed.get_kind_display()}
    if side is None:
        return str(outcome.get_state_display())
    return {
        "none": _("Outcome drafted, not yet stated by you"),
        "mine": _("You have stated the outcome; the other side has not"),
        "theirs": _("Outcome stated by the other side, not yet by you"),
        "differing": _("What you and they stated differs"),
    }[seal(meeting, side)]


def _url(meeting: Meeting, page: str) -> str:
    return reverse(f"meetings:{page}", args=[meeting.fair.slug, meeting.pk])
