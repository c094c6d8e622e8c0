"""For which side a person may confirm an outcome, the meetings that wait for that, and what was agreed."""

from datetime import datetime

from django.db.models import Max, Q, QuerySet

from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair
from fairplatform.policy import Role
from meetings.models import Correction, Meeting, Outcome, Participant
from meetings.models.meeting import Side

State = Outcome.State
MOST_TO_DRAFT = 30  # a floor assistant's could be hundreds


def represented_side(person: User, meeting: Meeting) -> Side:
    """The side a person confirms for: the one they are a party of, else one they manage, else the one they are on.

    Raises Refused("not_permitted") for people on neither side.
    """
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


def outcome_stamp(meeting: int) -> str:
    """A text that differs after each change of a meeting's outcome: a page with another one is out of date."""
    rows = Outcome.objects.filter(meeting=meeting).annotate(newest=Max("versions__number"))
    outcome = rows.select_related("correction").prefetch_related("statements").first()
    if outcome is None:
        return ""
    confirmed = {row.side: row.version_id for row in outcome.statements.all()}
    correction = getattr(outcome, "correction", None)
    proposed = f" {correction.side} {correction.version_id}" if correction else ""
    return f"{outcome.state} {outcome.newest} {' '.join(str(confirmed.get(side, '-')) for side in Side)}{proposed}"


def open_correction(outcome: Outcome) -> Correction | None:
    """What one side proposes instead of what was agreed."""
    return Correction.objects.filter(outcome=outcome).select_related("version", "made_by").first()


def agreed_outcomes(fair: Fair) -> QuerySet[Outcome]:
    """The agreed outcomes of a fair with the version agreed on, the newest first."""
    return Outcome.objects.filter(fair=fair, state=State.AGREED).select_related("agreed").order_by("-number")


def awaiting_confirmation(person: User, fair: Fair, now: datetime) -> list[Meeting]:
    """The meetings whose outcome, or a correction of it, this person's side has yet to confirm, and those without one.

    Whether one by telephone was held, its companies alone know: it counts as held once its time is over.
    """
    named = Q(pk__in=Participant.objects.filter(user=person, role=Role.PARTY).values("meeting"))
    managed = memberships(person, fair.pk).manager_of
    own = named | Q(exhibitor__in=managed) | Q(buyer__in=managed)
    not_agreed = Q(outcome__state__in=(State.DRAFTED, State.ONE_SIDE, State.DIFFERING, State.WITHDRAWN))
    by_telephone = Q(state=Meeting.State.CONFIRMED, by_telephone=True, slot__ends_at__lte=now)
    proposed = Q(outcome__correction__isnull=False)
    without_outcome = Q(Q(state=Meeting.State.HELD) | by_telephone, outcome__isnull=True)
    keys = Meeting.objects.filter(own, not_agreed | proposed | without_outcome, fair=fair).exclude(
        state=Meeting.State.CANCELLED
    )
    rows = (
        Meeting.objects.filter(pk__in=keys.values("pk"))
        .with_names()
        .select_related("outcome__correction")
        .prefetch_related("participants", "outcome__statements")
    )
    return [meeting for meeting in rows if not _is_confirmed_by(person, meeting)]


def awaiting_draft(person: User, fair: Fair, now: datetime) -> list[Meeting]:
    """Meetings that have begun and of which nobody has written an outcome, the latest first.

    Of a floor assistant all of the fair, of a liaison officer those of the companies of their units; of others none.
    """
    own = memberships(person, fair.pk)
    rows = Meeting.objects.filter(fair=fair, outcome__isnull=True, slot__starts_at__lte=now)
    rows = rows.filter(state__in=(Meeting.State.CONFIRMED, Meeting.State.HELD)).order_by("-slot__starts_at", "-pk")
    if Role.FLOOR_ASSISTANT not in own.roles:
        if not own.liaison_of:
            return []
        rows = rows.filter(Q(exhibitor__unit__in=own.liaison_of) | Q(buyer__unit__in=own.liaison_of))
    return list(rows.with_names()[:MOST_TO_DRAFT])


def _is_confirmed_by(person: User, meeting: Meeting) -> bool:
    """Whether the person's side has confirmed, or proposed a correction, and only the other one is missing."""
    outcome = getattr(meeting, "outcome", None)
    if outcome is not None and outcome.state == State.AGREED:
        return bool(outcome.correction.side == represented_side(person, meeting))
    if outcome is None or outcome.state != State.ONE_SIDE:
        return False
    return any(confirmed.side == represented_side(person, meeting) for confirmed in outcome.statements.all())
