"""Who meets whom: of all pairs that could meet, those that together are best, within floors and ceilings.

Better is, in this order: more of the pairs that come first; less lacking to the floors; more points. The answer is
exact: a maximum-weight b-matching is a flow of minimum cost, which OR-Tools finds.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

Integers = NDArray[np.int64]
# OR-Tools multiplies the costs by the number of nodes, in 64 bits.
MOST_COST = 2**62


class Quota(NamedTuple):
    """How many meetings a company should have at least, and has at most, in one role: selling or buying."""

    floor: int
    ceiling: int


class Candidate(NamedTuple):
    """A seller and a buyer who could meet, by their places in the lists of quotas. `is_first`: before all others."""

    seller: int
    buyer: int
    points: int
    is_first: bool = False


class Assignment(NamedTuple):
    """`chosen`: the places of the candidates that meet. `full`: of each that comes first and is left out, whether the
    seller, and whether the buyer, has as many as they may of those that come first."""

    chosen: list[int]
    full: dict[int, tuple[bool, bool]]


def assign(sellers: Sequence[Quota], buyers: Sequence[Quota], candidates: Sequence[Candidate]) -> Assignment:
    """The best choice. Points are 0 or more."""
    if not candidates:
        return Assignment([], {})
    # Seven times as fast as np.array.
    table = np.fromiter(chain.from_iterable(candidates), np.int64, 4 * len(candidates)).reshape(-1, 4)
    table[:, 1] += len(sellers)
    quotas = np.array([*sellers, *buyers], dtype=np.int64)
    limits, floors = quotas[:, 1], np.minimum(quotas[:, 0], quotas[:, 1])
    is_first = table[:, 3] == 1
    held = np.bincount(table[is_first, :2].ravel(), minlength=len(quotas))
    if (held <= limits).all():
        # All that come first meet; the others are chosen within what is left. Half the time of one flow for all.
        others = np.flatnonzero(~is_first)
        network = _Network(table[others], len(sellers), np.maximum(floors - held, 0), limits - held)
        chosen = sorted([*np.flatnonzero(is_first).tolist(), *others[network.solved() == 1].tolist()])
        return Assignment(chosen, {})
    chosen = np.flatnonzero(_Network(table, len(sellers), floors, limits).solved()).tolist()
    return Assignment(chosen, _full(candidates, set(chosen), sellers, buyers))


def _full(
    candidates: Sequence[Candidate], chosen: set[int], sellers: Sequence[Quota], buyers: Sequence[Quota]
) -> dict[int, tuple[bool, bool]]:
    first = [number for number, candidate in enumerate(candidates) if candidate.is_first]
    of_seller = Counter(candidates[number].seller for number in first if number in chosen)
    of_buyer = Counter(candidates[number].buyer for number in first if number in chosen)
    return {
        number: (of_seller[seller] >= sellers[seller].ceiling, of_buyer[buyer] >= buyers[buyer].ceiling)
        for number in first
        if number not in chosen
        for seller, buyer, *_ in [candidates[number]]
    }


class _Network:
    """From a source through the sellers and the buyers to a sink; each unit that flows is a meeting."""

    def __init__(self, table: Integers, sellers: int, floors: Integers, limits: Integers) -> None:
        self._flow: Any = SimpleMinCostFlow()
        count = len(limits)
        source, sink = count, count + 1
        # A meeting that somebody lacks is worth more than all points, one that comes first more than all those.
        most = int(table[:, 2].max(initial=0)) * min(int(limits[:sellers].sum()), int(limits[sellers:].sum()))
        lacked = most + 1
        first = lacked * (int(floors.sum()) + 1) if table[:, 3].any() else 0
        if (first + most) * (count + 2) >= MOST_COST:
            raise ValueError("The points are too large.")
        nodes = np.arange(count)
        is_seller = nodes < sellers
        tails, heads = np.where(is_seller, source, nodes), np.where(is_seller, nodes, sink)
        self._add(tails, heads, floors, np.full(count, -lacked))
        self._add(tails, heads, limits - floors, np.zeros(count, dtype=np.int64))
        costs = -(table[:, 2] + table[:, 3] * first)
        self._pairs = self._add(table[:, 0], table[:, 1], np.ones(len(table), dtype=np.int64), costs)
        units = int(limits[:sellers].sum())
        self._add(np.array([source]), np.array([sink]), np.array([units]), np.array([0]))
        self._flow.set_node_supply(source, units)
        self._flow.set_node_supply(sink, -units)

    def _add(self, tails: Integers, heads: Integers, capacities: Integers, costs: Integers) -> Integers:
        arcs: Integers = self._flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
        return arcs

    def solved(self) -> Integers:
        """For each pair 1 if they meet, else 0."""
        status = self._flow.solve()
        if status != self._flow.OPTIMAL:
            raise AssertionError(f"The flow is not solved: {status}")
        flows: Integers = self._flow.flows(self._pairs)
        return flows
