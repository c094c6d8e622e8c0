"""Makes a schedule again after something has changed, so that the fewest meetings move."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from fairplatform.accounts.actor import Actor
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Preference
from fairplatform.scheduling.problem import Placed, Problem, Schedule
from fairplatform.scheduling.rerun import rerun
from fairplatform.scheduling.solving import appraised
from fairplatform.scheduling.watch import Watch
from meetings.matching.situation import Situation
from meetings.matching.wishes import wishes
from meetings.models import MatchedPair, Meeting, PlannedMeeting, ScheduleVersion
from meetings.models.meeting import Side
from meetings.schedule.free_slots import Places
from meetings.schedule.freezing import frozen_slots

from .blueprint import Blueprint, Needs
from .drafting import Before, Moves, store_draft
from .needs import need_of
from .planned import is_by_hand, pair_of

State = ScheduleVersion.State
Ends = tuple[int, int]


def movable_meetings(fair: Fair, now: datetime) -> Sequence[Meeting]:
    """Of published schedules, those on days to come that are not frozen; what companies have agreed on stays."""
    rows = Meeting.objects.filter(planned__version__fair=fair, state=Meeting.State.CONFIRMED)
    if fair.state != Fair.State.DRAFT:
        rows = rows.filter(slot__starts_at__gt=now).exclude(slot__in=frozen_slots(fair, now))
    return list(rows.select_related("slot", "planned").prefetch_related("participants").order_by("pk"))


def rerun_draft(
    fair: Fair, *, now: datetime, watch: Watch, begins: Callable[[], None], actor: Actor | None = None
) -> ScheduleVersion:
    """The draft again, with its pairs and those that must meet by now. Raises Refused("draft_none")."""
    draft = ScheduleVersion.objects.filter(fair=fair, state=State.DRAFT).first()
    if draft is None:
        raise Refused("draft_none")
    frozen = frozenset() if fair.state == Fair.State.DRAFT else frozen_slots(fair, now)
    rows = [row for row in draft.rows.select_related("existing__slot") if _is_planned_again(row, frozen)]
    before = {(row.exhibitor_id, row.buyer_id): found for row in rows if (found := _before(row, frozen))}
    who = {(row.exhibitor_id, row.buyer_id): row.interpreter_id for row in rows}
    without = [row.existing_id for row in rows if row.existing_id]
    pairs = [pair_of(row.exhibitor_id, row.buyer_id, is_first=row.is_first) for row in rows]
    needs = {(row.exhibitor_id, row.buyer_id): need_of(row.existing) for row in rows if row.existing}
    situation = Situation(fair, now, without)
    return _rerun(situation, pairs, before, who, needs, now=now, watch=watch, begins=begins, actor=actor)


def _is_planned_again(row: PlannedMeeting, frozen: frozenset[int]) -> bool:
    """What is frozen by now stays as it is published, unless a person has moved it in the draft."""
    if row.existing is None:
        return True
    is_open = row.existing.slot_id not in frozen or is_by_hand(row)
    return is_open and row.existing.state == Meeting.State.CONFIRMED


def _before(row: PlannedMeeting, frozen: frozenset[int]) -> Before | None:
    """A published meeting that was moved since the draft is planned for where it is now, unless the draft moves it.

    One in a slot that is frozen by now stays where a person has moved it.
    """
    if row.existing is None:
        return Before(row.starts_at, row.starts_at, None, row.is_locked) if row.starts_at else None
    now_at = row.existing.starts_at
    is_moved = row.starts_at is not None and row.starts_at != row.was_at
    at = row.starts_at if row.starts_at is not None and (is_moved or row.is_locked) else now_at
    return Before(at, now_at, row.existing_id, row.is_locked or row.existing.slot_id in frozen)


def rerun_published(
    fair: Fair, *, now: datetime, watch: Watch, begins: Callable[[], None], actor: Actor | None = None
) -> ScheduleVersion:
    """The published meetings that have not begun, as a new draft. Raises Refused("published_none")."""
    meetings = movable_meetings(fair, now)
    if not meetings:
        raise Refused("published_none")
    before = {(one.exhibitor_id, one.buyer_id): _published_before(one) for one in meetings}
    who = {(one.exhibitor_id, one.buyer_id): interpreter_of(one) for one in meetings}
    pairs = [pair_of(one.exhibitor_id, one.buyer_id, is_first=one.planned.is_first) for one in meetings]
    needs = {(one.exhibitor_id, one.buyer_id): need_of(one) for one in meetings}
    situation = Situation(fair, now, [one.pk for one in meetings])
    return _rerun(situation, pairs, before, who, needs, now=now, watch=watch, begins=begins, actor=actor)


def _published_before(meeting: Meeting) -> Before:
    """What an organiser locked in the draft that was published stays where it is, until they unlock it."""
    return Before(meeting.starts_at, meeting.starts_at, meeting.pk, meeting.planned.is_locked)


def interpreter_of(meeting: Meeting) -> int | None:
    return next((one.user_id for one in meeting.participants.all() if not one.side), None)


def _rerun(
    situation: Situation,
    pairs: Sequence[MatchedPair],
    before: Mapping[Ends, Before],
    who: Mapping[Ends, int | None],
    needs: Needs,
    *,
    now: datetime,
    watch: Watch,
    begins: Callable[[], None],
    actor: Actor | None,
) -> ScheduleVersion:
    full = _full(situation, pairs, before)
    blueprint = Blueprint(situation, [*pairs, *_firsts(situation, pairs)], full=full, needs=needs)
    previous = _previous(situation, blueprint, before, who)
    problem = _without_frozen(situation, blueprint.problem, previous, now)
    locks = {n for n, asked in enumerate(blueprint.asked) if asked.ends in before and before[asked.ends].is_locked}
    changed = rerun(problem, previous, locks=locks & previous.keys(), watch=watch)
    solution = replace(appraised(problem, changed.schedule, watch), reasons=changed.reasons)
    moves = Moves(before, are_fewest=changed.is_fewest)
    return store_draft(situation, blueprint, solution, now=now, begins=begins, actor=actor, moves=moves)


def _previous(
    situation: Situation, blueprint: Blueprint, before: Mapping[Ends, Before], who: Mapping[Ends, int | None]
) -> Schedule:
    """When the pairs were to meet, where the fair still has that time; and the meetings that stay anyway."""
    places = {one.user: place for place, one in enumerate(blueprint.interpreters)}
    found = {}
    for number, asked in enumerate(blueprint.asked):
        was = before.get(asked.ends)
        at = situation.places.get(was.at) if was else None
        if at is not None:
            found[number] = Placed(at, places.get(who.get(asked.ends) or 0))
    for number, held in enumerate(blueprint.held, start=len(blueprint.asked)):
        found[number] = Placed(held.at, places.get(held.interpreter or 0))
    return found


def _without_frozen(situation: Situation, problem: Problem, previous: Schedule, now: datetime) -> Problem:
    """Nothing is moved to a day that is frozen by now, either."""
    if situation.fair.state == Fair.State.DRAFT:
        return problem
    frozen = frozen_slots(situation.fair, now)
    shut = frozenset(at for at, slot in enumerate(situation.slots) if slot.pk in frozen)
    every = frozenset(range(len(situation.slots)))
    meetings = [
        one if one.slot is not None else replace(one, slots=_left(one.slots, every, shut) | _now_at(previous, number))
        for number, one in enumerate(problem.meetings)
    ]
    return replace(problem, meetings=tuple(meetings)) if shut else problem


def _left(slots: Places | None, every: Places, shut: Places) -> Places:
    return (every if slots is None else slots) - shut


def _now_at(previous: Schedule, number: int) -> Places:
    return frozenset({previous[number].slot} if number in previous else ())


def _full(situation: Situation, pairs: Sequence[MatchedPair], before: Mapping[Ends, Before]) -> set[Ends]:
    """The new pairs for which a ceiling of the two leaves no room by now; none that an organiser has locked."""
    stays = {ends for ends, was in before.items() if was.existing or was.is_locked}
    has = Counter(end for ends in stays for end in zip(ends, Side, strict=True))
    asked = [pair for pair in pairs if _is_new(situation, pair) and _ends(pair) not in stays]
    found = set()
    for pair in sorted(asked, key=lambda pair: (not pair.is_first, _ends(pair) not in before)):
        ends = list(zip(_ends(pair), Side, strict=True))
        if any((left := situation.left(*end)) is not None and has[end] >= left for end in ends):
            found.add(_ends(pair))
        else:
            has.update(ends)
    return found


def _is_new(situation: Situation, pair: MatchedPair) -> bool:
    return set(_ends(pair)) <= situation.companies.keys() and not situation.has_met(*_ends(pair))


def _ends(pair: MatchedPair) -> Ends:
    return pair.exhibitor_id, pair.buyer_id


def _firsts(situation: Situation, pairs: Sequence[MatchedPair]) -> Iterator[MatchedPair]:
    """The organisers' pairs and the musts that are not among these, as far as the ceilings of both leave room."""
    known = {frozenset((pair.exhibitor_id, pair.buyer_id)) for pair in pairs}
    has = Counter((pair.exhibitor_id, Side.EXHIBITOR) for pair in pairs)
    has += Counter((pair.buyer_id, Side.BUYER) for pair in pairs)
    for exhibitor, buyer in _wanted(situation):
        ends = ((exhibitor, Side.EXHIBITOR), (buyer, Side.BUYER))
        if {exhibitor, buyer} in known or any(has[end] >= situation.ceiling(*end) for end in ends):
            continue
        known.add(frozenset((exhibitor, buyer)))
        has.update(ends)
        yield pair_of(exhibitor, buyer, is_first=True)


def _wanted(situation: Situation) -> Iterator[Ends]:
    """Of approved companies that may meet; of those that wish to meet, the one that is wished for sells if it does."""
    of_pairs = [(pair.exhibitor_id, pair.buyer_id) for pair in situation.pairs]
    companies = situation.companies
    for one, other in of_pairs:
        if {one, other} <= companies.keys() and frozenset((one, other)) not in situation.forbidden:
            yield one, other
    for wishing, wanted in wishes(situation.fair, Preference.Wish.MUST):
        if not {wishing, wanted} <= companies.keys() or frozenset((wishing, wanted)) in situation.forbidden:
            continue
        if companies[wanted].sells and companies[wishing].buys:
            yield wanted, wishing
        elif companies[wishing].sells and companies[wanted].buys:
            yield wishing, wanted
