"""Who could meet whom: the organisers' pairs and the companies' musts, and those who suit each other."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from fairplatform.fairs.models.wishes import Preference
from fairplatform.matching import Buyer, Fit, Seller, both_ways, fit
from fairplatform.matching.candidates import Watched, suiting
from meetings.models import MatchedPair

from . import wishes
from .situation import Situation
from .wishes import Both

Origin, LeftOut = MatchedPair.Origin, MatchedPair.LeftOut
WOULD = 20  # points for each of the two who would like to meet the other


@dataclass(frozen=True)
class Couple:
    """An exhibitor and a buyer. `left_out`: why they cannot meet although they should."""

    exhibitor: int
    buyer: int
    origin: MatchedPair.Origin
    found: Fit
    left_out: str = ""

    @property
    def both(self) -> Both:
        return frozenset((self.exhibitor, self.buyer))

    @property
    def is_first(self) -> bool:
        return self.origin != Origin.SCORE


@dataclass(frozen=True)
class Suit:
    """Two who suit each other and may meet."""

    couple: Couple
    has_hours: bool
    has_language: bool

    @property
    def is_possible(self) -> bool:
        return self.has_hours and self.has_language


class Couples:
    """`firsts`: in the order of the organisers' pairs, then the musts; each two companies once, unless paired twice.

    `watched`: through it go those that are compared (`matching.candidates`).
    """

    def __init__(
        self,
        situation: Situation,
        sellers: Mapping[int, Seller],
        buyers: Mapping[int, Buyer],
        watched: Watched = iter,
    ) -> None:
        self._situation, self._sellers, self._buyers, self._watched = situation, sellers, buyers, watched
        self.firsts = [self._judged(one) for one in self._wanted() if not situation.has_met(one.exhibitor, one.buyer)]
        self.suits = [self._suit(one) for one in self._suiting()]

    def _wanted(self) -> Iterator[Couple]:
        named = set()
        for pair in self._situation.pairs:
            couple = self._first(pair.exhibitor_id, pair.buyer_id, Origin.PAIR)
            named.add(couple.both)
            yield couple
        for wisher, wanted in wishes.wishes(self._situation.fair, Preference.Wish.MUST):
            sides = self._sides(wisher, wanted)
            exhibitor, buyer = sides or (wanted, wisher)
            couple = self._first(exhibitor, buyer, Origin.MUST)
            if couple.both not in named:
                named.add(couple.both)
                yield couple if sides else replace(couple, left_out=LeftOut.ONE_SIDE)

    def _first(self, exhibitor: int, buyer: int, origin: MatchedPair.Origin) -> Couple:
        return self._both_ways(Couple(exhibitor, buyer, origin, self._fit(exhibitor, buyer)))

    def _both_ways(self, couple: Couple) -> Couple:
        """With what the buyer sells and the exhibitor looks for as well."""
        return replace(couple, found=both_ways(couple.found, self._fit(couple.buyer, couple.exhibitor)))

    def _fit(self, exhibitor: int, buyer: int) -> Fit:
        if exhibitor not in self._sellers or buyer not in self._buyers:
            return Fit(0)
        return fit(self._sellers[exhibitor], self._buyers[buyer])

    def _judged(self, couple: Couple) -> Couple:
        situation = self._situation
        if not couple.both <= situation.companies.keys():
            return replace(couple, left_out=LeftOut.NOT_APPROVED)
        if why := situation.forbidden.get(couple.both):
            return replace(couple, left_out=why)
        if not couple.left_out and not situation.common(couple.exhibitor, couple.buyer):
            return replace(couple, left_out=LeftOut.NO_COMMON_HOURS)
        return couple

    def _sides(self, wisher: int, wanted: int) -> tuple[int, int] | None:
        """As (exhibitor, buyer); where both could be either, the one that is wanted is the exhibitor."""
        one, other = (self._situation.companies.get(key) for key in (wisher, wanted))
        if one is None or other is None:
            return wanted, wisher
        if other.sells and one.buys:
            return wanted, wisher
        return (wisher, wanted) if one.sells and other.buys else None

    def _suiting(self) -> list[Couple]:
        """Each two companies once, as seller and buyer in whichever way suits them better; the other way counts too."""
        kept_apart = {one.both for one in self.firsts} | self._situation.forbidden.keys()
        kept_apart |= wishes.spared(self._situation.fair)
        best: dict[Both, Couple] = {}
        for couple in self._with_wishes():
            if couple.both in kept_apart or self._situation.has_met(couple.exhibitor, couple.buyer):
                continue
            known = best.get(couple.both)
            if known is None or couple.found.points > known.found.points:
                best[couple.both] = couple
        return [self._both_ways(couple) for couple in best.values()]

    def _with_wishes(self) -> Iterator[Couple]:
        fits = {(one.seller, one.buyer): one.fit for one in suiting(self._sellers, self._buyers, watched=self._watched)}
        wished: Counter[Both] = Counter()
        for wisher, wanted in wishes.wishes(self._situation.fair, Preference.Wish.WOULD):
            wished[frozenset((wisher, wanted))] += WOULD
            sides = self._sides(wisher, wanted)
            if sides and {wisher, wanted} <= self._situation.companies.keys():
                fits.setdefault(sides, self._fit(*sides))
        for (exhibitor, buyer), found in fits.items():
            points = found.points + wished[frozenset((exhibitor, buyer))]
            yield Couple(exhibitor, buyer, Origin.SCORE, replace(found, points=points))

    def _suit(self, couple: Couple) -> Suit:
        situation, ends = self._situation, (couple.exhibitor, couple.buyer)
        return Suit(couple, bool(situation.common(*ends)), situation.tongues.can_talk(*ends))
