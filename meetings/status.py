"""How a meeting looks to one of its sides: its display state, outcome progress, note and next link.

Everything here reads what is loaded already: see `day.queries.own_meetings` for the joins it wants.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairplatform.i18n.text import Translated
from meetings.models import Meeting, Outcome
from meetings.models.meeting import Side


@dataclass(frozen=True)
class ActionLink:
    """A link that offers the person what to do next."""

    url: str
    label: str


def partners(meeting: Meeting, side: Side | None) -> tuple[Translated, ...]:
    """The name of the other side's company; for an interpreter, both names."""
    return tuple(meeting.company_of(s).name for s in Side if s != side)


def display_state(meeting: Meeting, now: datetime) -> str:
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


def outcome_progress(meeting: Meeting, side: Side | None) -> str:
    """How far it is: none, drafted, mine (confirmed by `side` alone), theirs, differing, withdrawn or agreed.

    A correction of what was agreed is no step back: `is_correction_waiting`.
    """
    outcome = outcome_of(meeting)
    if outcome is None:
        return "none"
    if outcome.state != Outcome.State.ONE_SIDE:
        return str(outcome.state)
    return "mine" if any(confirmed.side == side for confirmed in outcome.statements.all()) else "theirs"


def is_correction_waiting(meeting: Meeting, side: Side | None) -> bool:
    """Whether the other side has proposed to correct what was agreed."""
    correction = getattr(outcome_of(meeting), "correction", None)
    return correction is not None and side is not None and correction.side != side


def next_link(meeting: Meeting, side: Side | None, now: datetime) -> ActionLink | None:
    """Entering the room while it is open; afterwards what the outcome still needs of this side."""
    if meeting.is_room_open(now):
        return ActionLink(page_url(meeting, "room"), _("Join"))
    if side is None or meeting.state != Meeting.State.HELD:
        return None
    if is_correction_waiting(meeting, side):
        return ActionLink(page_url(meeting, "outcome"), _("Compare"))
    labels = {
        "none": _("Record the outcome"),
        "drafted": _("Confirm"),
        "theirs": _("Confirm"),
        "differing": _("Compare"),
        "withdrawn": _("View"),
    }
    label = labels.get(outcome_progress(meeting, side))
    return ActionLink(page_url(meeting, "outcome"), label) if label else None


def page_url(meeting: Meeting, page: str) -> str:
    """The address of one of the meeting's pages: room, outcome or satisfaction."""
    return reverse(f"meetings:{page}", args=[meeting.fair.slug, meeting.pk])


def countdown(left: timedelta) -> str:
    """The time left as the page's own countdown writes it: 18:24 (mm:ss), then hours and minutes, then days."""
    seconds = max(0, int(left.total_seconds()))
    if seconds < 3600:
        return f"{seconds // 60:02}:{seconds % 60:02}"
    if seconds < 86_400:
        hours = seconds // 3600
        words = ngettext("%(hours)s h %(minutes)s min", "%(hours)s h %(minutes)s min", hours)
        return words % {"hours": hours, "minutes": seconds % 3600 // 60}
    days = seconds // 86_400
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def note(meeting: Meeting, side: Side | None, state: str, now: datetime) -> str:
    """One sentence on the meeting's display state, as `side` reads it."""
    if state == "running":
        minutes = max(1, round((meeting.ends_at - now).total_seconds() / 60))
        words = ngettext("In progress, %(minutes)s minute left", "In progress, %(minutes)s minutes left", minutes)
        return words % {"minutes": minutes}
    if state == "missed":
        return _missed_note(meeting, side)
    if state == "to-come" and meeting.by_telephone:
        return _("By telephone: you will be called")
    if state == "to-come":
        return _("Moved to this time") if meeting.moved_from_id else str(meeting.get_state_display())
    return _outcome_note(meeting, side)


def _missed_note(meeting: Meeting, side: Side | None) -> str:
    because = meeting.missed_because
    if side is not None and because in Side.values:
        away = because == side
        return _("Not held: your company did not attend") if away else _("Not held: the other company did not attend")
    return {
        Meeting.Missed.EXHIBITOR: _("Not held: the exhibitor did not attend"),
        Meeting.Missed.BUYER: _("Not held: the buyer did not attend"),
        Meeting.Missed.LINE: _("Not held: the connection failed"),
    }.get(Meeting.Missed(because), _("Not held: nobody attended"))


def _outcome_note(meeting: Meeting, side: Side | None) -> str:
    outcome = outcome_of(meeting)
    if outcome is None:
        return (
            _("Held; outcome not recorded yet")
            if meeting.state == Meeting.State.HELD
            else _("Ended; checking attendance")
        )
    if is_correction_waiting(meeting, side):
        return _("Agreed; the other side proposes a correction")
    if outcome.agreed:
        return _("Agreed: %(kind)s") % {"kind": outcome.agreed.get_kind_display()}
    if side is None:
        return str(outcome.get_state_display())
    return {
        "drafted": _("Outcome drafted; not yet submitted by you"),
        "mine": _("You have submitted the outcome; the other side has not"),
        "theirs": _("The other side has submitted the outcome; you have not"),
        "differing": _("The two records do not match"),
        "withdrawn": _("The confirmation was withdrawn"),
    }[outcome_progress(meeting, side)]
