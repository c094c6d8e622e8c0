"""Requesting a meeting, and answering a request. Only accepting books anything."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from booths.models import Demand
from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation, Slot
from fairplatform.notices.actions import notify
from fairplatform.policy import Role, load
from meetings.interpreting.candidates import free_interpreter
from meetings.interpreting.needs import INTERPRETED, check_need
from meetings.matching.between import Between
from meetings.models import ChangedMeeting, Meeting, MeetingRequest
from meetings.models.meeting import Side
from meetings.pairing import exhibitor_and_buyer
from meetings.schedule.actions.interpreters import tell_interpreters
from meetings.schedule.actions.notify import publish_changes
from meetings.schedule.actions.planning import schedule_meeting
from meetings.schedule.ceilings import check_ceilings
from meetings.schedule.interpreters import interpreters_of
from meetings.schedule.slot_choices import free_slot
from meetings.staffing import free_staff, representatives

State = MeetingRequest.State
Interpreting = Meeting.Interpreting
ANSWER_WITHIN = timedelta(hours=24)
ANSWER_BEFORE = timedelta(minutes=30)  # before the slot begins
REQUESTS, REQUESTS_WITHIN = 3, timedelta(hours=24)  # of one company to another


@transaction.atomic
def make_request(
    actor: Actor,
    *,
    receiver: int,
    slot: int,
    note: str = "",
    interpreting: str = Interpreting.NOT_NEEDED,
    demand: int | None = None,
    instead_of: Meeting | None = None,
    now: datetime,
) -> MeetingRequest:
    """Requests a meeting with a company (the key of its participation), for the actor's own company in the same fair.

    `demand`: the key of its demand that is meant. `instead_of`: the actor's meeting that was cancelled, in whose slot
    the two may meet even if that is kept free; its interpreter stays. Raises Refused: not_found, same_company,
    not_both_sides, request_exists, asked_often, slot_past, slot_taken, slot_outside_hours, slot_reserved,
    own_meets_enough, other_meets_enough, not_now (the fair is not open).
    """
    participation: Participation = load(
        Participation, actor, "request.make", pk=receiver, state=Participation.State.APPROVED
    )
    sender = _sender(actor.person, participation, instead_of)
    _lock(sender, participation)
    exhibitor, buyer = exhibitor_and_buyer(sender, participation)
    _check_may_ask(sender, participation, now)
    check_ceilings(exhibitor, buyer, told=sender)
    earliest, is_given = now + ANSWER_BEFORE, instead_of is not None and instead_of.slot_id == slot
    chosen = free_slot(participation.fair, exhibitor, buyer, slot=slot, after=earliest, with_reserve=is_given)
    made = MeetingRequest(
        fair=participation.fair,
        sender=sender,
        receiver=participation,
        demand=load(Demand, actor, "demand.quote", pk=demand, participation=participation) if demand else None,
        slot=chosen,
        note=note.strip()[:500],
        interpreting=interpreting,
        instead_of=instead_of,
        made_by=actor.user,
        on_behalf_of=actor.on_behalf_of,
        made_at=now,
        expires_at=min(now + ANSWER_WITHIN, chosen.starts_at - ANSWER_BEFORE),
    )
    _store(made)
    if actor.is_proxy:
        write_audit_entry(actor, "request.make", made)
    _notify(made, participation, "request_received", now=now, company=sender)
    return made


@transaction.atomic
def accept(actor: Actor, *, request: int, now: datetime, slot: int | None = None) -> Meeting:
    """Schedules the meeting in the requested slot, or in another one that is free for both (`slot`, its key).

    Raises Refused: request_closed, slot_taken, slot_past, slot_outside_hours, slot_reserved, own_meets_enough,
    other_meets_enough.
    """
    pending = _lock_pending(actor, "request.answer", request, now)
    # Of two that are accepted at once, and of one while a schedule is published, the second sees the first.
    Fair.objects.select_for_update(no_key=True).get(pk=pending.fair_id)
    if pending.sender.state != Participation.State.APPROVED:
        raise Refused("request_closed")
    exhibitor, buyer = exhibitor_and_buyer(pending.sender, pending.receiver)
    check_ceilings(exhibitor, buyer, told=pending.receiver)
    wanted = slot or pending.slot_id
    is_given = pending.instead_of is not None and pending.instead_of.slot_id == wanted
    chosen = free_slot(pending.fair, exhibitor, buyer, slot=wanted, after=now, with_reserve=is_given)
    pending.meeting = _schedule(pending, exhibitor, buyer, chosen, actor.person, now)
    if pending.instead_of:
        _replace(pending.instead_of, pending.meeting)
    _answer(actor, pending, State.ACCEPTED, now=now)
    _notify(pending, pending.sender, "request_accepted", now=now, company=pending.receiver, at=chosen)
    publish_changes(pending.meeting, now)
    return pending.meeting


@transaction.atomic
def decline(actor: Actor, *, request: int, now: datetime, answer: str = "") -> MeetingRequest:
    """Declines a request, with an optional answer to the other company. Raises Refused: request_closed."""
    pending = _lock_pending(actor, "request.answer", request, now)
    pending.answer = answer.strip()[:500]
    _answer(actor, pending, State.DECLINED, now=now)
    _notify(pending, pending.sender, "request_declined", now=now, company=pending.receiver)
    return pending


@transaction.atomic
def withdraw(actor: Actor, *, request: int, now: datetime) -> MeetingRequest:
    """Withdraws a request of the actor's own company. Raises Refused: request_closed."""
    pending = _lock_pending(actor, "request.withdraw", request, now)
    _answer(actor, pending, State.WITHDRAWN, now=now)
    # Replaces the notice of the request if it is still unread.
    receiver, sender, unread = pending.receiver, pending.sender, ("request_received",)
    _notify(pending, receiver, "request_withdrawn", now=now, company=sender, supersedes=unread)
    return pending


