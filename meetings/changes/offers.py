"""What a company reads that was left alone because another one left: who could meet it then, and how far that has come.

It asks one of them by one press, which is a request for the same time: nothing is booked until that one accepts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.db import transaction

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation
from fairplatform.policy import load
from meetings.models import ChangedMeeting, Meeting, MeetingRequest
from meetings.models.meeting import Side
from meetings.requests.actions import ANSWER_BEFORE, make_request
from meetings.requests.queries import has_free_desk, pending_with

from .substitutes import SHOWN, Candidate, Substitutes

PERMISSION = "substitute.ask"
State = MeetingRequest.State


@dataclass(frozen=True)
class Offer:
    """Of a cancelled meeting, for the company on `side` of it. `others`: whom it could ask, the best first.

    `substitute`: the meeting that is held instead. `asked`: the request that waits for an answer. `is_late`: nobody
    could answer in time any more. `is_busy`: the company itself has another meeting then.
    """

    meeting: Meeting
    side: Side
    substitute: Meeting | None = None
    asked: MeetingRequest | None = None
    is_late: bool = False
    is_busy: bool = False
    others: Sequence[Candidate] = ()

    @property
    def company(self) -> Participation:
        found: Participation = getattr(self.meeting, self.side)
        return found

    @property
    def shown(self) -> Sequence[Candidate]:
        return self.others[:SHOWN]


class Offers:
    """Of one fair, as it is now."""

    def __init__(self, fair: Fair, now: datetime) -> None:
        self._fair, self._now = fair, now

    @cached_property
    def _substitutes(self) -> Substitutes:
        return Substitutes(self._fair, self._now)

    def of(self, row: ChangedMeeting) -> Offer | None:
        """None where nobody was left alone."""
        side = left_side(row)
        if side is None:
            return None
        offer = Offer(row.meeting, side, substitute=row.substitute)
        if row.substitute:
            return offer
        if row.meeting.starts_at <= self._now + ANSWER_BEFORE:
            return replace(offer, is_late=True)
        if (
            asked := row.meeting.substitute_requests.filter(state=State.PENDING)
            .select_related("receiver__company")
            .first()
        ):
            return replace(offer, asked=asked)
        if not has_free_desk(offer.company, row.meeting.slot_id):
            return replace(offer, is_busy=True)
        return replace(offer, others=self._others(row.meeting, offer))

    def _others(self, meeting: Meeting, offer: Offer) -> list[Candidate]:
        """Without those that have said no to it, or not answered, and those with whom a request is on its way."""
        closed = meeting.substitute_requests.exclude(state=State.WITHDRAWN).values_list("receiver", flat=True)
        without = {*closed, *pending_with(offer.company)}
        found = self._substitutes.of(meeting, offer.side)
        return [one for one in found if one.participation.pk not in without]


def left_side(row: ChangedMeeting) -> Side | None:
    """The side that a company which left has left alone; of other acts, and of meetings that are held, none."""
    leaving, meeting = row.change.participation_id, row.meeting
    if leaving is None or meeting.state != Meeting.State.CANCELLED:
        return None
    return Side.BUYER if meeting.exhibitor_id == leaving else Side.EXHIBITOR


def offer_of(meeting: Meeting, person: User, now: datetime) -> Offer:
    """For the company that was left alone; raises Refused("not_found") for the one that left, and of other meetings."""
    rows = ChangedMeeting.objects.filter(meeting=meeting, change__participation__isnull=False)
    related = (
        "change",
        "meeting__slot__day",
        "meeting__fair",
        "meeting__exhibitor__company",
        "meeting__buyer__company",
    )
    row = rows.select_related(*related, "substitute__slot").order_by("pk").last()
    side = left_side(row) if row else None
    if row is None or side is None or meeting.side_of(person) != side:
        raise Refused("not_found")
    found = Offers(meeting.fair, now).of(row)
    assert found is not None
    return found


@transaction.atomic
def ask_substitute(actor: Actor, *, meeting: int, participation: int, now: datetime) -> MeetingRequest:
    """Requests a meeting with one of those that could meet the company instead, at the same time.

    It expires as other requests do. Raises Refused: not_now (too late, or asked already), substitute_taken, and what
    `make_request` raises.
    """
    loaded: Meeting = load(Meeting, actor, PERMISSION, lock=True, pk=meeting)
    offer = offer_of(loaded, actor.person, now)
    if offer.substitute or offer.asked or offer.is_late:
        raise Refused("not_now")
    chosen = next((one for one in offer.others if one.participation.pk == participation), None)
    if chosen is None:
        raise Refused("substitute_taken")
    return make_request(
        actor, receiver=participation, slot=loaded.slot_id, interpreting=chosen.interpreting, instead_of=loaded, now=now
    )
