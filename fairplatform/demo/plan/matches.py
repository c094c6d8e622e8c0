"""Which buyer meets which exhibitor: always in a hall the buyer looks in, and each company as often as planned."""

from random import Random
from typing import NamedTuple

from .entities import DemoCompany
from .random_source import random_for


class Match(NamedTuple):
    """The keys of a buyer and an exhibitor that meet once."""

    buyer: str
    exhibitor: str


MOST_PER_COMPANY = 8
FEWEST_PER_BUYER, FEWEST_PER_EXHIBITOR = 3, 2
# Meetings by hall key, about 3.1 for each exhibitor; together 300.
MEETINGS_PER_HALL = {
    "hand-tools": 28,
    "power-tools": 28,
    "locks": 28,
    "fasteners": 22,
    "valves": 31,
    "pumps": 28,
    "electrical": 31,
    "solar": 25,
    "machine-tools": 19,
    "plastics": 22,
    "sewing": 16,
    "household": 22,
}


def matches(exhibitors: tuple[DemoCompany, ...], buyers: tuple[DemoCompany, ...], seed: int) -> tuple[Match, ...]:
    """Three hundred matches, none twice; the two companies of the personas meet each other and have eight each.

    Raises ValueError where the seed's draw leaves an exhibitor without a buyer.
    """
    random = random_for(seed, "matches")
    numbers = _meetings_per_exhibitor(exhibitors, random)
    table = MatchTable(exhibitors, buyers, _meetings_per_buyer(buyers, random), random)
    for turn in range(MOST_PER_COMPANY):
        for firm in exhibitors:
            if turn < numbers[firm.key] and not table.add_match(firm.key, set()):
                raise ValueError(f"{firm.key} finds no buyer any more: choose another seed")
    return tuple(Match(buyer, firm.key) for firm in exhibitors for buyer in table.buyers_of[firm.key])


class MatchTable:
    """A bipartite matching that grows by one match at a time: Kuhn's augmenting paths, with a capacity per buyer.

    `remaining` is how many more meetings each buyer takes.
    """

    def __init__(
        self,
        exhibitors: tuple[DemoCompany, ...],
        buyers: tuple[DemoCompany, ...],
        remaining: dict[str, int],
        random: Random,
    ) -> None:
        self._random = random
        self._remaining = remaining
        self._persona_match = (buyers[0].key, exhibitors[0].key)
        self._candidates = {
            firm.key: [buyer.key for buyer in buyers if firm.hall in buyer.interests] for firm in exhibitors
        }
        self.buyers_of: dict[str, list[str]] = {firm.key: [] for firm in exhibitors}

    def add_match(self, exhibitor: str, tried: set[str]) -> bool:
        """Adds a buyer to the exhibitor, moving other matches where needed; False if there is no augmenting path."""
        able = [buyer for buyer in self._candidates[exhibitor] if buyer not in self.buyers_of[exhibitor]]
        for buyer in sorted(able, key=lambda key: self._preference(key, exhibitor)):
            if buyer not in tried:
                tried.add(buyer)
                if self._remaining[buyer] or self._move_a_match_of(buyer, tried):
                    self._remaining[buyer] -= 1
                    self.buyers_of[exhibitor].append(buyer)
                    return True
        return False

    def _preference(self, buyer: str, exhibitor: str) -> tuple[bool, int, float]:
        """The personas' match first, then the buyers with most meetings left, ties at random."""
        return (buyer, exhibitor) != self._persona_match, -self._remaining[buyer], self._random.random()

    def _move_a_match_of(self, buyer: str, tried: set[str]) -> bool:
        for other in [key for key, met in self.buyers_of.items() if buyer in met]:
            if (buyer, other) != self._persona_match and self.add_match(other, tried):
                self.buyers_of[other].remove(buyer)
                self._remaining[buyer] += 1
                return True
        return False


def _meetings_per_exhibitor(exhibitors: tuple[DemoCompany, ...], random: Random) -> dict[str, int]:
    """Meetings by exhibitor key: at least two, the first exhibitor eight, the rest of each hall's drawn evenly."""
    wanted = {firm.key: FEWEST_PER_EXHIBITOR for firm in exhibitors}
    first = exhibitors[0].key
    wanted[first] = MOST_PER_COMPANY
    for hall, total in MEETINGS_PER_HALL.items():
        firms = [firm.key for firm in exhibitors if firm.hall == hall]
        growing = [key for key in firms if key != first]
        for _ in range(total - sum(wanted[key] for key in firms)):
            lowest = min(wanted[key] for key in growing)
            wanted[random.choice([key for key in growing if wanted[key] <= lowest + 1])] += 1
    return wanted


def _meetings_per_buyer(buyers: tuple[DemoCompany, ...], random: Random) -> dict[str, int]:
    """Meetings by buyer key: five on average, the first buyer eight, nobody under three."""
    free = {buyer.key: 5 for buyer in buyers}
    free[buyers[0].key] = MOST_PER_COMPANY
    rest = [buyer.key for buyer in buyers[1:]]
    for _ in range(MOST_PER_COMPANY - 5):
        free[random.choice([key for key in rest if free[key] == 5])] -= 1
    for _ in range(16):
        less = random.choice([key for key in rest if free[key] > FEWEST_PER_BUYER])
        more = random.choice([key for key in rest if free[key] < MOST_PER_COMPANY - 1 and key != less])
        free[less] -= 1
        free[more] += 1
    return free
