"""Drafting and confirming the outcome of a meeting. It is agreed once both sides have confirmed the same version.

A draft is a version that binds nobody. A side confirms a version that exists, or submits content of its own, which
drafts a version and confirms it. A row of `Statement` is a side's confirmation. docs/outcomes.md draws the states.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from booths.models import Demand
from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import User
from fairplatform.accounts.rate_limits import limit_for
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.notices.actions import notify
from fairplatform.policy import Role, load
from fairplatform.realtime.publish import publish
from meetings.figures.publishing import publish_agreed, publish_figures_on_commit, publish_tile
from meetings.models import Meeting, Outcome, OutcomeVersion, Statement
from meetings.models.meeting import Side
from meetings.staffing import representatives
from meetings.status import page_url

from .content import Content
from .protocol import OutcomeChanged
from .queries import represented_side
from .recording import record

State = Outcome.State
# Unread notices of these codes are replaced: a person is notified once, of the outcome as it is now.
REPLACED = ("outcome_asked", "outcome_drafted", "outcome_stated", "outcome_differs", "outcome_withdrawn")
TO_THE_OTHER_SIDE = ("outcome_stated", "outcome_withdrawn")
VERSIONS, VERSIONS_WITHIN = 20, timedelta(hours=1)  # of one person


@transaction.atomic
def draft(actor: Actor, *, meeting: int, content: Content, now: datetime) -> OutcomeVersion:
    """Writes a version for both sides to confirm. The same content sent twice is written once.

    Raises Refused: outcome_early, outcome_agreed, demand_of_another, too_fast, what `Content.check` and loading raise.
    """
    outcome = _lock_outcome(actor, "outcome.draft", meeting, now)
    _check(content, outcome.meeting)
    newest = _newest(outcome)
    if newest and Content.of(newest) == content:
        return newest
    version = _write(outcome, actor, content, now)
    if actor.is_proxy:
        write_audit_entry(actor, "outcome.draft", outcome.meeting, after={"version": version.number})
    if outcome.state == State.WITHDRAWN:
        _set_state(outcome, State.DRAFTED)
    _notify(outcome, "outcome_drafted", actor, now=now)
    _publish(outcome, version, now)
    return version


@transaction.atomic
def confirm(actor: Actor, *, meeting: int, version: int | None, now: datetime, hides_amount: bool = False) -> Outcome:
    """Confirms a version, by its key, for the actor's own side. Idempotent.

    Only the newest version, and those the sides have confirmed, can be confirmed: any other has been replaced, and
    raises Refused("outcome_changed"). Never by proxy, and never by one person for both sides: Refused("one_side_only").
    `hides_amount`: the side shows the amount to the other side alone; no total tells it (ledger/hidden.py).
    """
    outcome = _lock_outcome(actor, "outcome.confirm", meeting, now, agreed_version=version)
    side = _own_side(outcome, actor)
    if outcome.state != State.AGREED:
        _confirm(outcome, actor, side, _confirmable(outcome, side, version), now, hides_amount)
    return outcome


@transaction.atomic
def submit(
    actor: Actor, *, meeting: int, content: Content, base: int | None, now: datetime, hides_amount: bool = False
) -> Outcome:
    """Drafts a version with this content and confirms it for the actor's own side; see `confirm`.

    `base`: the key of the version that was the newest when the content was written, None if there was none. If it is
    not the newest any more, raises Refused("outcome_changed").
    """
    outcome = _lock_outcome(actor, "outcome.confirm", meeting, now, agreed_version=base)
    side = _own_side(outcome, actor)
    if outcome.state != State.AGREED:
        version = _version_with(content, outcome, actor, side, base, now)
        _confirm(outcome, actor, side, version, now, hides_amount)
    return outcome


@transaction.atomic
def withdraw(actor: Actor, *, meeting: int, now: datetime) -> Outcome:
    """Takes back what the actor's own side has confirmed, which stays as a draft. Idempotent.

    Raises Refused: outcome_agreed, not_now where nothing was ever written, what `confirm` raises.
    """
    outcome = _lock_outcome(actor, "outcome.confirm", meeting, now)
    side, newest = _own_side(outcome, actor), _newest(outcome)
    if newest is None:
        raise Refused("not_now")
    taken, _by_model = outcome.statements.filter(side=side).delete()
    if taken:
        # Without any confirmation the version stays as a draft, with an amount that is still hidden.
        if _confirmed(outcome, side.other):
            outcome.is_amount_hidden = outcome.statements.filter(hides_amount=True).exists()
        _set_state(outcome, State.ONE_SIDE if _confirmed(outcome, side.other) else State.WITHDRAWN)
        _notify(outcome, "outcome_withdrawn", actor, now=now)
        _publish(outcome, newest, now)
    return outcome


def _own_side(outcome: Outcome, actor: Actor) -> Side:
    """The side the actor confirms for, unless they have confirmed for the other one."""
    side = represented_side(actor.person, outcome.meeting)
    if outcome.statements.filter(made_by=actor.user).exclude(side=side).exists():
        raise Refused("one_side_only")
    return side


def _lock_outcome(
    actor: Actor, permission: str, meeting: int, now: datetime, agreed_version: int | None = None
) -> Outcome:
    """The outcome of a meeting, whose row is locked. Once agreed, only confirming that version again is accepted."""
    loaded: Meeting = load(Meeting, actor, permission, lock=True, pk=meeting)
    if now < loaded.starts_at:
        raise Refused("outcome_early")
    outcome, _ = Outcome.objects.get_or_create(meeting=loaded, defaults={"fair": loaded.fair})
    if outcome.state == State.AGREED and agreed_version != outcome.agreed_id:
        raise Refused("outcome_agreed")
    return outcome


def _check(content: Content, meeting: Meeting) -> None:
    content.check()
    own = Demand.objects.filter(participation=meeting.buyer_id)
    if content.demand_id is not None and not own.filter(pk=content.demand_id).exists():
        raise Refused("demand_of_another")


def _newest(outcome: Outcome) -> OutcomeVersion | None:
    return outcome.versions.last()


def _confirmed(outcome: Outcome, side: Side) -> OutcomeVersion | None:
    """The version this side has confirmed."""
    statement = outcome.statements.filter(side=side).select_related("version").first()
    return statement.version if statement else None


def _confirmable(outcome: Outcome, side: Side, version: int | None) -> OutcomeVersion:
    """The version with this key, if this side may confirm it now."""
    for candidate in (_newest(outcome), _confirmed(outcome, side.other), _confirmed(outcome, side)):
        if candidate and candidate.pk == version:
            return candidate
    raise Refused("outcome_changed")


def _version_with(
    content: Content, outcome: Outcome, actor: Actor, side: Side, base: int | None, now: datetime
) -> OutcomeVersion:
    """The version with this content: the newest or the other side's if it is the same, otherwise a new one."""
    _check(content, outcome.meeting)
    newest = _newest(outcome)
    for version in (_confirmed(outcome, side.other), newest):
        if version and Content.of(version) == content:
            return version
    if (newest and newest.pk) != base:
        raise Refused("outcome_changed")
    return _write(outcome, actor, content, now)


