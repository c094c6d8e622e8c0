"""Finds who of a fair is to meet whom, and stores it."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from django.db import transaction

from booths.matching_sides import buyers, sellers
from booths.models.demand import fair_date
from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.fairs.models import Fair
from fairplatform.matching.assignment import Candidate, Quota, assign
from fairplatform.scheduling.watch import Watch
from meetings.models import Match, MatchBasis, MatchedPair, MatchShortfall, Run
from meetings.models.meeting import Side

from .basis import basis
from .couples import Couple, Couples
from .lacking import Lacking
from .situation import Situation
from .watching import Watching

FULL = {
    (True, False): MatchedPair.LeftOut.EXHIBITOR_FULL,
    (False, True): MatchedPair.LeftOut.BUYER_FULL,
    (True, True): MatchedPair.LeftOut.BOTH_FULL,
}


def make_match(
    fair: Fair,
    *,
    now: datetime,
    watch: Watch | None = None,
    begins: Callable[[], None] = lambda: None,
    actor: Actor | None = None,
) -> Match:
    """Matches the companies as they are now. A matching before this one is replaced.

    The schedules made of that one stay, and so do its pairs that meet by now.

    `begins` is called in the transaction that stores, and prevents that by raising. `actor`: None for a command. Raises
    Refused("match_stopped") where somebody has it stopped before.
    """
    watching = Watching(watch, "match_stopped")
    # Read first: what changes meanwhile counts as changed since.
    rests_on = basis(fair)
    situation, offering = Situation(fair, now), sellers(fair, without_booth=True)
    looking = buyers(fair, on=fair_date(fair, now))
    couples = Couples(situation, offering, looking, watching.counted)
    watching.tell(Run.Step.CHOOSE)
    found = _assigned(situation, couples)
    watching.heed()
    chosen = [one for one in found if not one.left_out]
    lacking = Lacking(situation, {Side.EXHIBITOR: offering, Side.BUYER: looking}, couples.suits, chosen)
    with transaction.atomic():
        Fair.objects.select_for_update().get(pk=fair.pk)
        begins()
        kept = _meeting_already(situation)
        Match.objects.filter(fair=fair).delete()
        match = Match.objects.create(fair=fair, made_at=now, suiting=_open(couples))
        MatchBasis.objects.bulk_create(MatchBasis(match=match, topic=t, digest=d) for t, d in rests_on.items())
        for pair in kept:
            pair.pk, pair.match = None, match
        MatchedPair.objects.bulk_create([*(_row(match, one) for one in found), *kept])
        rows = list(lacking.rows())
        for row in rows:
            row.match = match
        MatchShortfall.objects.bulk_create(rows)
        if actor:
            write_audit_entry(actor, "fair.organise", match, after={"matched": len(chosen)})
    return match


def _open(couples: Couples) -> int:
    """Those that are to meet or suit each other, have no meeting yet, and are kept apart by nothing."""
    return len(couples.suits) + sum(not one.left_out for one in couples.firsts)


def _meeting_already(situation: Situation) -> list[MatchedPair]:
    """Of the matching before, the pairs that have a meeting by now."""
    rows = MatchedPair.objects.filter(match__fair=situation.fair, left_out="")
    return [row for row in rows if situation.has_met(row.exhibitor_id, row.buyer_id)]


def _assigned(situation: Situation, couples: Couples) -> list[Couple]:
    """Those that come first, chosen or left out, and the others that are chosen."""
    left_out = [one for one in couples.firsts if one.left_out]
    firsts = [one for one in couples.firsts if not one.left_out]
    possible = [*firsts, *(suit.couple for suit in couples.suits if suit.is_possible)]
    exhibitors, buyers = (sorted({key[side] for key in map(_ends, possible)}) for side in (0, 1))
    places = [{key: place for place, key in enumerate(keys)} for keys in (exhibitors, buyers)]
    candidates = [
        Candidate(places[0][one.exhibitor], places[1][one.buyer], one.found.points, one.is_first) for one in possible
    ]
    found = assign(_quotas(situation, exhibitors, Side.EXHIBITOR), _quotas(situation, buyers, Side.BUYER), candidates)
    full = [replace(possible[number], left_out=FULL[sides]) for number, sides in found.full.items()]
    return [*(possible[number] for number in found.chosen), *full, *left_out]


def _ends(couple: Couple) -> tuple[int, int]:
    return couple.exhibitor, couple.buyer


def _quotas(situation: Situation, companies: Sequence[int], side: Side) -> list[Quota]:
    return [Quota(situation.floor(key, side), situation.ceiling(key, side)) for key in companies]


def _row(match: Match, couple: Couple) -> MatchedPair:
    return MatchedPair(
        match=match,
        exhibitor_id=couple.exhibitor,
        buyer_id=couple.buyer,
        origin=couple.origin,
        points=couple.found.points,
        reasons=[asdict(reason) for reason in couple.found.reasons],
        left_out=couple.left_out,
    )
