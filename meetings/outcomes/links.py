"""Links by which one person confirms one version of an outcome for their side: once, with a code, not signed in."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import User
from fairplatform.accounts.models.credentials import Issued, digest
from fairplatform.errors import Refused
from fairplatform.policy import may
from meetings.models import Meeting, Outcome, OutcomeLink, OutcomeVersion
from meetings.models.meeting import Side

from .actions import confirm
from .corrections import confirm_correction
from .queries import represented_side

PERMISSION, ISSUING = "outcome.confirm", "fair.organise"
IssuedOutcomeLink = Issued[OutcomeLink]


def version_to_confirm(outcome: Outcome, side: Side) -> OutcomeVersion | None:
    """What this side is asked to confirm: a correction, what the other has confirmed, or a draft; None once it has."""
    correction = getattr(outcome, "correction", None)
    if outcome.state == Outcome.State.AGREED:
        return correction.version if correction and correction.side != side else None
    stated = {one.side: one.version for one in outcome.statements.select_related("version")}
    if side in stated and len(stated) == 1:
        return None
    found: OutcomeVersion | None = stated.get(side.other) or outcome.versions.last()
    return found


def may_confirm(person: User, meeting: Meeting, side: Side) -> bool:
    """Whether this person confirms for this side, and has said nothing for the other."""
    if not may(Actor(person), PERMISSION, meeting) or represented_side(person, meeting) != side:
        return False
    outcome = getattr(meeting, "outcome", None)
    return outcome is None or not outcome.statements.filter(made_by=person).exclude(side=side).exists()


def make_links(
    people: Collection[User], *, version: OutcomeVersion, side: Side, issued_by: User | None, now: datetime
) -> list[IssuedOutcomeLink]:
    """A new link for each of them, whose earlier ones to this outcome end. Called in a transaction."""
    earlier = OutcomeLink.objects.filter(user__in=people, version__outcome=version.outcome_id, ended_at=None)
    earlier.update(ended_at=now, ended_because=OutcomeLink.Ended.REPLACED)
    issued = [OutcomeLink.make(one, version=version, side=side, issued_by=issued_by, now=now) for one in people]
    OutcomeLink.objects.bulk_create([one.link for one in issued])
    return issued


def find_link(*, fair: str, secret: str) -> OutcomeLink | None:
    """The link with this secret, ended or not, of somebody who may come in. `fair`: its slug."""
    rows = OutcomeLink.objects.filter(digest=digest(secret), version__outcome__fair__slug=fair, user__is_active=True)
    return rows.select_related("user", "issued_by", "version__outcome__meeting__fair").first()


def open_link(link: OutcomeLink, *, secret: str, code: str, now: datetime) -> None:
    """Checks the code. Raises Refused("code_wrong") or, where it is of no use any more, Refused("outcome_link_ended").

    It is of none once its person does not confirm for that side any more, or whoever has handed it out organises the
    fair no more. A wrong code uses up one of the link's five tries, committed before the response.
    """
    meeting = link.version.outcome.meeting
    if link.issued_by and not may(Actor(link.issued_by), ISSUING, meeting.fair):
        raise Refused("outcome_link_ended")
    if not may_confirm(link.user, meeting, Side(link.side)):
        raise Refused("outcome_link_ended")
    with transaction.atomic():
        locked = OutcomeLink.objects.select_for_update().get(pk=link.pk)
        if not locked.is_usable(now):
            raise Refused("outcome_link_ended")
        is_right = locked.is_code(secret, code)
        if not is_right:
            OutcomeLink.objects.filter(pk=link.pk).update(tries=F("tries") + 1)
    left = OutcomeLink.TRIES - locked.tries - 1
    if not is_right:
        raise Refused("code_wrong", left=left) if left > 0 else Refused("outcome_link_ended")


def confirm_by_link(
    link: OutcomeLink, *, secret: str, code: str, now: datetime, hides_amount: bool = False
) -> OutcomeLink:
    """Confirms its version for the side of its person, and ends it. Sent again by the same press, it changes nothing.

    Raises what `open_link` and confirming raise: nobody confirms by a link what they may not confirm signed in.
    """
    if link.ended_because == OutcomeLink.Ended.USED:
        return link
    outcome = link.version.outcome
    try:
        open_link(link, secret=secret, code=code, now=now)
    except Refused:
        # Of two presses at once the second is too late to open it, and has confirmed with the first.
        link.refresh_from_db(fields=["ended_at", "ended_because"])
        if link.ended_because == OutcomeLink.Ended.USED:
            return link
        raise
    with transaction.atomic():
        # The meeting first, as every act does: of two presses the second finds the link used.
        Meeting.objects.select_for_update(of=("self",)).get(pk=outcome.meeting_id)
        locked = OutcomeLink.objects.select_for_update().get(pk=link.pk)
        if locked.ended_because == OutcomeLink.Ended.USED:
            return locked
        if not locked.is_usable(now):
            raise Refused("outcome_link_ended")
        if not may_confirm(link.user, outcome.meeting, Side(link.side)):
            raise Refused("outcome_link_ended")
        is_agreed = Outcome.objects.filter(pk=outcome.pk, state=Outcome.State.AGREED).exists()
        act = confirm_correction if is_agreed else confirm
        actor, key = Actor(link.user), outcome.meeting_id
        act(actor, meeting=key, version=link.version_id, now=now, hides_amount=hides_amount)
        locked.end(OutcomeLink.Ended.USED, now)
        after = {"link": link.pk, "version": link.version.number}
        write_audit_entry(actor, PERMISSION, outcome.meeting, after=after)
    return locked
