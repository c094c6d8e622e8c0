"""Drafting and confirming the outcome of a meeting. It is agreed once both sides have confirmed the same version.

A draft is a version that binds nobody. A side confirms a version that exists, or submits content of its own, which
drafts a version and confirms it. A row of `Statement` is a side's confirmation. docs/outcomes.md draws the states.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from meetings.figures.publishing import publish_tile
from meetings.models import Meeting, Outcome, OutcomeVersion, Statement
from meetings.models.meeting import Side

from .content import Content
from .recording import record
from .telling import notify_sides, publish_change
from .versions import check, confirmed_by, end_links, lock_outcome, newest_of, own_side, statement_of, write

State = Outcome.State


@transaction.atomic
def draft(actor: Actor, *, meeting: int, content: Content, now: datetime) -> OutcomeVersion:
    """Writes a version for both sides to confirm. The same content sent twice is written once.

    Raises Refused: outcome_early, outcome_agreed, demand_of_another, too_fast, what `Content.check` and loading raise.
    """
    outcome = lock_outcome(actor, "outcome.draft", meeting, now)
    check(content, outcome.meeting)
    newest = newest_of(outcome)
    if newest and Content.of(newest) == content:
        return newest
    version = write(outcome, actor, content, now)
    if actor.is_proxy:
        write_audit_entry(actor, "outcome.draft", outcome.meeting, after={"version": version.number})
    if outcome.state == State.WITHDRAWN:
        _set_state(outcome, State.DRAFTED)
    notify_sides(outcome, "outcome_drafted", actor, now=now)
    publish_change(outcome, version, now)
    return version


@transaction.atomic
def confirm(actor: Actor, *, meeting: int, version: int | None, now: datetime, hides_amount: bool = False) -> Outcome:
    """Confirms a version, by its key, for the actor's own side. Idempotent.

    Only the newest version, and those the sides have confirmed, can be confirmed: any other has been replaced, and
    raises Refused("outcome_changed"). Never by proxy, and never by one person for both sides: Refused("one_side_only").
    `hides_amount`: the side shows the amount to the other side alone; no total tells it (ledger/hidden.py).
    """
    outcome = lock_outcome(actor, "outcome.confirm", meeting, now, agreed_version=version)
    side = own_side(outcome, actor)
    if outcome.state != State.AGREED:
        confirm_locked(outcome, actor, side, _confirmable(outcome, side, version), now, hides_amount)
    return outcome


@transaction.atomic
def submit(
    actor: Actor, *, meeting: int, content: Content, base: int | None, now: datetime, hides_amount: bool = False
) -> Outcome:
    """Drafts a version with this content and confirms it for the actor's own side; see `confirm`.

    `base`: the key of the version that was the newest when the content was written, None if there was none. If it is
    not the newest any more, raises Refused("outcome_changed").
    """
    outcome = lock_outcome(actor, "outcome.confirm", meeting, now, agreed_version=base)
    side = own_side(outcome, actor)
    if outcome.state != State.AGREED:
        version = _version_with(content, outcome, actor, side, base, now)
        confirm_locked(outcome, actor, side, version, now, hides_amount)
    return outcome


@transaction.atomic
def withdraw(actor: Actor, *, meeting: int, now: datetime) -> Outcome:
    """Takes back what the actor's own side has confirmed, which stays as a draft. Idempotent.

    Raises Refused: outcome_agreed, not_now where nothing was ever written, what `confirm` raises.
    """
    outcome = lock_outcome(actor, "outcome.confirm", meeting, now)
    side, newest = own_side(outcome, actor), newest_of(outcome)
    if newest is None:
        raise Refused("not_now")
    own, other = statement_of(outcome, side), statement_of(outcome, side.other)
    if own:
        own.delete()
        end_links(outcome, now)
        # Without any confirmation the version stays as a draft, with an amount that is still hidden.
        if other:
            outcome.is_amount_hidden = other.hides_amount
        _set_state(outcome, State.ONE_SIDE if other else State.WITHDRAWN)
        notify_sides(outcome, "outcome_withdrawn", actor, now=now)
        publish_change(outcome, newest, now)
    return outcome


def _confirmable(outcome: Outcome, side: Side, version: int | None) -> OutcomeVersion:
    """The version with this key, if this side may confirm it now."""
    for candidate in (newest_of(outcome), confirmed_by(outcome, side.other), confirmed_by(outcome, side)):
        if candidate and candidate.pk == version:
            return candidate
    raise Refused("outcome_changed")


def _version_with(
    content: Content, outcome: Outcome, actor: Actor, side: Side, base: int | None, now: datetime
) -> OutcomeVersion:
    """The version with this content: the newest or the other side's if it is the same, otherwise a new one."""
    check(content, outcome.meeting)
    newest = newest_of(outcome)
    for version in (confirmed_by(outcome, side.other), newest):
        if version and Content.of(version) == content:
            return version
    if (newest and newest.pk) != base:
        raise Refused("outcome_changed")
    return write(outcome, actor, content, now)


def confirm_locked(
    outcome: Outcome, actor: Actor, side: Side, version: OutcomeVersion, now: datetime, hides_amount: bool
) -> None:
    """Stores the confirmation and what follows from it, once the meeting is locked; the same again changes nothing."""
    own, other = statement_of(outcome, side), statement_of(outcome, side.other)
    if own and (own.version_id, own.hides_amount) == (version.pk, hides_amount):
        return
    own = own or Statement(outcome=outcome, side=side)
    own.version, own.made_by, own.made_at, own.hides_amount = version, actor.user, now, hides_amount
    own.save()
    outcome.is_amount_hidden = hides_amount or bool(other and other.hides_amount)
    end_links(outcome, now, but=(version, side.other))
    if other is None:
        _set_state(outcome, State.ONE_SIDE)
        code = "outcome_stated"
    elif other.version_id != version.pk:
        _set_state(outcome, State.DIFFERING)
        code = "outcome_differs"
    else:
        _agree(outcome, version, actor, now)
        code = "outcome_agreed"
    notify_sides(outcome, code, actor, now=now)
    publish_change(outcome, version, now)


def _set_state(outcome: Outcome, state: Outcome.State) -> None:
    outcome.state = state
    outcome.save(update_fields=["state", "is_amount_hidden"])


def _agree(outcome: Outcome, version: OutcomeVersion, actor: Actor, now: datetime) -> None:
    """Gives the outcome its number in the fair, and the ledger its entry where the kind has one.

    The meeting counts as held, even if the clock marked it as missed.
    """
    # Locking the fair's row keeps two outcomes from getting the same number.
    Fair.objects.select_for_update(no_key=True).get(pk=outcome.fair_id)
    last = Outcome.objects.filter(fair=outcome.fair_id).aggregate(Max("number"))["number__max"] or 0
    outcome.state, outcome.agreed, outcome.agreed_at, outcome.number = State.AGREED, version, now, last + 1
    outcome.save(update_fields=["state", "agreed", "agreed_at", "number", "is_amount_hidden"])
    meeting = outcome.meeting
    if meeting.state != Meeting.State.HELD:
        meeting.state, meeting.missed_because, meeting.held_at = Meeting.State.HELD, "", now
        meeting.save(update_fields=["state", "missed_because", "held_at"])
        publish_tile(meeting, now)
    record(outcome, actor, now=now)
