"""Which companies have fewer meetings than they should, and why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from fairplatform.matching import Buyer, Seller
from fairplatform.matching.shortfalls import Prospects, shortfall
from meetings.models import MatchShortfall
from meetings.models.meeting import Side

from .couples import Couple, Suit
from .situation import Situation


class Lacking:
    """`chosen`: who meet; `suits`: who could have."""

    def __init__(
        self,
        situation: Situation,
        sides: Mapping[Side, Mapping[int, Seller] | Mapping[int, Buyer]],
        suits: Iterable[Suit],
        chosen: Iterable[Couple],
    ) -> None:
        self._situation, self._sides = situation, sides
        ends = [(one.exhibitor, one.buyer) for one in chosen]
        self._matched = {
            side: situation.held[side] + Counter(both[place] for both in ends) for place, side in enumerate(Side)
        }
        self._suiting, self._hours, self._language = ({side: Counter[int]() for side in Side} for _ in range(3))
        for suit in suits:
            for side, company in zip(Side, (suit.couple.exhibitor, suit.couple.buyer), strict=True):
                self._suiting[side][company] += 1
                self._hours[side][company] += not suit.has_hours
                self._language[side][company] += suit.has_hours and not suit.has_language

    def rows(self) -> Iterator[MatchShortfall]:
        """Not stored, and of no match yet."""
        for side in Side:
            for company in self._sides[side]:
                wanted, has = self._situation.wanted(company), self._matched[side][company]
                if has < wanted:
                    found = shortfall(self._prospects(side, company, has))
                    yield MatchShortfall(
                        participation_id=company, side=side, meetings=has, floor=wanted,
                        code=found.code, count=found.count, suiting=found.suiting,
                    )  # fmt: skip

    def _prospects(self, side: Side, company: int, has: int) -> Prospects:
        """Besides those that it meets anyway: the organisers' pairs, musts and meetings there are."""
        suiting = self._suiting[side][company]
        return Prospects(
            floor=self._situation.wanted(company),
            says_something=_says_something(self._sides[side][company]),
            slots=self._situation.capacity(company) + self._situation.held[side][company],
            suiting=max(suiting, has),
            without_hours=self._hours[side][company],
            without_language=self._language[side][company],
        )


def _says_something(one: Seller | Buyer) -> bool:
    goods = one.offers if isinstance(one, Seller) else one.needs
    return bool(goods or one.headings)
