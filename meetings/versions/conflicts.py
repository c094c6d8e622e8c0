"""What has become untrue of a draft since it was made."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fairplatform.fairs.models import Slot
from meetings.matching.situation import Situation
from meetings.models import Pair, PlannedMeeting
from meetings.models.meeting import Side
from meetings.schedule.interpreters import too_much


class Conflict(NamedTuple):
    """`code`: of reasons.CONFLICTS."""

    row: PlannedMeeting
    code: str


def conflicts(situation: Situation, rows: Sequence[PlannedMeeting]) -> list[Conflict]:
    """The first of each planned meeting, if there is any."""
    looking = _Looking(situation, rows)
    return [Conflict(row, code) for row in rows if (code := looking.code(row))]


class _Looking:
    def __init__(self, situation: Situation, rows: Sequence[PlannedMeeting]) -> None:
        self._situation = situation
        self._pins = {(pair.exhibitor_id, pair.buyer_id): pair.starts_at for pair in situation.pairs}
        self._interpreters = {who.user: who for who in situation.tongues.interpreters}
        self._away = situation.free.away(self._interpreters)
        self._work: dict[int, list[Slot]] = defaultdict(list)  # by interpreter
        for meeting in situation.meetings:
            for one in meeting.participants.all():
                if not one.side:
                    self._work[one.user_id].append(meeting.slot)
        self._rooms = situation.free.free_rooms()
        self._desks: Counter[tuple[int, int]] = Counter()
        self._held: Counter[int] = Counter()
        # Before all that is new, what is published already.
        self._meetings = Counter(end for row in rows if row.existing_id for end in _ends(row))

    def code(self, row: PlannedMeeting) -> str:
        if not row.existing_id:
            self._meetings.update(_ends(row))
        return next(self._codes(row), "")

    def _codes(self, row: PlannedMeeting) -> Iterator[str]:
        ends = row.exhibitor_id, row.buyer_id
        if not set(ends) <= self._situation.companies.keys():
            yield "not_approved"
            return
        if frozenset(ends) in self._situation.forbidden:
            yield "not_allowed"
        if self._situation.has_met(*ends):
            yield "already_met"
        if self._pins.get(ends) not in (None, row.starts_at):
            yield "pin_changed"
        at = self._place(row)
        if at is None:
            yield "slot_gone"
            return
        yield from self._of_slot(row, at)
        if not row.existing_id and any(self._is_over(*end) for end in _ends(row)):
            yield "ceiling"

    def _is_over(self, side: Side, company: int) -> bool:
        left = self._situation.left(company, side)
        return left is not None and self._meetings[side, company] > left

    def _place(self, row: PlannedMeeting) -> int | None:
        at = self._situation.places.get(row.starts_at) if row.starts_at else None
        if at is None or at in self._situation.past or self._situation.slots[at].ends_at != row.ends_at:
            return None
        return at

    def _of_slot(self, row: PlannedMeeting, at: int) -> Iterator[str]:
        situation = self._situation
        for company in (row.exhibitor_id, row.buyer_id):
            self._desks[company, at] += 1
            one = situation.companies[company]
            has_desk = self._desks[company, at] + situation.free.desks_taken(one, at) <= one.desks
            if at not in situation.free.at_work[company] or not has_desk:
                yield "company_busy"
        yield from self._of_interpreter(row, at)
        self._held[at] += 1
        if self._rooms is not None and self._held[at] > self._rooms[at]:
            yield "rooms_full"

    def _of_interpreter(self, row: PlannedMeeting, at: int) -> Iterator[str]:
        if row.interpreter_id is None:
            if row.need == Pair.Need.REQUIRED:
                yield "interpreter_gone"
            return
        who, slot = self._interpreters.get(row.interpreter_id), self._situation.slots[at]
        if who is None or at in self._away[who.user]:
            yield "interpreter_gone"
            return
        if found := too_much(slot, self._work[who.user], who.max_minutes_a_day):
            yield f"interpreter_{found}"
        self._work[who.user].append(slot)


def _ends(row: PlannedMeeting) -> list[tuple[Side, int]]:
    return [(Side.EXHIBITOR, row.exhibitor_id), (Side.BUYER, row.buyer_id)]
