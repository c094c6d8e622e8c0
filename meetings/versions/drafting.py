"""Makes a draft of a fair's schedule: solves what was matched, and stores it as a version."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.fairs.models import Fair, Preference
from fairplatform.scheduling.problem import Placed, Schedule
from fairplatform.scheduling.solving import Solution, solve
from fairplatform.scheduling.watch import Watch
from meetings.matching.making import make_match
from meetings.matching.situation import Situation
from meetings.matching.wishes import wishes
from meetings.models import Match, PlannedBooking, PlannedMeeting, ScheduleVersion
from meetings.models.booking import desks, person, rooms
from meetings.models.meeting import Side

from .blueprint import Asked, Blueprint, Locks
from .reasons import code_of, counts_of

State = ScheduleVersion.State


class Row(NamedTuple):
    """A pair with its time; or with the code of the reason why it has none, and the figures of that."""

    asked: Asked
    code: str = ""
    placed: Placed | None = None
    counts: Mapping[str, int] | None = None


@dataclass(frozen=True)
class Before:
    """Of a pair when the schedule is made again: `at`, when it is to meet if nothing moves it; when the published
    meeting is held, or else what the draft before says (`was_at`); that meeting; whether the time is locked.
    """

    at: datetime
    was_at: datetime
    existing: int | None = None
    is_locked: bool = False


@dataclass(frozen=True)
class Moves:
    """Of a schedule that was made again. `before`: by exhibitor and buyer. `are_fewest`: proved to be the fewest."""

    before: Mapping[tuple[int, int], Before]
    are_fewest: bool


def make_draft(
    fair: Fair,
    *,
    now: datetime,
    watch: Watch | None = None,
    begins: Callable[[], None] = lambda: None,
    actor: Actor | None = None,
) -> ScheduleVersion:
    """The best schedule of the last match that is found in time.

    Without a match that suits the pairs, musts and ceilings of today, one is made first; of a stop meanwhile nothing is
    kept. The draft before it is replaced; what is locked in it stays where it is. Meetings that the fair has already
    stay, and take their slots.
    `begins` is called in the transaction that stores, and prevents that by raising. `actor`: None for a command.
    """
    situation = Situation(fair, now)
    match = Match.objects.filter(fair=fair).first()
    if match is None or not is_current(match, situation):
        match = make_match(fair, now=now, watch=watch, actor=actor)
        if watch is not None:
            watch.most = None  # it was that of the pairs
    locks = _locks(fair)
    blueprint = Blueprint(situation, match.pairs.filter(left_out="").order_by("pk"), locks)
    solution = solve(blueprint.problem, watch)
    return store_draft(situation, blueprint, solution, now=now, begins=begins, actor=actor, locks=locks)


@transaction.atomic
def store_draft(
    situation: Situation,
    blueprint: Blueprint,
    solution: Solution,
    *,
    now: datetime,
    begins: Callable[[], None],
    actor: Actor | None,
    locks: Locks | None = None,
    moves: Moves | None = None,
) -> ScheduleVersion:
    """In place of the draft before it."""
    fair = situation.fair
    Fair.objects.select_for_update().get(pk=fair.pk)
    begins()
    versions = ScheduleVersion.objects.filter(fair=fair)
    versions.filter(state=State.DRAFT).delete()
    last = versions.aggregate(last=Max("number"))["last"] or 0
    version = ScheduleVersion.objects.create(
        fair=fair,
        number=last + 1,
        status=solution.status,
        most=solution.most - len(solution.schedule.keys() & blueprint.held_numbers),
        breaks=solution.breaks,
        bound=solution.bound,
        moves_are_fewest=moves.are_fewest if moves else None,
        made_at=now,
    )
    _store(version, situation, blueprint, solution, locks or {}, moves.before if moves else {})
    if actor:
        write_audit_entry(actor, "schedule.plan", version, after={"drafted": version.number, **counts(version)})
    return version


def _locks(fair: Fair) -> Locks:
    locked = PlannedMeeting.objects.filter(
        version__fair=fair, version__state=State.DRAFT, is_locked=True, not_placed=""
    )
    rows = locked.values_list("exhibitor", "buyer", "starts_at")
    return {(exhibitor, buyer): at for exhibitor, buyer, at in rows if at}


def is_current(match: Match, situation: Situation) -> bool:
    """Whether it knows all pairs and musts of today, and nobody has more meetings by it than they may have by now."""
    wanted = {frozenset((pair.exhibitor_id, pair.buyer_id)) for pair in situation.pairs}
    wanted |= {frozenset(pair) for pair in wishes(situation.fair, Preference.Wish.MUST)}
    known = {frozenset(pair) for pair in match.pairs.values_list("exhibitor", "buyer")}
    return all(pair in known or situation.has_met(*pair) for pair in wanted) and _keeps_ceilings(match, situation)


def _keeps_ceilings(match: Match, situation: Situation) -> bool:
    """A company may have agreed on other meetings since, or may have fewer."""
    pairs = [
        ends
        for ends in match.pairs.filter(left_out="").values_list("exhibitor", "buyer")
        if set(ends) <= situation.companies.keys() and not situation.has_met(*ends)
    ]
    counts = {(side, key): n for at, side in enumerate(Side) for key, n in Counter(ends[at] for ends in pairs).items()}
    return all((left := situation.left(key, side)) is None or n <= left for (side, key), n in counts.items())


def _store(
    version: ScheduleVersion,
    situation: Situation,
    blueprint: Blueprint,
    solution: Solution,
    locks: Locks,
    before: Mapping[tuple[int, int], Before],
) -> None:
    planned = [_planned(version, situation, blueprint, row) for row in _rows(blueprint, solution)]
    for row in planned:
        ends = row.exhibitor_id, row.buyer_id
        was = before.get(ends)
        if was is not None:
            row.was_at, row.existing_id = was.was_at, was.existing
        at = was.at if was is not None and was.is_locked else locks.get(ends)
        row.is_locked = at is not None and row.starts_at == at
    PlannedMeeting.objects.bulk_create(planned)
    taking = _Taking(situation, blueprint, solution.schedule)
    bookings = []
    for number in sorted(solution.schedule.keys() - blueprint.held_numbers):
        for resource in taking.resources(number):
            made = planned[number]
            assert made.starts_at is not None
            bookings.append(PlannedBooking(version=version, planned=made, resource=resource, starts_at=made.starts_at))
    PlannedBooking.objects.bulk_create(bookings)


def _rows(blueprint: Blueprint, solution: Solution) -> Iterator[Row]:
    """First the meetings of the problem, by their numbers."""
    for number, asked in enumerate(blueprint.asked):
        if placed := solution.schedule.get(number):
            yield Row(asked, placed=placed)
        else:
            reason = solution.reasons[number]
            yield Row(asked, code_of(reason, asked.need), counts=counts_of(reason))
    yield from (Row(asked, code) for asked, code in blueprint.impossible)


def _planned(version: ScheduleVersion, situation: Situation, blueprint: Blueprint, row: Row) -> PlannedMeeting:
    asked, placed = row.asked, row.placed
    slot = situation.slots[placed.slot] if placed else None
    who = placed.interpreter if placed else None
    return PlannedMeeting(
        version=version,
        exhibitor_id=asked.pair.exhibitor_id,
        buyer_id=asked.pair.buyer_id,
        is_first=asked.pair.is_first,
        need=asked.need,
        interpreter_id=None if who is None else blueprint.interpreters[who].user,
        is_pinned=asked.pin is not None and bool(asked.row and asked.row.starts_at),
        starts_at=slot.starts_at if slot else None,
        ends_at=slot.ends_at if slot else None,
        not_placed=row.code,
        not_placed_counts=row.counts,
    )


class _Taking:
    """What each meeting takes: at its time the next of the desks and rooms, counted among those that are planned."""

    def __init__(self, situation: Situation, blueprint: Blueprint, schedule: Schedule) -> None:
        self._situation, self._blueprint, self._schedule = situation, blueprint, schedule
        self._taken: dict[int, set[str]] = defaultdict(set)

    def resources(self, number: int) -> Iterator[str]:
        asked, placed = self._blueprint.asked[number], self._schedule[number]
        for company in asked.ends:
            yield self._next(desks(self._situation.companies[company]), placed.slot)
        if placed.interpreter is not None:
            yield person(self._blueprint.interpreters[placed.interpreter].user)
        if self._situation.fair.rooms is not None:
            yield self._next(rooms(self._situation.fair), placed.slot)

    def _next(self, names: Sequence[str], slot: int) -> str:
        taken = self._taken[slot]
        name = next(name for name in names if name not in taken)
        taken.add(name)
        return name


def counts(version: ScheduleVersion) -> Mapping[str, int]:
    """How many meetings were asked for and have a time, and how many of those that come first."""
    rows = list(version.rows.values_list("is_first", "not_placed"))
    return {
        "meetings": len(rows),
        "placed": sum(not code for _first, code in rows),
        "first": sum(first for first, _code in rows),
        "first_placed": sum(first and not code for first, code in rows),
    }
