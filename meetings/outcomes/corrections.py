"""What both sides have agreed is corrected by both: one proposes another version, and the other confirms it.

Until then what was agreed holds. The ledger gets a new entry that names the old one.
"""

from datetime import datetime

from django.db import transaction

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from meetings.models import Correction, Outcome, OutcomeVersion, Statement
from meetings.models.meeting import Side

from .content import Content
from .queries import open_correction
from .recording import record
from .telling import notify_sides, publish_change
from .versions import check, end_links, lock_any_outcome, newest_of, own_side, write

PERMISSION = "outcome.confirm"


@transaction.atomic
def propose(
    actor: Actor, *, meeting: int, content: Content, base: int | None, now: datetime, hides_amount: bool = False
) -> Outcome:
    """Proposes for the actor's own side to say this instead of what was agreed; in place of an earlier proposal.

    Proposing what the other side has proposed is confirming it; proposing what is agreed changes nothing. `base`: as
    of `actions.submit`. Raises Refused: outcome_changed, outcome_not_agreed, and what `actions.submit` raises.
    """
    outcome, side = _lock(actor, meeting, now)
    check(content, outcome.meeting)
    found = open_correction(outcome)
    if found and found.side == side.other and Content.of(found.version) == content:
        return _confirm(outcome, found, actor, now, hides_amount)
    if content == Content.of(_agreed(outcome)) or (found and Content.of(found.version) == content):
        return outcome
    newest = newest_of(outcome)
    if (newest and newest.pk) != base:
        raise Refused("outcome_changed")
    version = write(outcome, actor, content, now)
    said = {"side": side, "version": version, "made_by": actor.user, "made_at": now, "hides_amount": hides_amount}
    Correction.objects.update_or_create(outcome=outcome, defaults=said)
    notify_sides(outcome, "correction_proposed", actor, now=now)
    publish_change(outcome, version, now)
    return outcome


@transaction.atomic
def confirm_correction(
    actor: Actor, *, meeting: int, version: int | None, now: datetime, hides_amount: bool = False
) -> Outcome:
    """Confirms for the actor's own side what the other one has proposed, by the key of its version. Idempotent.

    Raises Refused: outcome_changed for what is not proposed any more, one_side_only for whose own side has proposed it,
    and what loading raises.
    """
    outcome, side = _lock(actor, meeting, now)
    found = open_correction(outcome)
    if found is None and outcome.agreed_id == version:
        return outcome
    if found is None or found.version_id != version:
        raise Refused("outcome_changed")
    if found.side == side:
        raise Refused("one_side_only")
    return _confirm(outcome, found, actor, now, hides_amount)


@transaction.atomic
def drop_correction(actor: Actor, *, meeting: int, version: int | None, now: datetime) -> Outcome:
    """Keeps what was agreed: the side that has proposed this version takes it back, or the other declines. Idempotent.

    Raises Refused: outcome_changed where another version is proposed by now, and what loading raises.
    """
    outcome, _side = _lock(actor, meeting, now)
    found = open_correction(outcome)
    if found and found.version_id != version:
        raise Refused("outcome_changed")
    if found:
        found.delete()
        end_links(outcome, now)
        notify_sides(outcome, "correction_dropped", actor, now=now)
        publish_change(outcome, _agreed(outcome), now)
    return outcome


def _lock(actor: Actor, meeting: int, now: datetime) -> tuple[Outcome, Side]:
    """The agreed outcome of a meeting, whose row is locked, and the actor's side."""
    outcome = lock_any_outcome(actor, PERMISSION, meeting, now)
    if outcome.state != Outcome.State.AGREED:
        raise Refused("outcome_not_agreed")
    return outcome, own_side(outcome, actor)


def _agreed(outcome: Outcome) -> OutcomeVersion:
    assert outcome.agreed is not None
    return outcome.agreed


def _confirm(outcome: Outcome, found: Correction, actor: Actor, now: datetime, hides_amount: bool) -> Outcome:
    """Both sides state the new version from now on; its number and the day of the agreement stay."""
    # As for an agreement: whoever adds to the ledger has the fair's row.
    Fair.objects.select_for_update(no_key=True).get(pk=outcome.fair_id)
    before, version, side = _agreed(outcome), found.version, Side(found.side)
    outcome.statements.all().delete()
    for one, by, at, hides in (
        (side, found.made_by, found.made_at, found.hides_amount),
        (side.other, actor.user, now, hides_amount),
    ):
        Statement.objects.create(outcome=outcome, side=one, version=version, made_by=by, made_at=at, hides_amount=hides)
    outcome.agreed, outcome.corrected_at = version, now
    outcome.is_amount_hidden = found.hides_amount or hides_amount
    outcome.save(update_fields=["agreed", "corrected_at", "is_amount_hidden"])
    found.delete()
    end_links(outcome, now)
    numbers = {"before": {"version": before.number}, "after": {"version": version.number}}
    write_audit_entry(actor, PERMISSION, outcome.meeting, **numbers)
    record(outcome, actor, now=now)
    notify_sides(outcome, "outcome_corrected", actor, now=now)
    publish_change(outcome, version, now)
    return outcome