def _write(outcome: Outcome, actor: Actor, content: Content, now: datetime) -> OutcomeVersion:
    recent = outcome.versions.filter(written_by=actor.user, written_at__gt=now - VERSIONS_WITHIN)
    if recent.count() >= limit_for(actor.user, VERSIONS):
        raise Refused("too_fast")
    number = (outcome.versions.aggregate(Max("number"))["number__max"] or 0) + 1
    named = outcome.meeting.participants.filter(user=actor.person).first()
    side = named.side if named else outcome.meeting.side_of(actor.person)
    return OutcomeVersion.objects.create(
        outcome=outcome,
        number=number,
        written_by=actor.user,
        on_behalf_of=actor.on_behalf_of,
        written_as=side or (named.role if named else _role(outcome.meeting, actor)),
        written_at=now,
        **content.as_fields(),
    )


def _role(meeting: Meeting, actor: Actor) -> Role:
    """As what somebody of neither side, who is not named for the meeting, writes a version."""
    roles = meeting.roles_of(actor.person)
    return next(role for role in (Role.ORGANISER, Role.LIAISON, Role.FLOOR_ASSISTANT) if role in roles)


def _confirm(
    outcome: Outcome, actor: Actor, side: Side, version: OutcomeVersion, now: datetime, hides_amount: bool
) -> None:
    """Stores the confirmation and what follows from it. Confirming the same version again changes nothing."""
    if outcome.statements.filter(side=side, version=version, hides_amount=hides_amount).exists():
        return
    made = {"version": version, "made_by": actor.user, "made_at": now, "hides_amount": hides_amount}
    Statement.objects.update_or_create(outcome=outcome, side=side, defaults=made)
    outcome.is_amount_hidden = outcome.statements.filter(hides_amount=True).exists()
    other = _confirmed(outcome, side.other)
    if other is None:
        _set_state(outcome, State.ONE_SIDE)
        code = "outcome_stated"
    elif other.pk != version.pk:
        _set_state(outcome, State.DIFFERING)
        code = "outcome_differs"
    else:
        _agree(outcome, version, actor, now)
        code = "outcome_agreed"
    _notify(outcome, code, actor, now=now)
    _publish(outcome, version, now)


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
    record(outcome, actor, now=now)


def _notify(outcome: Outcome, code: str, actor: Actor, *, now: datetime) -> None:
    """Notifies the parties of both sides; of a first confirmation and a withdrawal, only those of the other side."""
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


def _publish(outcome: Outcome, version: OutcomeVersion, now: datetime) -> None:
    """Publishes the outcome's new state to the meeting's pages and the control room."""
    publish(outcome.meeting.topic, OutcomeChanged(state=outcome.state, version=version.number))
    if outcome.state == State.AGREED:
        publish_tile(outcome.meeting, now)
        publish_agreed(outcome)
    publish_figures_on_commit(outcome.meeting.fair, now)


def _parties(meeting: Meeting, side: Side, *, exclude: User) -> Iterable[User]:
    """A side's parties except one person; if all of them have left the company, its representatives."""
    rows = meeting.participants.filter(role=Role.PARTY, side=side).select_related("user")
    company = meeting.exhibitor if side == Side.EXHIBITOR else meeting.buyer
    people = [row.user for row in rows] or representatives(company)
    return [user for user in people if user != exclude]
