"""Opening a fair, closing it, and taking it back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.notices.decisions import tell_of_decisions
from fairplatform.policy import load
from meetings.models import Attendance, Meeting
from meetings.rounds.actions import tell_of_rounds
from meetings.versions.publishing import tell

from .checklist import Check, missing_to_open

State = Fair.State


@dataclass(frozen=True)
class StateChange:
    """A change of a fair's state, and what the page that asks for it says.

    `hindrance`: a code of errors.SENTENCES, or empty, where the fair is not ready for it.
    """

    name: str
    of: State
    to: State
    label: Promise
    question: Promise
    effects: tuple[Promise, ...]
    hindrance: Callable[[Fair], str] = lambda fair: ""
    lacks: Callable[[Fair], list[Check]] = lambda fair: []

    @property
    def route(self) -> str:
        return f"office:{self.name}"


def was_held(fair: Fair) -> bool:
    """Whether anybody was in a meeting of the fair, or a meeting counts as held."""
    return (
        Meeting.objects.filter(fair=fair, state__in=(Meeting.State.HELD, Meeting.State.MISSED)).exists()
        or Attendance.objects.filter(meeting__fair=fair).exists()
    )


CHANGES = (
    StateChange(
        "open", State.DRAFT, State.OPEN, _("Open the fair now"), _("Open the fair?"),
        (
            _("Everyone can see the fair: its name, days, hosts, halls, approved exhibitors and their products."),
            _("Approved companies see each other, and can request meetings and send messages."),
            _("Their staff, and interpreters, find their own schedule and messages here."),
        ),
        hindrance=lambda fair: "fair_not_ready" if missing_to_open(fair) else "",
        lacks=missing_to_open,
    ),
    StateChange(
        "close", State.OPEN, State.CLOSED, _("Close the fair"), _("Close the fair?"),
        (
            _("The fair stays as an archive: everyone can still read its pages and results."),
            _("It is listed as closed. You can open it again."),
        ),
    ),
    StateChange(
        "reopen", State.CLOSED, State.OPEN, _("Open the fair again"), _("Open the fair again?"),
        (_("The fair is listed as open again. Nothing else changes."),),
    ),
    StateChange(
        "withdraw", State.OPEN, State.DRAFT, _("Back to draft"), _("Take the fair back to draft?"),
        (_("Only organisers see the fair until you open it again. Everyone else finds nothing at its address."),),
        hindrance=lambda fair: "fair_was_held" if was_held(fair) else "",
    ),
)  # fmt: skip


def possible(fair: Fair) -> list[StateChange]:
    """The changes from the fair's present state; back to draft only while nothing was held."""
    changes = [change for change in CHANGES if change.of == fair.state]
    return [change for change in changes if change.to != State.DRAFT or not was_held(fair)]


@transaction.atomic
def change_state(actor: Actor, *, fair: int, change: StateChange, now: datetime) -> Fair:
    """Raises Refused where the fair has another state by now, or is not ready."""
    row: Fair = load(Fair, actor, "fair.organise", lock=True, pk=fair)
    if row.state != change.of:
        raise Refused("not_now")
    if code := change.hindrance(row):
        raise Refused(code)
    before, row.state = row.state, change.to
    row.save(update_fields=["state"])
    write_audit_entry(actor, "fair.organise", row, before={"state": before}, after={"state": row.state})
    tell(row, now=now)
    tell_of_rounds(row, now=now)
    tell_of_decisions(row, now=now)
    return row
