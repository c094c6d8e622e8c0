"""Asking for a meeting, and answering. A request takes nothing; only its acceptance books."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from fairplatform.accounts.actor import Actor, audit
from fairplatform.errors import Refused
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation, Slot
from fairplatform.notices.actions import notify
from fairplatform.notices.sentences import parameters_of
from fairplatform.policy import load
from meetings.models import Meeting, MeetingRequest
from meetings.models.meeting import Side
from meetings.pairing import at_table, common_headings, free_interpreter, office, seller_and_buyer
from meetings.schedule.actions.notify import publish_changes
from meetings.schedule.actions.planning import schedule_meeting
from meetings.schedule.availability import Availability

State = MeetingRequest.State
ANSWER_WITHIN = timedelta(hours=24)
ANSWER_BEFORE = timedelta(minutes=30)
ASKS, ASKS_WITHIN = 3, timedelta(hours=24)  # of one company by another


@transaction.atomic
def make_request(
    actor: Actor, *, receiver: int, slot: int, note: str = "", needs_interpreter: bool = False, now: datetime
) -> MeetingRequest:
    """Asks a company for a meeting, for the actor's own company in the same fair.

    Raises Refused: not_found, same_company, not_both_sides, request_exists, asked_often, slot_past, slot_taken,
    slot_outside_hours, not_now (the fair is not open).
    """
    asked: Participation = load(Participation, actor, "request.make", pk=receiver, state=Participation.State.APPROVED)
    sender = sender_of(actor.person, asked)
    _lock(sender, asked)
    exhibitor, buyer = seller_and_buyer(sender, asked)
    if asked.fair.state != Fair.State.OPEN:
        raise Refused("not_now")
    if pending_between(sender, asked):
        raise Refused("request_exists")
    _check_pace(sender, asked, now)
    wanted = _free_slot(asked.fair, exhibitor, buyer, slot=slot, after=now + ANSWER_BEFORE)
    made = _store(
        fair=asked.fair,
        sender=sender,
        receiver=asked,
        slot=wanted,
        note=note.strip()[:500],
        needs_interpreter=needs_interpreter,
        made_by=actor.user,
        on_behalf_of=actor.on_behalf_of,
        made_at=now,
        expires_at=min(now + ANSWER_WITHIN, wanted.starts_at - ANSWER_BEFORE),
    )
    if actor.is_proxy:
        audit(actor, "request.make", made)
    _tell(made, asked, "request_received", now=now, company=sender)
    return made


@transaction.atomic
def accept(actor: Actor, *, request: int, now: datetime, slot: int | None = None) -> Meeting:
    """Places the meeting in the slot asked for, or in another one that is free for both.

    Raises Refused: request_closed, slot_taken, slot_past, slot_outside_hours.
    """
    found = _open(actor, "request.answer", request, now)
    exhibitor, buyer = seller_and_buyer(found.sender, found.receiver)
    chosen = _free_slot(found.fair, exhibitor, buyer, slot=slot or found.slot_id, after=now)
    found.meeting = _placed(found, exhibitor, buyer, chosen, actor.person)
    _answer(actor, found, State.ACCEPTED, now=now)
    _tell(found, found.sender, "request_accepted", now=now, company=found.receiver, at=chosen)
    publish_changes(found.meeting, now)
    return found.meeting


@transaction.atomic
def decline(actor: Actor, *, request: int, now: datetime, answer: str = "") -> MeetingRequest:
    """Says no, with a word to the other side if the actor likes."""
    found = _open(actor, "request.answer", request, now)
    found.answer = answer.strip()[:500]
    _answer(actor, found, State.DECLINED, now=now)
    _tell(found, found.sender, "request_declined", now=now, company=found.receiver)
    return found


@transaction.atomic
def withdraw(actor: Actor, *, request: int, now: datetime) -> MeetingRequest:
    """Takes one's own request back."""
    found = _open(actor, "request.withdraw", request, now)
    _answer(actor, found, State.WITHDRAWN, now=now)
    # Who has not read of the request need not read of it twice.
    _tell(found, found.receiver, "request_withdrawn", now=now, company=found.sender, overtakes=("request_received",))
    return found


@transaction.atomic
def expire(request: int, *, now: datetime) -> None:
    """Closes a request nobody answered in time, and tells both sides; done once however often it is called."""
    found = MeetingRequest.objects.select_for_update(of=("self",)).get(pk=request)
    if found.state != State.PENDING or now < found.expires_at:
        return
    found.state = State.EXPIRED
    found.save(update_fields=["state"])
    for side, other in ((found.sender, found.receiver), (found.receiver, found.sender)):
        _tell(found, side, "request_expired", now=now, company=other)


