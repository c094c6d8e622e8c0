"""Made-up fairs to schedule, of the sizes that the program is meant for; each is always the same."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from fairplatform.scheduling.problem import Interpreter, Meeting, Party, Problem

HALF_HOURS = 48
ZONES = (-5, 0, 1, 3, 4, 5, 5, 5, 7, 8)  # of buyers, in hours from UTC
PAIRS = ("zh-ur", "zh-en", "zh-ar", "zh-ru", "zh-fr", "zh-es", "zh-pt")


def station() -> Problem:
    """150 Chinese exhibitors, 60 Pakistani buyers, 300 meetings on five days, 8 interpreters, 30 rooms."""
    random = Random(1)  # noqa: S311
    slots, days = _slots(range(2, 26), 5)
    sellers = [_party(random, slots, 8, ((9, 12), (13.5, 18)), ceiling=12) for _ in range(150)]
    buyers = [_party(random, slots, 5, ((9, 13), (14, 18)), ceiling=12) for _ in range(60)]
    meetings = _meetings(random, 150, 60, 300, required=0.6, pairs=("zh-ur", "zh-en"))
    interpreters = tuple(
        Interpreter(frozenset(("zh-ur", "zh-en") if number < 6 else ("zh-en",)), frozenset(range(len(slots))), 10)
        for number in range(8)
    )
    return Problem(days, (*sellers, *buyers), meetings, interpreters, rooms=(30,) * len(slots))


def matching_day() -> Problem:
    """2,200 firms, 1,700 meetings on one day of 16 slots, 300 rooms, 300 interpreters."""
    random = Random(3)  # noqa: S311
    slots, days = _slots(range(2, 18), 1)
    sellers = [_party(random, slots, 8, ((9, 18),), absent=0.2) for _ in range(1_600)]
    buyers = [_party(random, slots, 8, ((9, 18),), absent=0.2) for _ in range(600)]
    meetings = _meetings(random, 1_600, 600, 1_700, required=0.7, pairs=PAIRS)
    interpreters = tuple(
        Interpreter(frozenset((PAIRS[number % len(PAIRS)],)), frozenset(range(16)), 10) for number in range(300)
    )
    return Problem(days, (*sellers, *buyers), meetings, interpreters, rooms=(300,) * 16)


def large_fair(count: int = 10_000) -> Problem:
    """Meetings of Chinese exhibitors with buyers in ten zones on five days, half of them with an interpreter; some
    parties share few hours with each other."""
    random = Random(10)  # noqa: S311
    slots, days = _slots(range(24), 5)
    sellers = [_party(random, slots, 8, ((8, 12), (13, 20)), absent=0.1) for _ in range(count // 6)]
    buyers = [_party(random, slots, random.choice(ZONES), ((8, 20),), absent=0.1) for _ in range(count // 10)]
    meetings = _meetings(random, count // 6, count // 10, count, required=0.5, pairs=PAIRS)
    everything = frozenset(range(len(slots)))
    interpreters = tuple(
        Interpreter(frozenset((PAIRS[number % len(PAIRS)],)), everything, 12) for number in range(count // 50)
    )
    return Problem(days, (*sellers, *buyers), meetings, interpreters)


def with_preferences(problem: Problem) -> Problem:
    """The same, with half of the parties preferring the first or the second half of their slots of a day."""
    random = Random(5)  # noqa: S311
    return replace(problem, parties=tuple(_preferring(random, party, problem.days) for party in problem.parties))


def _preferring(random: Random, party: Party, days: Sequence[int]) -> Party:
    if random.random() < 0.5:
        return party
    is_early, preferred = random.random() < 0.5, set[int]()
    for day in set(days):
        own = sorted(slot for slot in party.slots if days[slot] == day)
        preferred.update(own[: len(own) // 2] if is_early else own[len(own) // 2 :])
    return replace(party, preferred=frozenset(preferred))


def _slots(of_day: Sequence[int], days: int) -> tuple[list[tuple[int, int]], tuple[int, ...]]:
    """Half hours of UTC on some days, and the day of each."""
    slots = [(day, half_hour) for day in range(days) for half_hour in of_day]
    return slots, tuple(day for day, _half_hour in slots)


def _party(
    random: Random,
    slots: Sequence[tuple[int, int]],
    zone: int,
    hours: Sequence[tuple[float, float]],
    *,
    absent: float = 0.1,
    ceiling: int | None = None,
) -> Party:
    """Who works these hours of their own zone, and is absent now and then."""
    local = {half_hour: (half_hour / 2 + zone) % 24 for _day, half_hour in slots}
    free = frozenset(
        number
        for number, (_day, half_hour) in enumerate(slots)
        if any(opens <= local[half_hour] < closes for opens, closes in hours) and random.random() > absent
    )
    return Party(free, ceiling=ceiling)


def _meetings(
    random: Random, sellers: int, buyers: int, count: int, *, required: float, pairs: Sequence[str]
) -> tuple[Meeting, ...]:
    """Different pairs; some firms are asked for more than others. A buyer's language is one of `pairs`."""
    wanted = [random.lognormvariate(0, 0.5) for _ in range(sellers)]
    wanting = [random.lognormvariate(0, 0.5) for _ in range(buyers)]
    languages = [random.choice(pairs) for _ in range(buyers)]
    found: dict[tuple[int, int], None] = {}
    while len(found) < count:
        many = count - len(found)
        ones = random.choices(range(sellers), wanted, k=many)
        found.update(dict.fromkeys(zip(ones, random.choices(range(buyers), wanting, k=many), strict=True)))
    return tuple(
        Meeting(
            one,
            sellers + other,
            must=random.random() < 0.2,
            interpreting="required" if random.random() < required else "welcome" if random.random() < 0.3 else "none",
            languages=languages[other],
        )
        for one, other in found
    )