@transaction.atomic
def change_need(actor: Actor, *, request: int, interpreting: str, now: datetime) -> bool:
    """How much the requested meeting needs an interpreter; returns whether one is free for it, where it needs one.

    Nothing is booked until it is accepted. The company that is asked may not say that none is needed where the two
    share no language. Raises Refused: request_closed, interpreter_needed.
    """
    pending = _lock_pending(actor, "request.need", request, now)
    exhibitor, buyer = exhibitor_and_buyer(pending.sender, pending.receiver)
    if Role.SENDER not in pending.roles_of(actor.person):
        check_need(exhibitor, buyer, interpreting)
    before, pending.interpreting = pending.interpreting, interpreting
    pending.save(update_fields=["interpreting"])
    if actor.is_proxy:
        write_audit_entry(actor, "request.need", pending, before={"need": before}, after={"need": interpreting})
    return interpreting != Interpreting.REQUIRED or _interpreter(pending, exhibitor, buyer, pending.slot) is not None


@transaction.atomic
def expire(request: int, *, now: datetime) -> None:
    """Closes a request that was not answered in time and notifies both companies. Idempotent."""
    pending = MeetingRequest.objects.select_for_update(of=("self",)).get(pk=request)
    if pending.state != State.PENDING or now < pending.expires_at:
        return
    pending.state = State.EXPIRED
    pending.save(update_fields=["state"])
    for side, other in ((pending.sender, pending.receiver), (pending.receiver, pending.sender)):
        _notify(pending, side, "request_expired", now=now, company=other)


def end_requests(company: Participation, *, now: datetime) -> None:
    """Ends the requests of a company that no longer takes part: those it made are withdrawn, those it has not answered
    expire. The other companies are notified. In the caller's transaction.
    """
    rows = MeetingRequest.objects.select_for_update(of=("self",)).filter(state=State.PENDING)
    named = rows.select_related("fair", "slot", "sender__company", "receiver__company", "meeting").order_by("pk")
    for pending in named.filter(sender=company):
        pending.state = State.WITHDRAWN
        pending.save(update_fields=["state"])
        _notify(
            pending, pending.receiver, "request_withdrawn", now=now, company=company, supersedes=("request_received",)
        )
    for pending in named.filter(receiver=company):
        pending.state = State.EXPIRED
        pending.save(update_fields=["state"])
        _notify(pending, pending.sender, "request_expired", now=now, company=company)


def sender_of(person: User, receiver: Participation) -> Participation:
    """The participation of the person's own company in the receiver's fair; of several, one that suits the receiver.

    Raises Refused: same_company, not_permitted (the person's company does not take part).
    """
    own = memberships(person, receiver.fair_id).staff_of
    if receiver.pk in own:
        raise Refused("same_company")
    participations = list(Participation.objects.filter(pk__in=own).select_related("company", "fair").order_by("pk"))
    suitable = [p for p in participations if (receiver.sells and p.buys) or (receiver.buys and p.sells)]
    if not participations:
        raise Refused("not_permitted")
    return (suitable or participations)[0]


def pending_between(one: Participation, other: Participation) -> MeetingRequest | None:
    """The pending request between two companies, whichever made it."""
    pending = MeetingRequest.objects.filter(state=State.PENDING)
    return pending.filter(sender__in=(one, other), receiver__in=(one, other)).first()


