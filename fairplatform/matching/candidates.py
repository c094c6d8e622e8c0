"""Which sellers and buyers of a whole fair are worth comparing: those who share something, never all with all."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from heapq import nlargest
from typing import NamedTuple

from .fit import Fit, fit
from .sides import GOODS, Buyer, Seller

COMPARED = 200  # companies compared with one, those with the most in common
KEPT = 50  # of them, the best
HEADING, CHAPTER = 4, 2
Ends = tuple[int, int]
Watched = Callable[[Collection[Ends]], Iterable[Ends]]


class Suiting(NamedTuple):
    """A seller and a buyer, by their keys, who have something for each other."""

    seller: int
    buyer: int
    fit: Fit


def suiting(
    sellers: Mapping[int, Seller], buyers: Mapping[int, Buyer], kept: int = KEPT, *, watched: Watched = iter
) -> list[Suiting]:
    """The pairs that are among the `kept` best of the seller or of the buyer, in the order of their keys.

    `watched`: through it go the pairs that are compared, which is what takes long; it may count them, or raise.
    """
    fits = {
        (seller, buyer): found
        for seller, buyer in watched(_sharing(sellers, buyers))
        if seller != buyer and (found := fit(sellers[seller], buyers[buyer])).points
    }
    best = _best(fits, 0, kept) | _best(fits, 1, kept)
    return [Suiting(seller, buyer, fits[seller, buyer]) for seller, buyer in sorted(best)]


def _best(fits: Mapping[tuple[int, int], Fit], side: int, kept: int) -> set[tuple[int, int]]:
    of_each: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pair in fits:
        of_each[pair[side]].append(pair)
    return {
        pair for pairs in of_each.values() for pair in nlargest(kept, pairs, lambda p: (fits[p].points, -p[1 - side]))
    }


def _sharing(sellers: Mapping[int, Seller], buyers: Mapping[int, Buyer]) -> set[tuple[int, int]]:
    """By headings and kinds of cooperation; by chapters where these leave too few."""
    found: set[tuple[int, int]] = set()
    of_sellers, of_buyers = _Index(), _Index()
    for key, seller in sellers.items():
        of_sellers.add(key, _of_seller(seller))
    for key, buyer in buyers.items():
        of_buyers.add(key, _of_buyer(buyer))
    for key, seller in sellers.items():
        found.update((key, other) for other in of_buyers.alike(_of_seller(seller)))
    for key, buyer in buyers.items():
        found.update((other, key) for other in of_sellers.alike(_of_buyer(buyer)))
    return found


class _Index:
    """Which companies have a code, or a kind of cooperation."""

    def __init__(self) -> None:
        self._keys: dict[Hashable, list[int]] = defaultdict(list)

    def add(self, key: int, marks: tuple[set[str], set[str]]) -> None:
        codes, kinds = marks
        for mark in {*prefixes(codes, HEADING), *prefixes(codes, CHAPTER), *(("kind", kind) for kind in kinds)}:
            self._keys[mark].append(key)

    def alike(self, marks: tuple[set[str], set[str]]) -> list[int]:
        codes, kinds = marks
        counted = self._count([*prefixes(codes, HEADING), *(("kind", kind) for kind in kinds)])
        if len(counted) < KEPT:
            near = self._count(prefixes(codes, CHAPTER))
            counted = counted + Counter({key: number for key, number in near.items() if key not in counted})
        return most_in_common(counted)

    def _count(self, marks: Iterable[Hashable]) -> "Counter[int]":
        return Counter(key for mark in marks for key in self._keys.get(mark, ()))


def most_in_common(counted: "Counter[int]") -> list[int]:
    """The companies that are compared with one, by what was counted of each in common with it."""
    # Not by most_common, for which of equals come first differs from process to process.
    found = [key for key, number in counted.items() if number]
    return sorted(found, key=lambda key: (-counted[key], key))[:COMPARED]


def prefixes(codes: Iterable[str], length: int) -> set[str]:
    """Codes of the Harmonized System cut to so many digits; those that have fewer are left out."""
    return {code[:length] for code in codes if len(code) >= length}


def _of_seller(seller: Seller) -> tuple[set[str], set[str]]:
    return {*seller.headings, *(offer.hs for offer in seller.offers)}, set(seller.cooperation - {GOODS})


def _of_buyer(buyer: Buyer) -> tuple[set[str], set[str]]:
    return {*buyer.headings, *_codes(buyer)}, {need.kind for need in buyer.needs} - {GOODS}


def _codes(buyer: Buyer) -> Iterator[str]:
    """Goods of demands for a cooperation as well: a partner for them is found among who sells them."""
    return (need.hs for need in buyer.needs if need.hs)
