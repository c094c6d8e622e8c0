"""An interpreter is unavailable: their meetings of that time are given to others, exactly, in one act."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.scheduling.problem import Interpreter, Party, Problem
from fairplatform.scheduling.problem import Meeting as Wanted
from fairplatform.scheduling.solving import solve
from meetings.matching.languages import Interpreter as Known
from meetings.matching.situation import Situation
from meetings.models import Change, ChangedMeeting, Meeting
from meetings.schedule.actions.interpreters import appoint, dismiss, tell_interpreters
from meetings.schedule.actions.notify import notify_participants, publish_changes
from meetings.versions.rests import Rests

from .acting import Span, begin, record, store_absences

Act = ChangedMeeting.Act
Interpreting = Meeting.Interpreting
NOBODY = "nobody"  # languages that no interpreter has


@dataclass(frozen=True)
class Covered:
    """A meeting of the one who is unavailable. `interpreter`: who takes it over; `shared`: languages of both companies,
    in which it could be held without anybody.
    """

    meeting: Meeting
    interpreter: User | None
    shared: Sequence[str]

    @property
    def may_do_without(self) -> bool:
        return self.interpreter is None and bool(self.shared)


def covered(fair: Fair, interpreter: User, span: Span, now: datetime) -> list[Covered]:
    """The meetings to come that they have in these slots, by time: as many as can be are covered by others.

    The others keep their own meetings, their languages, breaks, minutes of a day and absences. Each day is solved for
    itself. Those on call take part: this is what they are there for.
    """
    situation = Situation(fair, now)
    inside = {slot.pk for slot in span.slots if slot.starts_at > now}
    affected = [one for one in _interpreted(situation, interpreter.pk) if one.slot_id in inside]
    names = dict(User.objects.in_bulk([who.user for who in situation.tongues.interpreters]))
    by_day: dict[int, list[Meeting]] = defaultdict(list)
    days = {slot.pk: slot.day_id for slot in situation.slots}
    for meeting in affected:
        by_day[days[meeting.slot_id]].append(meeting)
    found: dict[int, int] = {}
    for day, meetings in by_day.items():
        found |= _Day(situation, day, meetings, interpreter.pk).solved()
    tongues = situation.tongues
    rows = Meeting.objects.filter(pk__in=[one.pk for one in affected]).with_names().order_by("slot__starts_at", "pk")
    return [
        Covered(
            one,
            names.get(found.get(one.pk, 0)),
            sorted(tongues.of(one.exhibitor_id).languages & tongues.of(one.buyer_id).languages)
            if tongues.share(one.exhibitor_id, one.buyer_id)
            else (),
        )
        for one in rows
    ]


def _interpreted(situation: Situation, interpreter: int) -> list[Meeting]:
    approved = situation.companies.keys()
    return [
        one
        for one in situation.meetings
        if one.state == Meeting.State.CONFIRMED
        and {one.exhibitor_id, one.buyer_id} <= approved
        and _who(one) == interpreter
    ]


def _who(meeting: Meeting) -> int | None:
    return next((one.user_id for one in meeting.participants.all() if not one.side), None)


class _Day:
    """The meetings of one day as a problem in which nothing but the interpreters of `affected` is open.

    Each meeting has two parties of its own, so that companies are no matter: they meet anyway.
    """

    def __init__(self, situation: Situation, day: int, affected: Sequence[Meeting], absent: int) -> None:
        self._situation, self._affected = situation, affected
        self._at = {slot.pk: at for at, slot in enumerate(situation.slots) if slot.day_id == day}
        self._first = min(self._at.values())
        self._interpreters = [who for who in situation.tongues.interpreters if who.user != absent]
        places = {who.user: place for place, who in enumerate(self._interpreters)}
        keys = {one.pk for one in affected}
        self._held = [
            (one, places[who])
            for one in situation.meetings
            if one.slot_id in self._at and one.pk not in keys and (who := _who(one)) in places
        ]

    def _place(self, meeting: Meeting) -> int:
        return self._at[meeting.slot_id] - self._first

    def solved(self) -> dict[int, int]:
        """By meeting, the key of who interprets it: as many of those that need one as can be, then of the others.

        The others' own meetings come before all, and by now so do those of the first round that can be covered.
        """
        required = {n for n, one in enumerate(self._affected) if one.interpreting == Interpreting.REQUIRED}
        first = solve(self._problem(required, must=set())).schedule
        every = set(range(len(self._affected)))
        schedule = solve(self._problem(every, must=required & first.keys())).schedule if every > required else first
        # Where somebody's own meeting breaks their rest, nothing is given to them beside it.
        broken = {
            (self._place(one), who)
            for number, (one, who) in enumerate(self._held, start=len(self._affected))
            if number not in schedule
        }
        found = {}
        for number, meeting in enumerate(self._affected):
            who = schedule[number].interpreter if number in schedule else None
            if who is not None and (self._place(meeting), who) not in broken:
                found[meeting.pk] = self._interpreters[who].user
        return found

    def _problem(self, wanted: Collection[int], must: Collection[int]) -> Problem:
        """`wanted`: the numbers of the affected meetings that are to be covered; nobody has the languages of others."""
        slots = [slot for slot in self._situation.slots if slot.pk in self._at]
        rests = Rests(self._situation.fair, slots)
        every = [*self._affected, *(one for one, _who in self._held)]
        return Problem(
            days=(0,) * len(slots),
            parties=tuple(Party(frozenset({self._place(one)})) for one in every for _side in range(2)),
            meetings=(
                *(
                    self._meeting(number, one, number in must, str(number) if number in wanted else NOBODY)
                    for number, one in enumerate(self._affected)
                ),
                *(
                    self._meeting(number, one, True, NOBODY, who)
                    for number, (one, who) in enumerate(self._held, start=len(self._affected))
                ),
            ),
            interpreters=tuple(self._able(place, who) for place, who in enumerate(self._interpreters)),
            pauses=rests.pauses,
            in_a_row=rests.in_a_row,
            rest=rests.rest,
            apart=rests.apart,
        )

    def _meeting(self, number: int, one: Meeting, must: bool, languages: str, who: int | None = None) -> Wanted:
        return Wanted(
            2 * number, 2 * number + 1, must=must, slot=self._place(one), interpreting="required",
            languages=languages, interpreter=who,
        )  # fmt: skip

    def _able(self, place: int, who: Known) -> Interpreter:
        own = {self._place(one) for one, holder in self._held if holder == place}
        away = {at - self._first for at in self._situation.free.away([who.user])[who.user]}
        free = frozenset(at for at in range(len(self._at)) if at not in away) | own
        tongues, slot_minutes = self._situation.tongues, max(1, self._situation.fair.slot_minutes)
        names = frozenset(
            str(number)
            for number, one in enumerate(self._affected)
            if who.interprets(tongues.of(one.exhibitor_id).languages, tongues.of(one.buyer_id).languages)
        )
        most = None if who.max_minutes_a_day is None else max(len(own), who.max_minutes_a_day // slot_minutes)
        return Interpreter(names, free, most)


Shown = Mapping[int, int | None]
"""By meeting, the key of the interpreter who takes it over; None: nobody."""


@transaction.atomic
def cover(
    actor: Actor,
    *,
    fair: int,
    interpreter: int,
    first: int,
    last: int,
    shown: Shown,
    enough: Collection[int],
    key: UUID,
    now: datetime,
) -> Change:
    """Gives their meetings from the slot `first` to the slot `last` to those that were `shown`; all of it or nothing.

    `enough`: those that need nobody, for the companies share a language. Of the others that nobody takes over an
    interpreter is missing. The one who is unavailable is absent in that time from then on. Raises Refused:
    changed_meanwhile (it would be covered otherwise by now), slot_taken.
    """
    locked, done = begin(actor, fair, key)
    if done is not None:
        return done
    person = User.objects.filter(roles__fair=locked, roles__role="interpreter", pk=interpreter).first()
    slots = locked.slots.in_bulk([first, last])
    if person is None or slots.keys() != {first, last}:
        raise Refused("not_found")
    span = Span.of(locked, slots[first], slots[last])
    found = covered(locked, person, span, now)
    if {one.meeting.pk: one.interpreter.pk if one.interpreter else None for one in found} != shown:
        raise Refused("changed_meanwhile")
    if not set(enough) <= {one.meeting.pk for one in found if one.may_do_without}:
        raise Refused("changed_meanwhile")
    change = Change(fair=locked, key=key, what=Change.What.INTERPRETER, user=person, made_at=now)
    change.starts_at, change.ends_at = span.starts_at, span.ends_at
    record(actor, change)
    for one in found:
        dismiss(one.meeting, [person.pk], now=now)
    for one in found:
        _hand_over(change, one, is_enough=one.meeting.pk in enough, now=now)
    store_absences(span, locked, user_id=person.pk)
    return change


def _hand_over(change: Change, one: Covered, *, is_enough: bool, now: datetime) -> None:
    meeting, act = one.meeting, Act.COVERED if one.interpreter else Act.SPOKEN if is_enough else Act.UNCOVERED
    assert change.user is not None
    tell_interpreters(meeting, [change.user], "interpreter_released", now=now)
    if one.interpreter:
        appoint(meeting, one.interpreter)
        tell_interpreters(meeting, [one.interpreter], "interpreter_appointed", now=now)
    elif is_enough:
        meeting.interpreting = Interpreting.NOT_NEEDED
        notify_participants(meeting, "meeting_spoken", now=now)
    meeting.save(update_fields=["interpreting", *meeting.revise(now)])
    ChangedMeeting.objects.create(change=change, meeting=meeting, act=act, interpreter=one.interpreter)
    publish_changes(meeting, now)