def _check_may_ask(sender: Participation, receiver: Participation, now: datetime) -> None:
    """While the fair is open, one request at a time, and a limit on how often: each one is a notice and a letter."""
    if receiver.fair.state != Fair.State.OPEN:
        raise Refused("not_now")
    if pending_between(sender, receiver):
        raise Refused("request_exists")
    recent = MeetingRequest.objects.filter(sender=sender, receiver=receiver, made_at__gt=now - REQUESTS_WITHIN)
    if recent.count() >= REQUESTS:
        raise Refused("asked_often")


def _lock(*companies: Participation) -> None:
    """Locks both companies in the order of their keys, so that two which ask each other at once do so in turn."""
    rows = Participation.objects.select_for_update(of=("self",)).filter(pk__in=[c.pk for c in companies])
    list(rows.order_by("pk").values_list("pk"))


def _store(new: MeetingRequest) -> None:
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:
        raise Refused("request_exists") from None


def _lock_pending(actor: Actor, permission: str, pk: int, now: datetime) -> MeetingRequest:
    """The request, locked, if it can still be answered."""
    pending: MeetingRequest = load(MeetingRequest, actor, permission, lock=True, pk=pk)
    if not pending.is_answerable(now):
        raise Refused("request_closed")
    return pending


def _schedule(
    pending: MeetingRequest, exhibitor: Participation, buyer: Participation, slot: Slot, accepter: User, now: datetime
) -> Meeting:
    """The accepted meeting: who asked and who accepted attend, with the representatives who are free."""
    preferred = {pending.sender_id: pending.asker, pending.receiver_id: accepter}
    parties = [
        (user, side)
        for company, side in ((exhibitor, Side.EXHIBITOR), (buyer, Side.BUYER))
        for user in free_staff(company, slot, [preferred[company.pk]])
    ]
    ends = exhibitor.pk, buyer.pk
    interpreter, interpreting = None, pending.interpreting
    if interpreting in INTERPRETED:
        interpreter = _interpreter(pending, exhibitor, buyer, slot)
    if interpreting == Interpreting.REQUIRED and interpreter is None:
        interpreting = Interpreting.ON_CALL
    meeting = schedule_meeting(
        fair=pending.fair,
        exhibitor=exhibitor,
        buyer=buyer,
        slot=slot,
        parties=parties,
        interpreter=interpreter,
        interpreting=interpreting,
        reason=Between(pending.fair, ends, now).reason(*ends, is_requested=True),
    )
    tell_interpreters(meeting, [interpreter] if interpreter else [], "interpreter_appointed", now=now)
    return meeting


def _interpreter(pending: MeetingRequest, exhibitor: Participation, buyer: Participation, slot: Slot) -> User | None:
    """Who interpreted the meeting instead of which it is, if they can; else the first of the fair who can."""
    stays = interpreters_of(pending.instead_of) if pending.instead_of else []
    return free_interpreter(exhibitor, buyer, slot, preferred=stays)


def _replace(cancelled: Meeting, meeting: Meeting) -> None:
    """So that organisers read of the meeting that was cancelled what is held instead."""
    rows = ChangedMeeting.objects.filter(meeting=cancelled, act=ChangedMeeting.Act.CANCELLED)
    rows.update(act=ChangedMeeting.Act.REPLACED, substitute=meeting)


def _sender(person: User, receiver: Participation, instead_of: Meeting | None) -> Participation:
    if instead_of is None:
        return sender_of(person, receiver)
    side = instead_of.side_of(person)
    if side is None:
        raise Refused("not_permitted")
    found: Participation = getattr(instead_of, side)
    return found


def _answer(actor: Actor, pending: MeetingRequest, state: str, *, now: datetime) -> None:
    pending.state, pending.answered_by, pending.answered_at = state, actor.user, now
    pending.save(update_fields=["state", "answer", "answered_by", "answered_at", "meeting"])
    if actor.is_proxy:
        write_audit_entry(actor, "request.answer", pending, after={"state": state})


def _notify(
    pending: MeetingRequest,
    side: Participation,
    code: str,
    *,
    now: datetime,
    company: Participation,
    at: Slot | None = None,
    supersedes: tuple[str, ...] = (),
) -> None:
    """Notifies the representatives of `side` in the name of `company`. `at`: the slot, if not the requested one."""
    path = pending.meeting.get_absolute_url() if pending.meeting else pending.get_absolute_url()
    notify(
        representatives(side),
        fair=pending.fair,
        code=code,
        parameters={"company": company.company.name, "at": (at or pending.slot).starts_at},
        path=path,
        now=now,
        supersedes=supersedes,
    )
