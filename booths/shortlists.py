"""Which companies are worth comparing with one of a fair: a few of its thousands, by headings of the Harmonized System.

The cut is made in the database and by what both companies announce, then by the points of fairplatform.matching. It
knows nothing of wishes, nor of what a company has asked to be spared: those are looked up for the few that it leaves.
"""

from collections import Counter
from datetime import date
from typing import Literal

from django.db.models import Count, Q

from fairplatform.content_cache.store import cached
from fairplatform.fairs.models import Fair, Participation
from fairplatform.matching import Buyer, Seller, fit
from fairplatform.matching.candidates import most_in_common, prefixes
from fairplatform.matching.sides import GOODS

from .hs_codes import CHAPTER, HEADING, SUBHEADING
from .matching_sides import buyers, current_demands, sellers
from .models import Display

Side = Literal["seller", "buyer"]
"""What the company that is to be recommended others is to them."""

SHORTLIST = 60  # of the companies compared with one, the best


def shortlist(participation: Participation, side: Side, on: date) -> list[int]:
    """The keys of the companies that fit it best; `side`: as which it is compared."""
    fair = participation.fair
    make = _buyers_for if side == "seller" else _sellers_for
    name = ("booths.shortlist", participation.pk, side, on)
    # All that it is made of raises one of the versions, except the languages, which only order those it leaves.
    return cached(name, lambda: make(fair, participation.pk, on), also="demands")


def _sellers_for(fair: Fair, key: int, on: date) -> list[int]:
    own = buyers(fair, [key], on=on).get(key)
    if own is None:
        return []
    compared = sellers(fair, _with_goods(fair, own, HEADING) or _with_goods(fair, own, CHAPTER))
    return _best({pk: fit(other, own).points for pk, other in compared.items()}, key)


def _buyers_for(fair: Fair, key: int, on: date) -> list[int]:
    own = sellers(fair, [key]).get(key)
    if own is None:
        return []
    compared = buyers(fair, _wanting(fair, own, on, HEADING) or _wanting(fair, own, on, CHAPTER), on=on)
    return _best({pk: fit(own, other).points for pk, other in compared.items()}, key)


def _best(points: dict[int, int], own: int) -> list[int]:
    ordered = sorted((-number, pk) for pk, number in points.items() if number and pk != own)
    return [pk for _points, pk in ordered[:SHORTLIST]]


def _with_goods(fair: Fair, buyer: Buyer, length: int) -> list[int]:
    """Sellers of goods under the headings, or chapters, that the buyer looks for, or open to a cooperation it seeks."""
    codes = prefixes((*buyer.headings, *(need.hs for need in buyer.needs)), length)
    kinds = {need.kind for need in buyer.needs} - {GOODS}
    matching: Counter[int] = Counter()
    if codes:
        # A range of codes, which the index serves, where LIKE would read all of them.
        under = Q(
            *(Q(product__hs6__range=(code, f"{code}{'9' * (SUBHEADING - length)}")) for code in codes), _connector=Q.OR
        )
        shown = Display.objects.filter(under, booth__fair=fair, booth__participation__state="approved")
        matching |= Counter(dict(shown.order_by().values_list("booth__participation").annotate(Count("pk"))))
    rows = fair.participations.filter(sells=True, state=Participation.State.APPROVED)
    for pk, offers, cooperation in rows.values_list("pk", "offers", "cooperation"):
        matching[pk] += len(codes & prefixes(offers, length)) + len(kinds.intersection(cooperation))
    return most_in_common(matching)


def _wanting(fair: Fair, seller: Seller, on: date, length: int) -> list[int]:
    """Buyers that look for goods under the headings, or chapters, of the seller, or seek its kinds of cooperation."""
    codes = prefixes((*seller.headings, *(offer.hs for offer in seller.offers)), length)
    kinds = seller.cooperation - {GOODS}
    matching: Counter[int] = Counter()
    rows = fair.participations.filter(buys=True, state=Participation.State.APPROVED)
    for pk, wants in rows.values_list("pk", "wants"):
        matching[pk] += len(codes & prefixes(wants, length))
    for pk, kind, code in current_demands(fair, on).values_list("participation", "kind", "hs_code"):
        matching[pk] += (code[:length] in codes) + (kind in kinds)
    return most_in_common(matching)
