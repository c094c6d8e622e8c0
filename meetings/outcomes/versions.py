"""What every act on an outcome does: locking it, whose side acts, and writing a version."""

from datetime import datetime, timedelta

from django.db.models import Max, Prefetch

from booths.models import Demand
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.rate_limits import limit_for
from fairplatform.errors import Refused
from fairplatform.policy import Role, load
from meetings.models import Meeting, Outcome, OutcomeLink, OutcomeVersion, Participant, Statement
from meetings.models.meeting import Side

from .content import Content
from .queries import represented_side

State = Outcome.State
VERSIONS, VERSIONS_WITHIN = 20, timedelta(hours=1)  # of one person


def lock_outcome(
    actor: Actor, permission: str, meeting: int, now: datetime, agreed_version: int | None = None
) -> Outcome:
    """The outcome of a meeting, whose row is locked. Once agreed, only confirming that version again is accepted."""
    outcome = lock_any_outcome(actor, permission, meeting, now)
    if outcome.state == State.AGREED and agreed_version != outcome.agreed_id:
        raise Refused("outcome_agreed")
    return outcome


def lock_any_outcome(actor: Actor, permission: str, meeting: int, now: datetime) -> Outcome:
    """The outcome of a meeting, agreed or not, whose row is locked."""
    loaded: Meeting = load(Meeting, actor, permission, lock=True, pk=meeting)
    if now < loaded.starts_at:
        raise Refused("outcome_early")
    return read_for_act(loaded)


def read_for_act(meeting: Meeting) -> Outcome:
    """The outcome of a meeting, made if there is none, with all that acts on it: once the meeting is locked."""
    rows = Outcome.objects.select_related(
        "agreed", "correction", "fair",
        "meeting__fair", "meeting__slot__day", "meeting__exhibitor__company", "meeting__buyer__company",
    ).prefetch_related(Prefetch("meeting__participants", Participant.objects.select_related("user")))  # fmt: skip
    outcome = rows.filter(meeting=meeting).first()
    if outcome is None:
        outcome = rows.get(pk=Outcome.objects.create(meeting=meeting, fair_id=meeting.fair_id).pk)
    outcome.confirmed_before = list(outcome.statements.select_related("version"))
    return outcome


def own_side(outcome: Outcome, actor: Actor) -> Side:
    """The side the actor confirms for, unless they have confirmed for the other one."""
    side = represented_side(actor.person, outcome.meeting)
    correction = getattr(outcome, "correction", None)
    said = [*outcome.confirmed_before, *([correction] if correction else [])]
    if any(one.made_by_id == actor.user.pk and one.side != side for one in said):
        raise Refused("one_side_only")
    return side


def newest_of(outcome: Outcome) -> OutcomeVersion | None:
    """The version that was written last."""
    return outcome.versions.last()


def statement_of(outcome: Outcome, side: Side) -> Statement | None:
    """What this side had confirmed when the outcome was locked."""
    return next((one for one in outcome.confirmed_before if one.side == side), None)


def confirmed_by(outcome: Outcome, side: Side) -> OutcomeVersion | None:
    """The version this side had confirmed when the outcome was locked."""
    statement = statement_of(outcome, side)
    return statement.version if statement else None


def check(content: Content, meeting: Meeting) -> None:
    """Raises Refused for content that this meeting cannot have."""
    content.check()
    own = Demand.objects.filter(participation=meeting.buyer_id)
    if content.demand_id is not None and not own.filter(pk=content.demand_id).exists():
        raise Refused("demand_of_another")


def write(outcome: Outcome, actor: Actor, content: Content, now: datetime) -> OutcomeVersion:
    """A new version, which ends the links to confirm an earlier one. Raises Refused("too_fast")."""
    recent = outcome.versions.filter(written_by=actor.user, written_at__gt=now - VERSIONS_WITHIN)
    if recent.count() >= limit_for(actor.user, VERSIONS):
        raise Refused("too_fast")
    number = (outcome.versions.aggregate(Max("number"))["number__max"] or 0) + 1
    named = next((one for one in outcome.meeting.participants.all() if one.user_id == actor.person.pk), None)
    side = named.side if named else outcome.meeting.side_of(actor.person)
    end_links(outcome, now)
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


def end_links(outcome: Outcome, now: datetime, *, but: tuple[OutcomeVersion, Side] | None = None) -> None:
    """Ends the links to confirm it, for it has changed since. `but`: those of this version and side stay."""
    rows = OutcomeLink.objects.filter(version__outcome=outcome, ended_at=None)
    if but:
        rows = rows.exclude(version=but[0], side=but[1])
    rows.update(ended_at=now, ended_because=OutcomeLink.Ended.CHANGED)
