"""Who meets whom: every pair has a hall in common, every firm as many meetings as its share says."""

from random import Random

from .chance import chance
from .shapes import DemoCompany

Pair = tuple[str, str]
"""A buyer's key and an exhibitor's key."""

CEILING = 8
BUYER_FLOOR, EXHIBITOR_FLOOR = 3, 2
# The meetings of each hall, about 3.1 for each of its exhibitors.
HALL_MEETINGS = {
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


def matches(exhibitors: tuple[DemoCompany, ...], buyers: tuple[DemoCompany, ...], seed: int) -> tuple[Pair, ...]:
    """Three hundred pairs, none twice; the two firms a visitor may be meet each other and have eight each."""
    random = chance(seed, "matches")
    wanted = _wanted(exhibitors, random)
    table = Table(exhibitors, buyers, _free(buyers, random), random)
    for turn in range(CEILING):
        for firm in exhibitors:
            if turn < wanted[firm.key] and not table.seat(firm.key, set()):
                raise ValueError(f"{firm.key} finds no buyer any more: choose another seed")
    return tuple((buyer, firm.key) for firm in exhibitors for buyer in table.met[firm.key])


class Table:
    """Exhibitors looking for buyers one after another; a buyer without room may be freed by moving an earlier match.

    The search is Kuhn's for bipartite matching, with room for several at each buyer.
    """

    def __init__(
        self,
        exhibitors: tuple[DemoCompany, ...],
        buyers: tuple[DemoCompany, ...],
        free: dict[str, int],
        random: Random,
    ) -> None:
        self._random = random
        self._free = free
        self._fixed = (buyers[0].key, exhibitors[0].key)
        self._seekers = {
            firm.key: [buyer.key for buyer in buyers if firm.hall in buyer.interests] for firm in exhibitors
        }
        self.met: dict[str, list[str]] = {firm.key: [] for firm in exhibitors}

    def seat(self, exhibitor: str, tried: set[str]) -> bool:
        """Find one more buyer for the exhibitor, moving others where needed; False if there is none."""
        able = [buyer for buyer in self._seekers[exhibitor] if buyer not in self.met[exhibitor]]
        for buyer in sorted(
            able, key=lambda key: ((key, exhibitor) != self._fixed, -self._free[key], self._random.random())
        ):
            if buyer not in tried:
                tried.add(buyer)
                if self._free[buyer] or self._moved_away(buyer, tried):
                    self._free[buyer] -= 1
                    self.met[exhibitor].append(buyer)
                    return True
        return False

    def _moved_away(self, buyer: str, tried: set[str]) -> bool:
        for other in [key for key, met in self.met.items() if buyer in met]:
            if (buyer, other) != self._fixed and self.seat(other, tried):
                self.met[other].remove(buyer)
                self._free[buyer] += 1
                return True
        return False


def _wanted(exhibitors: tuple[DemoCompany, ...], random: Random) -> dict[str, int]:
    """How many meetings each exhibitor gets: two at least, the first eight, the rest drawn within the hall."""
    wanted = {firm.key: EXHIBITOR_FLOOR for firm in exhibitors}
    first = exhibitors[0].key
    wanted[first] = CEILING
    for hall, total in HALL_MEETINGS.items():
        firms = [firm.key for firm in exhibitors if firm.hall == hall]
        growing = [key for key in firms if key != first]
        for _ in range(total - sum(wanted[key] for key in firms)):
            lowest = min(wanted[key] for key in growing)
            wanted[random.choice([key for key in growing if wanted[key] <= lowest + 1])] += 1
    return wanted


def _free(buyers: tuple[DemoCompany, ...], random: Random) -> dict[str, int]:
    """How many meetings each buyer wants: five on the whole, the first eight, nobody under three."""
    free = {buyer.key: 5 for buyer in buyers}
    free[buyers[0].key] = CEILING
    rest = [buyer.key for buyer in buyers[1:]]
    for _ in range(CEILING - 5):
        free[random.choice([key for key in rest if free[key] == 5])] -= 1
    for _ in range(16):
        less = random.choice([key for key in rest if free[key] > BUYER_FLOOR])
        more = random.choice([key for key in rest if free[key] < CEILING - 1 and key != less])
        free[less] -= 1
        free[more] += 1
    return free
