"""Why two companies meet, as it is stored with their meeting: in few queries for any number of companies."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from django.db.models import QuerySet

from booths.matching_sides import buyers, sellers
from booths.models import Demand
from booths.models.demand import fair_date
from fairplatform.fairs.models import Fair
from fairplatform.matching import Fit, both_ways, fit
from meetings.models import MatchedPair
from meetings.models.meeting import MatchReason

from .headings import headings_of


class Between:
    """Of these companies of a fair, by the keys of their participations, as matching looks at them.

    `seen`: the demands among which those are that count; None: all.
    """

    def __init__(
        self, fair: Fair, companies: Collection[int], now: datetime, seen: "QuerySet[Demand] | None" = None
    ) -> None:
        self._sellers = sellers(fair, companies, without_booth=True)
        self._buyers = buyers(fair, companies, on=fair_date(fair, now), seen=seen)
        rows = MatchedPair.objects.filter(match__fair=fair, exhibitor__in=companies, buyer__in=companies, left_out="")
        self._matched = {(one, other): found for one, other, found in rows.values_list("exhibitor", "buyer", "reasons")}

    def reason(self, exhibitor: int, buyer: int, *, is_requested: bool = False) -> MatchReason:
        """With the reasons for which the two were matched; where they were not, with those that there are now."""
        reasons = self._matched.get((exhibitor, buyer))
        if reasons is None:
            found = both_ways(self._fit(exhibitor, buyer), self._fit(buyer, exhibitor))
            reasons = [asdict(reason) for reason in found.reasons]
        return {
            "hs": self.headings(exhibitor, buyer),
            "back": self.headings(buyer, exhibitor),
            "reasons": reasons,
            "request": is_requested,
        }

    def headings(self, seller: int, buyer: int) -> list[str]:
        """The HS headings under which the one sells and the other looks for something."""
        if seller not in self._sellers or buyer not in self._buyers:
            return []
        return sorted(headings_of(self._sellers[seller]) & headings_of(self._buyers[buyer]))

    def _fit(self, seller: int, buyer: int) -> Fit:
        if seller not in self._sellers or buyer not in self._buyers:
            return Fit(0)
        return fit(self._sellers[seller], self._buyers[buyer])
