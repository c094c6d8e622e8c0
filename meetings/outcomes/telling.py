"""Notices about an outcome, and its new state for the pages that show it."""

from collections.abc import Iterable
from datetime import datetime

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.notices.actions import notify
from fairplatform.policy import Role
from fairplatform.realtime.publish import publish
from meetings.figures.publishing import publish_agreed, publish_figures_on_commit
from meetings.models import Meeting, Outcome, OutcomeVersion
from meetings.models.meeting import Side
from meetings.staffing import representatives
from meetings.status import page_url

from .protocol import OutcomeChanged
from .queries import represented_side

State = Outcome.State
# Unread notices of these codes are replaced: a person is notified once, of the outcome as it is now.
REPLACED = (
    "outcome_asked", "outcome_drafted", "outcome_stated", "outcome_differs", "outcome_withdrawn",
    "correction_proposed", "correction_dropped",
)  # fmt: skip
TO_THE_OTHER_SIDE = ("outcome_stated", "outcome_withdrawn", "correction_proposed", "correction_dropped")


def notify_sides(outcome: Outcome, code: str, actor: Actor, *, now: datetime) -> None:
    """Notifies the parties of both sides; of what one side has done alone, only those of the other."""
    meeting = outcome.meeting
    for side in Side:
        if code in TO_THE_OTHER_SIDE and side == represented_side(actor.person, meeting):
            continue
        notify(
            _parties(meeting, side, exclude=actor.user),
            fair=meeting.fair,
            code=code,
            parameters={"company": meeting.company_of(side.other).name},
            path=page_url(meeting, "outcome"),
            now=now,
            supersedes=REPLACED,
        )


def publish_change(outcome: Outcome, version: OutcomeVersion, now: datetime) -> None:
    """Publishes the outcome's new state to the meeting's pages and the control room."""
    publish(outcome.meeting.topic, OutcomeChanged(state=outcome.state, version=version.number))
    if outcome.state == State.AGREED:
        publish_agreed(outcome)
    publish_figures_on_commit(outcome.meeting.fair, now)


def _parties(meeting: Meeting, side: Side, *, exclude: User) -> Iterable[User]:
    """A side's parties except one person; if all of them have left the company, its representatives."""
    rows = meeting.participants.all()
    company = meeting.exhibitor if side == Side.EXHIBITOR else meeting.buyer
    people = [row.user for row in rows if (row.role, row.side) == (Role.PARTY, side)] or representatives(company)
    return [user for user in people if user != exclude]
