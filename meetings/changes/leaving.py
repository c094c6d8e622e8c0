"""A company leaves, for the rest of the fair or from one time to another: its meetings are cancelled in one act."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation, Slot
from meetings.matching.between import Between
from meetings.models import Change, ChangedMeeting, Meeting
from meetings.models.meeting import Side
from meetings.schedule.actions.notify import notify_participants, notify_side, publish_changes
from meetings.schedule.actions.planning import cancel, schedule_meeting
from meetings.staffing import free_staff

from .acting import Span, begin, record, store_absences
from .substitutes import SHOWN, Candidate, Chosen, Substitutes

Act = ChangedMeeting.Act


@dataclass(frozen=True)
class Left:
    """A meeting that is cancelled, the side that is left alone, and who could be met instead, the best first."""

    meeting: Meeting
    side: Side
    candidates: list[Candidate]

    @property
    def participation(self) -> Participation:
        found: Participation = getattr(self.meeting, self.side)
        return found

    @property
    def shown(self) -> list[Candidate]:
        return self.candidates[:SHOWN]


def left_alone(fair: Fair, company: Participation, span: Span, now: datetime) -> list[Left]:
    """The meetings to come that the company has in these slots, by time."""
    rows = Meeting.objects.filter(
        Q(exhibitor=company) | Q(buyer=company),
        fair=fair, state=Meeting.State.CONFIRMED, slot__in=[slot.pk for slot in span.slots], slot__starts_at__gt=now,
    )  # fmt: skip
    meetings = list(rows.with_names().order_by("slot__starts_at", "pk"))
    if not meetings:
        return []
    substitutes = Substitutes(fair, now)
    sides = [Side.BUYER if meeting.exhibitor_id == company.pk else Side.EXHIBITOR for meeting in meetings]
    return [Left(one, side, substitutes.of(one, side)) for one, side in zip(meetings, sides, strict=True)]


@transaction.atomic
def leave(
    actor: Actor, *, fair: int, participation: int, first: int, last: int, chosen: Chosen, key: UUID, now: datetime
) -> Change:
    """Cancels its meetings from the slot `first` to the slot `last`, and schedules what was `chosen` for each instead.

    All of it or nothing. The company is absent in that time from then on. `key`: of the press, which counts once.
    Raises Refused: changed_meanwhile (it has other meetings than those chosen for), substitute_gone, slot_taken.
    """
    locked, done = begin(actor, fair, key)
    if done is not None:
        return done
    company = locked.participations.select_related("company").filter(pk=participation).first()
    slots = locked.slots.in_bulk([first, last])
    if company is None or slots.keys() != {first, last}:
        raise Refused("not_found")
    span = Span.of(locked, slots[first], slots[last])
    found = left_alone(locked, company, span, now)
    if {one.meeting.pk for one in found} != chosen.keys():
        raise Refused("changed_meanwhile")
    picked = [(one, _picked(one, chosen[one.meeting.pk])) for one in found]
    _check_ceilings(candidate for _one, candidate in picked if candidate)
    change = Change(fair=locked, key=key, what=Change.What.COMPANY, participation=company, made_at=now)
    change.starts_at, change.ends_at = span.starts_at, span.ends_at
    record(actor, change)
    attending = {one.meeting.pk: _attending(one) for one in found}
    for one, _candidate in picked:
        cancel(actor, meeting=one.meeting.pk, now=now)
    for one, candidate in picked:
        substitute = _instead(one, candidate, attending[one.meeting.pk], now) if candidate else None
        act = Act.REPLACED if substitute else Act.CANCELLED
        ChangedMeeting.objects.create(change=change, meeting=one.meeting, act=act, substitute=substitute)
    store_absences(span, locked, participation_id=company.pk)
    if locked.state == Fair.State.OPEN:
        _offer([one for one, candidate in picked if candidate is None], picked, now)
    return change


def _offer(alone: Iterable[Left], picked: Iterable[tuple[Left, Candidate | None]], now: datetime) -> None:
    """Those for whom nobody was chosen read whom they could ask, where there is anybody left."""
    taken = {(one.meeting.slot_id, chosen.participation.pk) for one, chosen in picked if chosen}
    for one in alone:
        if any((one.meeting.slot_id, other.participation.pk) not in taken for other in one.candidates):
            path = reverse("meetings:substitutes", args=[one.meeting.fair.slug, one.meeting.pk])
            notify_side(one.meeting, one.side, "substitutes_offered", path=path, now=now)


def _picked(one: Left, wanted: int | None) -> Candidate | None:
    if wanted is None:
        return None
    for candidate in one.candidates:
        if candidate.participation.pk == wanted:
            return candidate
    raise Refused("substitute_gone")


def _check_ceilings(picked: Iterable[Candidate]) -> None:
    """Of one that is chosen several times."""
    every = list(picked)
    times = Counter(one.participation.pk for one in every)
    if any(one.most is not None and times[one.participation.pk] > one.most for one in every):
        raise Refused("substitute_gone")


def _attending(one: Left) -> list[User]:
    rows = one.meeting.participants.filter(side=one.side, role="party").select_related("user").order_by("pk")
    return [row.user for row in rows]


def _people(company: Participation, slot: Slot, preferred: Iterable[User]) -> list[User]:
    """Whoever is free; of a company that has nobody then they are named later."""
    try:
        return free_staff(company, slot, preferred)
    except Refused:
        return []


def _instead(one: Left, candidate: Candidate, attending: list[User], now: datetime) -> Meeting:
    other = one.side.other
    ends = {one.side: one.participation, other: candidate.participation}
    slot, pair = one.meeting.slot, (ends[Side.EXHIBITOR].pk, ends[Side.BUYER].pk)
    first = User.objects.filter(pk__in=[candidate.free] if candidate.free else [])
    people = {one.side: _people(ends[one.side], slot, attending), other: _people(ends[other], slot, first)}
    meeting = schedule_meeting(
        fair=one.meeting.fair,
        exhibitor=ends[Side.EXHIBITOR],
        buyer=ends[Side.BUYER],
        slot=slot,
        parties=[(person, side) for side in Side for person in people[side]],
        interpreter=candidate.interpreter,
        interpreting=candidate.interpreting,
        reason=Between(one.meeting.fair, pair, now).reason(*pair),
    )
    if meeting.fair.state == Fair.State.OPEN:
        notify_participants(meeting, "meeting_scheduled", now=now)
    publish_changes(meeting, now)
    return meeting
