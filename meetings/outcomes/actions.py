"""Drafting an outcome, and each side's statement of it. The same version stated by both sides is agreed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from fairplatform.accounts.actor import Actor, audit
from fairplatform.accounts.models import User
from fairplatform.accounts.pace import shared
from fairplatform.errors import Refused
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair
from fairplatform.notices.actions import notify
from fairplatform.policy import Role, load
from fairplatform.realtime.publish import publish
from meetings.figures.protocol import OutcomeChanged
from meetings.figures.tiles import publish_agreed, publish_tile, publish_totals
from meetings.models import Meeting, Outcome, OutcomeVersion, Participant, Statement
from meetings.models.meeting import Side
from meetings.pairing import office

from .terms import Terms

State = Outcome.State
# What one is told of an outcome while it changes: once, as it stands.
OVERTAKEN = ("outcome_drafted", "outcome_stated", "outcome_differs")
VERSIONS, VERSIONS_WITHIN = 20, timedelta(hours=1)  # of one person


@transaction.atomic
def draft(actor: Actor, *, meeting: int, fields: Terms, now: datetime) -> OutcomeVersion:
    """Writes a version for both sides to confirm; binds nobody. Sent twice, it is written once."""
    outcome = _outcome(actor, "outcome.draft", meeting, now)
    fields.check()
    newest = _newest(outcome)
    if newest and Terms.of(newest) == fields:
        return newest
    version = _write(outcome, actor, fields, now)
    if actor.is_proxy:
        audit(actor, "outcome.draft", outcome.meeting, after={"version": version.number})
    _tell(outcome, version, "outcome_drafted", actor, now=now)
    return version


@transaction.atomic
def submit(actor: Actor, *, meeting: int, version: int | None, now: datetime, fields: Terms | None = None) -> Outcome:
    """States the outcome for the actor's own side: confirms a version, or corrects it with `fields` of their own.

    `version`: the key of the version that was before their eyes, None when there was none. Confirmed are the newest
    version or the one the other side stands by; any other has been overtaken: Refused("outcome_changed"), as for a
    correction of what is no longer the newest. Done twice, it is done once. Never by proxy, never for both sides.
    """
    outcome = _outcome(actor, "outcome.confirm", meeting, now, agreed_version=version)
    side = side_for(actor.person, outcome.meeting)
    if outcome.statements.filter(made_by=actor.user).exclude(side=side).exists():
        raise Refused("one_side_only")
    if outcome.state == State.AGREED:
        return outcome
    chosen = _corrected(outcome, actor, side, version, fields, now) if fields else _offered(outcome, side, version)
    _stand_by(outcome, actor, side, chosen, now)
    return outcome


def side_for(person: Any, meeting: Meeting) -> Side:
    """The side somebody may speak for: whose party they are, else which they manage; at last the one they are on."""
    named = next((p for p in meeting.participants.all() if p.user_id == person.pk and p.side), None)
    if named and named.role == Role.PARTY:
        return Side(named.side)
    managed = memberships(person, meeting.fair_id).manager_of
    for side, pk in ((Side.EXHIBITOR, meeting.exhibitor_id), (Side.BUYER, meeting.buyer_id)):
        if pk in managed:
            return side
    own = Side(named.side) if named else meeting.side_of(person)
    if own is None:
        raise Refused("not_permitted")
    return own


def to_confirm(person: Any, fair: Fair) -> list[Meeting]:
    """The meetings whose outcome waits for this person's side: undecided ones, and rounds held without any."""
    named = Q(pk__in=Participant.objects.filter(user=person, role=Role.PARTY).values("meeting"))
    managed = memberships(person, fair.pk).manager_of
    own = named | Q(exhibitor__in=managed) | Q(buyer__in=managed)
    undecided = Q(outcome__state__in=(State.DRAFTED, State.ONE_SIDE, State.DIFFERING))
    unstated = Q(outcome__isnull=True, state=Meeting.State.HELD)
    keys = Meeting.objects.filter(own, undecided | unstated, fair=fair).exclude(state=Meeting.State.CANCELLED)
    rows = (
        Meeting.objects.filter(pk__in=keys.values("pk"))
        .with_names()
        .select_related("outcome")
        .prefetch_related("participants", "outcome__statements")
    )
    return [meeting for meeting in rows if _waits_for(meeting, person)]


def _waits_for(meeting: Meeting, person: Any) -> bool:
    outcome = getattr(meeting, "outcome", None)
    if outcome is None or outcome.state != State.ONE_SIDE:
        return True
    return all(stated.side != side_for(person, meeting) for stated in outcome.statements.all())


def _outcome(actor: Actor, permission: str, meeting: int, now: datetime, agreed_version: int | None = None) -> Outcome:
    """The outcome of a meeting, its meeting locked. Nothing more is said once it is agreed, except that again."""
    found: Meeting = load(Meeting, actor, permission, lock=True, pk=meeting)
    if now < found.starts_at:
        raise Refused("outcome_early")
    outcome, _ = Outcome.objects.get_or_create(meeting=found, defaults={"fair": found.fair})
    if outcome.state == State.AGREED and agreed_version != outcome.agreed_id:
        raise Refused("outcome_agreed")
    return outcome