def sender_of(person: Any, receiver: Participation) -> Participation:
    """The person's own company in the receiver's fair; of several the one that fits."""
    own = memberships(person, receiver.fair_id).staff_of
    if receiver.pk in own:
        raise Refused("same_company")
    places = list(Participation.objects.filter(pk__in=own).select_related("company", "fair").order_by("pk"))
    fitting = [p for p in places if (receiver.sells and p.buys) or (receiver.buys and p.sells)]
    if not places:
        raise Refused("not_permitted")
    return (fitting or places)[0]


def pending_between(one: Participation, other: Participation) -> MeetingRequest | None:
    """The request that waits between two companies, whoever asked."""
    pending = MeetingRequest.objects.filter(state=State.PENDING)
    return pending.filter(sender__in=(one, other), receiver__in=(one, other)).first()


def _check_pace(sender: Participation, receiver: Participation, now: datetime) -> None:
    """A company may ask another anew, but each time is a notice and a letter."""
    asked = MeetingRequest.objects.filter(sender=sender, receiver=receiver, made_at__gt=now - ASKS_WITHIN)
    if asked.count() >= ASKS:
        raise Refused("asked_often")


def _lock(*companies: Participation) -> None:
    """Two companies that ask each other at once do so one after the other."""
    rows = Participation.objects.select_for_update(of=("self",)).filter(pk__in=[c.pk for c in companies])
    list(rows.order_by("pk").values_list("pk"))


def _store(**fields: Any) -> MeetingRequest:
    try:
        with transaction.atomic():
            return MeetingRequest.objects.create(**fields)
    except IntegrityError:
        raise Refused("request_exists") from None


def _free_slot(fair: Fair, exhibitor: Participation, buyer: Participation, *, slot: int, after: datetime) -> Slot:
    """The slot, if it lies ahead, inside both working days, and neither company has filled it."""
    found = fair.slots.select_related("day").filter(pk=slot).first()
    if found is None:
        raise Refused("not_found")
    if found.starts_at <= after:
        raise Refused("slot_past")
    both = Availability(fair, (exhibitor, buyer))
    if not both.is_working_time(found):
        raise Refused("slot_outside_hours")
    if not both.is_free(found):
        raise Refused("slot_taken")
    return found


def _open(actor: Actor, permission: str, pk: int, now: datetime) -> MeetingRequest:
    """The request, locked, if it still waits for an answer."""
    found: MeetingRequest = load(MeetingRequest, actor, permission, lock=True, pk=pk)
    if not found.is_open(now):
        raise Refused("request_closed")
    return found


def _placed(
    found: MeetingRequest, exhibitor: Participation, buyer: Participation, slot: Slot, accepter: Any
) -> Meeting:
    wanted = {found.sender_id: found.asker, found.receiver_id: accepter}
    parties = [
        (user, side)
        for company, side in ((exhibitor, Side.EXHIBITOR), (buyer, Side.BUYER))
        for user in at_table(company, slot, [wanted[company.pk]])
    ]
    interpreter = free_interpreter(found.fair_id, slot) if found.needs_interpreter else None
    how = Meeting.Interpreting
    called = how.REQUIRED if interpreter else how.ON_CALL
    return schedule_meeting(
        fair=found.fair,
        exhibitor=exhibitor,
        buyer=buyer,
        slot=slot,
        parties=parties,
        interpreter=interpreter,
        interpreting=called if found.needs_interpreter else how.NOT_NEEDED,
        reason={"hs": common_headings(exhibitor, buyer), "request": True},
    )


def _answer(actor: Actor, found: MeetingRequest, state: str, *, now: datetime) -> None:
    found.state, found.answered_by, found.answered_at = state, actor.user, now
    found.save(update_fields=["state", "answer", "answered_by", "answered_at", "meeting"])
    if actor.is_proxy:
        audit(actor, "request.answer", found, after={"state": state})


def _tell(
    found: MeetingRequest,
    side: Participation,
    code: str,
    *,
    now: datetime,
    company: Participation,
    at: Slot | None = None,
    overtakes: tuple[str, ...] = (),
) -> None:
    """A notice to the managers and the lead of one side, in the name of the other company."""
    words = {"company": company.company.name, "at": (at or found.slot).starts_at}
    path = found.meeting.get_absolute_url() if found.meeting else found.get_absolute_url()
    notify(
        office(side),
        fair=found.fair,
        code=code,
        parameters={name: words[name] for name in parameters_of(code)},
        path=path,
        now=now,
        overtakes=overtakes,
    )
