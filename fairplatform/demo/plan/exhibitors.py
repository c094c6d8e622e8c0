"""The ninety-six exhibitors: hall and city, kind of company, name and story."""

from dataclasses import replace
from itertools import count
from random import Random

from ..content import names, stories, taglines
from ..content.cities import CITY, City
from ..content.halls import HALLS, Hall
from ..content.text import Text, filled, joined
from .entities import DemoCompany
from .random_source import random_for

# Number of exhibitors by hall and city; the sums of halls and of cities are figures the real fair published.
EXHIBITORS_BY_HALL_AND_CITY = {
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

TRADERS, MANUFACTURERS_AND_TRADERS, NEW_TO_PAKISTAN = 17, 8, 38
LATE_FRIDAY_EXHIBITORS = 24
PERSONA_EXHIBITOR = "yongkang-bubujin-tools"


def exhibitors(seed: int) -> tuple[DemoCompany, ...]:
    """The exhibitors in the order of their halls; the first is the persona's."""
    random = random_for(seed, "exhibitors")
    booths = [
        (hall, CITY[city])
        for hall in HALLS
        for city, n in EXHIBITORS_BY_HALL_AND_CITY[hall.key].items()
        for _ in range(n)
    ]
    kinds = _kinds(booths, random)
    new = set(random.sample(range(1, len(booths)), NEW_TO_PAKISTAN))
    late = set(random.sample(range(len(booths)), LATE_FRIDAY_EXHIBITORS))
    unverified = max(set(range(len(booths))) - new)
    used: set[tuple[str, str]] = set()
    firms = []
    for index, ((hall, city), kind) in enumerate(zip(booths, kinds, strict=True)):
        stem, trade = _unused_name(hall, kind, index, used)
        firm = _firm(index, hall, city, kind, stem, trade)
        founded = random.randint(1989, 2014)
        story = _story(firm, founded, random, new=index in new)
        firms.append(replace(firm, founded=founded, story=story, new_to_pakistan=index in new))
    return tuple(
        replace(firm, verified=index != unverified, late_friday=index in late) for index, firm in enumerate(firms)
    )


def _kinds(booths: list[tuple[Hall, City]], random: Random) -> list[str]:
    """Kind of each exhibitor: traders in Yiwu first, then anywhere; the first exhibitor is always a manufacturer."""
    order = sorted(range(1, len(booths)), key=lambda index: (booths[index][1].key != "yiwu", random.random()))
    kinds = ["manufacturer"] * len(booths)
    for index in order[:TRADERS]:
        kinds[index] = "trader"
    for index in order[TRADERS : TRADERS + MANUFACTURERS_AND_TRADERS]:
        kinds[index] = "both"
    return kinds


def _unused_name(hall: Hall, kind: str, index: int, used: set[tuple[str, str]]) -> tuple[Text, str]:
    """The next stem and trade word that make a company name nobody else has."""
    trades = ("import-export", "hardware") if kind == "trader" else names.HALL_TRADES[hall.key]
    for step in count():
        stem = names.LATTICES[(index + step) % len(names.LATTICES)]
        trade = trades[step // len(names.LATTICES)]
        if (stem["en"], trade) not in used:
            used.add((stem["en"], trade))
            return stem, trade
    raise AssertionError("count() has no end")


def _firm(index: int, hall: Hall, city: City, kind: str, stem: Text, trade: str) -> DemoCompany:
    """The company with name and address; founding year and story are filled in later."""
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
