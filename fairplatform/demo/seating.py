"""When they meet: the matches laid into the slots, nobody twice in one."""

from collections import Counter

from .buyers import DEMO_BUYER
from .exhibitors import DEMO_EXHIBITOR
from .grid import LATE, RUNNING, loads
from .matches import Pair
from .shapes import DemoCompany

# The meetings of the two firms a visitor may be: some held, one running, one later today, one on each day to come.
EXHIBITOR_SLOTS = ("1-1130", "2-1000", "2-1400", "3-1030", "3-1400", "4-1100", "5-1030")
BUYER_SLOTS = ("1-1230", "2-1130", "2-1430", "3-1130", "3-1330", "4-1030", "5-1200")

# Meetings of one language pair in a slot. Nobody interprets two slots in a row, and nine are at hand for each pair:
# three here, three before and up to three pinned after always leave enough.
INTERPRETED = 3


def seated(
    pairs: tuple[Pair, ...], companies: dict[str, DemoCompany], tongues: dict[Pair, str | None]
) -> dict[Pair, str]:
    """The slot of every pair; each slot carries exactly its load and asks for no more interpreters than there are."""
    places = _pinned(pairs)
    left = [pair for pair in pairs if pair not in places]
    for slot, load in sorted(loads().items(), key=_day_by_day):
        sitting = [pair for pair, taken in places.items() if taken == slot]
        degree = Counter(firm for pair in left for firm in pair)
        left.sort(key=lambda pair: -max(degree[pair[0]], degree[pair[1]]))
        for pair in list(left):
            agreed = slot != LATE or companies[pair[1]].late_friday
            if len(sitting) < load and agreed and _beside(pair, sitting, tongues):
                sitting.append(pair)
                left.remove(pair)
        if len(sitting) < load:
            raise ValueError(f"slot {slot} has only {len(sitting)} meetings: choose another seed")
        places |= dict.fromkeys(sitting, slot)
    return places


def _beside(pair: Pair, sitting: list[Pair], tongues: dict[Pair, str | None]) -> bool:
    """Whether the pair can sit in a slot beside these: no firm twice, an interpreter left."""
    tongue = tongues[pair]
    asking = sum(tongues[other] == tongue for other in sitting)
    strangers = not any(set(pair) & set(other) for other in sitting)
    return strangers and (tongue is None or asking < INTERPRETED)


def _pinned(pairs: tuple[Pair, ...]) -> dict[Pair, str]:
    places = {(DEMO_BUYER, DEMO_EXHIBITOR): RUNNING}
    of_exhibitor = [pair for pair in pairs if pair[1] == DEMO_EXHIBITOR and pair not in places]
    of_buyer = [pair for pair in pairs if pair[0] == DEMO_BUYER and pair not in places]
    places |= dict(zip(of_exhibitor, EXHIBITOR_SLOTS, strict=True))
    places |= dict(zip(of_buyer, BUYER_SLOTS, strict=True))
    return places


def _day_by_day(slot: tuple[str, int]) -> tuple[bool, str, str]:
    """The late slot first, for few may use it; then the same hour of every day, so that a firm's meetings spread."""
    day, at = slot[0].split("-")
    return slot[0] != LATE, at, day
