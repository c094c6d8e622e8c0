"""The ninety-six exhibitors: where they stand, what they are called, what they say of themselves."""

from dataclasses import replace
from itertools import count
from random import Random

from .chance import chance
from .content import names, stories, taglines
from .content.cities import CITY, City
from .content.halls import HALLS, Hall
from .content.text import Text, filled, joined
from .shapes import DemoCompany

# How many exhibitors of each city stand in each hall; both margins are the fair's published figures.
STANDS = {
    "hand-tools": {"yongkang": 6, "yiwu": 2, "ningbo": 1},
    "power-tools": {"yongkang": 6, "yiwu": 1, "jinhua": 1, "taizhou": 1},
    "locks": {"yongkang": 4, "yiwu": 1, "wenzhou": 3, "ningbo": 1},
    "fasteners": {"yiwu": 2, "jinhua": 1, "ningbo": 4},
    "valves": {"taizhou": 4, "wenzhou": 3, "ningbo": 2, "hangzhou": 1},
    "pumps": {"yongkang": 2, "taizhou": 4, "ningbo": 2, "hangzhou": 1},
    "electrical": {"wenzhou": 6, "ningbo": 2, "hangzhou": 1, "yiwu": 1},
    "solar": {"yiwu": 3, "jinhua": 1, "ningbo": 3, "hangzhou": 1},
    "machine-tools": {"jinhua": 1, "taizhou": 2, "ningbo": 1, "wenzhou": 1, "hangzhou": 1},
    "plastics": {"wenzhou": 3, "ningbo": 2, "yiwu": 1, "taizhou": 1},
    "sewing": {"taizhou": 2, "yiwu": 1, "ningbo": 1, "hangzhou": 1},
    "household": {"yongkang": 4, "yiwu": 2, "ningbo": 1},
}

TRADERS, BOTH, NEW = 17, 8, 38
LATE_FRIDAY = 24
DEMO_EXHIBITOR = "yongkang-bubujin-tools"


def exhibitors(seed: int) -> tuple[DemoCompany, ...]:
    """The exhibitors in the order of their halls; the first is the one a visitor may manage."""
    random = chance(seed, "exhibitors")
    stands = [(hall, CITY[city]) for hall in HALLS for city, n in STANDS[hall.key].items() for _ in range(n)]
    kinds = _kinds(stands, random)
    new = set(random.sample(range(1, len(stands)), NEW))
    late = set(random.sample(range(len(stands)), LATE_FRIDAY))
    unverified = max(set(range(len(stands))) - new)
    taken: set[tuple[str, str]] = set()
    firms = []
    for index, ((hall, city), kind) in enumerate(zip(stands, kinds, strict=True)):
        stem, trade = _free_name(hall, kind, index, taken)
        firm = _firm(index, hall, city, kind, stem, trade)
        founded = random.randint(1989, 2014)
        story = _story(firm, founded, random, new=index in new)
        firms.append(replace(firm, founded=founded, story=story, new_to_pakistan=index in new))
    return tuple(
        replace(firm, verified=index != unverified, late_friday=index in late) for index, firm in enumerate(firms)
    )


def _kinds(stands: list[tuple[Hall, City]], random: Random) -> list[str]:
    """Traders sit in Yiwu first, then anywhere but at the first stand."""
    order = sorted(range(1, len(stands)), key=lambda index: (stands[index][1].key != "yiwu", random.random()))
    kinds = ["manufacturer"] * len(stands)
    for index in order[:TRADERS]:
        kinds[index] = "trader"
    for index in order[TRADERS : TRADERS + BOTH]:
        kinds[index] = "both"
    return kinds


def _free_name(hall: Hall, kind: str, index: int, taken: set[tuple[str, str]]) -> tuple[Text, str]:
    """The next stem and trade word no other firm bears together."""
    trades = ("import-export", "hardware") if kind == "trader" else names.HALL_TRADES[hall.key]
    for step in count():
        stem = names.LATTICES[(index + step) % len(names.LATTICES)]
        trade = trades[step // len(names.LATTICES)]
        if (stem["en"], trade) not in taken:
            taken.add((stem["en"], trade))
            return stem, trade
    raise AssertionError("count() has no end")


def _firm(index: int, hall: Hall, city: City, kind: str, stem: Text, trade: str) -> DemoCompany:
    """The firm with its name and place, before its story is told."""
    return DemoCompany(
        key=f"{city.key}-{stem['en']}-{trade}".lower(),
        role="exhibitor",
        name=filled(names.EXHIBITOR_FORM, city=city.name, stem=stem, trade=names.TRADES[trade]),
        tagline=taglines.TAGLINES[hall.key][index % 2],
        story={},
        city=city,
        address=city.addresses[index % len(city.addresses)],
        kind=kind,
        registration=f"DEMO-CN-{index + 1:04d}",
        founded=0,
        hall=hall.key,
        unit="jinhua-bureau" if city.district == "jinhua" else None,
    )


def _story(firm: DemoCompany, founded: int, random: Random, *, new: bool) -> Text:
    trader = firm.kind == "trader"
    employed = random.randint(8, 30) if trader else 10 * random.randint(4, 42)
    opening = filled(stories.EXHIBITOR[firm.kind], year=founded, city=firm.city.name, people=employed)
    making = () if trader else (taglines.MAKES[firm.hall or ""],)
    years = random.randint(2, 2019 - founded)
    market = stories.NEW_TO_PAKISTAN if new else filled(stories.KNOWS_PAKISTAN, years=years)
    return joined(opening, *making, market)
