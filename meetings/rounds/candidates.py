"""Whom each company is asked about: for buyers by the points of matching, for exhibitors those who have chosen them.

A company that has as many meetings as it may is neither asked nor a candidate.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from booths.matching_sides import buyers, sellers
from booths.models.demand import fair_date
from fairplatform.fairs.models import Fair, Participation, Preference
from fairplatform.scheduling.watch import Watch
from meetings.matching.couples import Couple, Couples
from meetings.matching.situation import Situation
from meetings.matching.watching import Watching
from meetings.models import Tick, TickRound
from meetings.models.meeting import Side

MOST = 10  # candidates of a buyer; those who suit fewer exhibitors have fewer


@dataclass(frozen=True)
class Candidate:
    """`other`: the key of a participation; `reasons`: of matching.Reason, as they are stored."""

    other: int
    reasons: list[dict[str, Any]]


Lists = Mapping[int, Sequence[Candidate]]
"""By the participation that is asked, its candidates in the order of their numbers."""


def candidates(fair: Fair, side: Side, *, now: datetime, watch: Watch | None = None) -> Lists:
    """Raises Refused("round_stopped") where somebody has it stopped before all are compared."""
    watching = Watching(watch, "round_stopped")
    situation = Situation(fair, now)
    return _for_buyers(situation, now, watching) if side == Side.BUYER else _for_exhibitors(situation)


def _for_buyers(situation: Situation, now: datetime, watching: Watching) -> Lists:
    """Exhibitors that suit the buyer, share hours and can be talked to; of equals, those that are listed least so far.

    Without those whom pairs, musts, a "no" or a sole agency decide about already.
    """
    fair = situation.fair
    looking = buyers(fair, on=fair_date(fair, now))
    couples = Couples(situation, sellers(fair, without_booth=True), looking, watching.counted)
    suiting: dict[int, list[Couple]] = defaultdict(list)
    for suit in couples.suits:
        if suit.is_possible and situation.have_room(suit.couple.exhibitor, suit.couple.buyer):
            suiting[suit.couple.buyer].append(suit.couple)
    listed: Counter[int] = Counter()
    found: dict[int, Sequence[Candidate]] = {}
    # Who has the least choice chooses first.
    for buyer in sorted(suiting, key=lambda key: (len(suiting[key]), key)):
        ordered = sorted(suiting[buyer], key=lambda one: (-one.found.points, listed[one.exhibitor], one.exhibitor))
        best = ordered[:MOST]
        listed.update(one.exhibitor for one in best)
        found[buyer] = [Candidate(one.exhibitor, [asdict(reason) for reason in one.found.reasons]) for one in best]
    return found


def _for_exhibitors(situation: Situation) -> Lists:
    """The buyers that have said yes in the last round of buyers; not where the exhibitor has decided already."""
    fair = situation.fair
    last = TickRound.objects.filter(fair=fair, side=Side.BUYER).order_by("-number").first()
    if last is None:
        return {}
    approved = Participation.State.APPROVED
    rows = Tick.objects.filter(
        tick_list__round=last, answer=Tick.Answer.YES, other__state=approved, tick_list__participation__state=approved
    )
    decided = set(Preference.objects.filter(fair=fair).values_list("participation", "wanted"))
    found: dict[int, list[Candidate]] = defaultdict(list)
    ticks = rows.order_by("number", "pk").values_list("other", "tick_list__participation", "reasons")
    for exhibitor, buyer, reasons in ticks:
        is_open = (exhibitor, buyer) not in decided and frozenset((exhibitor, buyer)) not in situation.forbidden
        if is_open and situation.have_room(exhibitor, buyer):
            found[exhibitor].append(Candidate(buyer, reasons))
    return found