def _newest(outcome: Outcome) -> OutcomeVersion | None:
    return outcome.versions.last()


def _stated(outcome: Outcome, side: Side) -> OutcomeVersion | None:
    statement = outcome.statements.filter(side=side).select_related("version").first()
    return statement.version if statement else None


def _offered(outcome: Outcome, side: Side, version: int | None) -> OutcomeVersion:
    """The version of this key, if this side may confirm it now."""
    offered = (_newest(outcome), _stated(outcome, side.other), _stated(outcome, side))
    for candidate in offered:
        if candidate and candidate.pk == version:
            return candidate
    raise Refused("outcome_changed")


def _corrected(
    outcome: Outcome, actor: Actor, side: Side, seen: int | None, fields: Terms, now: datetime
) -> OutcomeVersion:
    """The version that says `fields`: one that stands already, when it says the same, otherwise a new one."""
    fields.check()
    newest = _newest(outcome)
    for known in (_stated(outcome, side.other), newest):
        if known and Terms.of(known) == fields:
            return known
    if (newest and newest.pk) != seen:
        raise Refused("outcome_changed")
    return _write(outcome, actor, fields, now)


def _write(outcome: Outcome, actor: Actor, fields: Terms, now: datetime) -> OutcomeVersion:
    written = outcome.versions.filter(written_by=actor.user, written_at__gt=now - VERSIONS_WITHIN)
    if written.count() >= shared(actor.user, VERSIONS):
        raise Refused("too_fast")
    number = (outcome.versions.aggregate(Max("number"))["number__max"] or 0) + 1
    named = outcome.meeting.participants.filter(user=actor.person).first()
    side = named.side if named else outcome.meeting.side_of(actor.person)
    return OutcomeVersion.objects.create(
        outcome=outcome,
        number=number,
        written_by=actor.user,
        on_behalf_of=actor.on_behalf_of,
        written_as=side or Role.INTERPRETER,
        written_at=now,
        **fields.as_fields(),
    )


def _stand_by(outcome: Outcome, actor: Actor, side: Side, version: OutcomeVersion, now: datetime) -> None:
    """Keeps the statement and tells everybody what follows from it; the same statement again changes nothing."""
    mine = outcome.statements.filter(side=side).first()
    if mine and mine.version_id == version.pk:
        return
    Statement.objects.update_or_create(
        outcome=outcome, side=side, defaults={"version": version, "made_by": actor.user, "made_at": now}
    )
    theirs = _stated(outcome, side.other)
    if theirs is None:
        _move(outcome, State.ONE_SIDE)
        _tell(outcome, version, "outcome_stated", actor, now=now)
    elif theirs.pk != version.pk:
        _move(outcome, State.DIFFERING)
        _tell(outcome, version, "outcome_differs", actor, now=now)
    else:
        _agree(outcome, version, now)
        _tell(outcome, version, "outcome_agreed", actor, now=now)


def _move(outcome: Outcome, state: Outcome.State) -> None:
    outcome.state = state
    outcome.save(update_fields=["state"])


def _agree(outcome: Outcome, version: OutcomeVersion, now: datetime) -> None:
    """Gives the outcome its number in the fair; a round both confirm was held, whatever the line told the clock."""
    # The fair's row is held while its next number is given, so that two outcomes never take the same.
    Fair.objects.select_for_update(no_key=True).get(pk=outcome.fair_id)
    last = Outcome.objects.filter(fair=outcome.fair_id).aggregate(Max("number"))["number__max"] or 0
    outcome.state, outcome.agreed, outcome.agreed_at, outcome.number = State.AGREED, version, now, last + 1
    outcome.save(update_fields=["state", "agreed", "agreed_at", "number"])
    meeting = outcome.meeting
    if meeting.state != Meeting.State.HELD:
        meeting.state, meeting.missed_because, meeting.held_at = Meeting.State.HELD, "", now
        meeting.save(update_fields=["state", "missed_because", "held_at"])


def _tell(outcome: Outcome, version: OutcomeVersion, code: str, actor: Actor, *, now: datetime) -> None:
    """The open pages of the meeting, the parties of both sides, the control room, the fair's figures."""
    meeting = outcome.meeting
    publish(meeting.topic, OutcomeChanged(state=outcome.state, version=version.number))
    for side in Side:
        if code == "outcome_stated" and side == side_for(actor.person, meeting):
            continue
        notify(
            _parties(meeting, side, without=actor.user),
            fair=meeting.fair,
            code=code,
            parameters={"company": meeting.company_of(side.other).name},
            path=f"{meeting.get_absolute_url()}outcome/",
            now=now,
            overtakes=OVERTAKEN,
        )
    if outcome.state == State.AGREED:
        publish_tile(meeting, now)
        publish_agreed(outcome)
    publish_totals(meeting.fair, now)


def _parties(meeting: Meeting, side: Side, *, without: User) -> Iterable[User]:
    """Those who speak for a side, but for this person; when all who were named have left, the company's office."""
    rows = meeting.participants.filter(role=Role.PARTY, side=side).select_related("user")
    people = [row.user for row in rows] or office(meeting.exhibitor if side == Side.EXHIBITOR else meeting.buyer)
    return [user for user in people if user != without]
