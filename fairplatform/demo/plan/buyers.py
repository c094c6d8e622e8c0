"""The sixty buyers: city, kind of company, the unit that recruited them, and the halls they look in."""

from dataclasses import replace
from itertools import count
from random import Random

from ..content import names, stories
from ..content.cities import CITY, City
from ..content.halls import HALL, HALLS
from ..content.text import CHINESE, LANGUAGES, Text, filled, joined
from .entities import DemoCompany
from .random_source import random_for

BUYERS_OF_CITY = (
    ("lahore", 22),
    ("karachi", 17),
    ("gujranwala", 6),
    ("faisalabad", 6),
    ("sialkot", 5),
    ("islamabad", 3),
    ("rawalpindi", 1),
)
BUYERS_OF_KIND = (
    ("importer_wholesaler", 27),
    ("distributor_agent", 12),
    ("manufacturer", 11),
    ("retail_chain", 5),
    ("contractor", 3),
    ("association_group", 2),
)
BUYERS_OF_UNIT = {
    "phma": 21,
    "lahore-chamber": 14,
    "karachi-chamber": 11,
    "gujranwala-chamber": 5,
    "faisalabad-chamber": 5,
}
UNIT_OF_CITY = {
    "lahore": "lahore-chamber",
    "karachi": "karachi-chamber",
    "gujranwala": "gujranwala-chamber",
    "faisalabad": "faisalabad-chamber",
}

# Hall keys by the buyer's kind, and the hall of the trade a city is known for.
HALLS_BY_KIND = {
    "importer_wholesaler": (
        "hand-tools power-tools locks fasteners valves pumps electrical solar household sewing plastics"
    ),
    "distributor_agent": "power-tools valves pumps electrical solar household machine-tools sewing hand-tools",
    "manufacturer": "machine-tools plastics sewing pumps fasteners",
    "retail_chain": "household locks hand-tools solar power-tools",
    "contractor": "valves electrical solar locks fasteners pumps",
    "association_group": "hand-tools locks fasteners valves household",
}
HALL_BY_CITY = {"faisalabad": "sewing", "sialkot": "machine-tools", "gujranwala": "pumps", "islamabad": "solar"}
HALLS_PER_BUYER = 4
PERSONA_BUYER = "torange-hardware-traders"

BUSINESS_WORDS_BY_KIND = {
    "importer_wholesaler": ("traders", "sons", "brothers", "impex"),
    "distributor_agent": ("enterprises", "impex", "traders"),
    "manufacturer": ("industries", "engineering"),
    "retail_chain": ("brothers", "enterprises"),
    "contractor": ("engineering", "enterprises"),
    "association_group": ("traders", "sons"),
}
GOODS_WORD_OF_HALL = {
    "hand-tools": "hardware",
    "power-tools": "hardware",
    "locks": "hardware",
    "fasteners": "hardware",
    "valves": "sanitary",
    "pumps": "machinery",
    "electrical": "electric",
    "solar": "electric",
    "machine-tools": "machinery",
    "plastics": "machinery",
    "sewing": "machinery",
    "household": "electric",
}
SMALLEST_SIZES = {
    "importer_wholesaler": 40,
    "distributor_agent": 20,
    "manufacturer": 60,
    "retail_chain": 900,
    "contractor": 80,
    "association_group": 12,
}


def buyers(seed: int) -> tuple[DemoCompany, ...]:
    """The buyers; the first is the persona's, a hardware importer of Lahore."""
    random = random_for(seed, "buyers")
    cities = [CITY[key] for key, number in BUYERS_OF_CITY for _ in range(number)]
    kinds = _shuffled_kinds([kind for kind, number in BUYERS_OF_KIND for _ in range(number)], random)
    units = _units(cities, random)
    buyers_of_hall = dict.fromkeys(HALL, 0)
    used: set[tuple[str, str]] = set()
    firms = []
    for index, (city, kind) in enumerate(zip(cities, kinds, strict=True)):
        interests = _interests(city, kind, buyers_of_hall, first=index == 0)
        name, goods, business = _unused_name(kind, interests[0], index, used)
        firms.append(_firm(index, city, kind, interests, (name, goods, business), random))
    return tuple(replace(firm, unit=unit) for firm, unit in zip(firms, units, strict=True))


def _shuffled_kinds(kinds: list[str], random: Random) -> list[str]:
    """The kinds in random order, after an importer."""
    rest = kinds[1:]
    random.shuffle(rest)
    return [kinds[0], *rest]


def _units(cities: list[City], random: Random) -> list[str | None]:
    """Recruiting unit of each buyer: chambers recruit in their city, the hardware merchants in any; four have none."""
    units: list[str | None] = [None] * len(cities)
    order = random.sample(range(1, len(cities)), len(cities) - 1)
    left = dict(BUYERS_OF_UNIT)
    left["phma"] -= 1
    units[0] = "phma"
    for index in order:
        unit = UNIT_OF_CITY.get(cities[index].key, "phma")
        if left[unit]:
            units[index] = unit
            left[unit] -= 1
    for index in order:
        if units[index] is None and left["phma"]:
            units[index] = "phma"
            left["phma"] -= 1
    return units


def _interests(city: City, kind: str, buyers_of_hall: dict[str, int], *, first: bool) -> tuple[str, ...]:
    """Four halls: that of the city's trade first, then those of the kind with fewest buyers for each exhibitor."""
    halls = HALLS_BY_KIND[kind].split()
    wanted = [] if first else [hall for hall in (HALL_BY_CITY.get(city.district),) if hall in halls]
    wanted += ["hand-tools", "locks"] if first else []
    rest = sorted(
        (hall for hall in halls if hall not in wanted),
        key=lambda hall: (buyers_of_hall[hall] / HALL[hall].exhibitors, HALL[hall].number),
    )
    chosen = (wanted + rest)[:HALLS_PER_BUYER]
    for hall in chosen:
        buyers_of_hall[hall] += 1
    return tuple(chosen)


def _unused_name(kind: str, hall: str, index: int, used: set[tuple[str, str]]) -> tuple[Text, str, str]:
    """The next name, word for the goods and word for the business that make a company name nobody else has."""
    businesses = BUSINESS_WORDS_BY_KIND[kind]
    for step in count():
        name = names.GIRIHS[(index + step) % len(names.GIRIHS)]
        business = businesses[(index + step // len(names.GIRIHS)) % len(businesses)]
        if (name["en"], business) not in used:
            used.add((name["en"], business))
            plain = business in {"sons", "brothers", "engineering"}
            return name, "" if plain else GOODS_WORD_OF_HALL[hall], business
    raise AssertionError("count() has no end")


def _firm(
    index: int,
    city: City,
    kind: str,
    interests: tuple[str, ...],
    words: tuple[Text, str, str],
    random: Random,
) -> DemoCompany:
    name, goods, business = words
    founded = random.randint(1974, 2015)
    opening = filled(stories.BUYER[kind], city=city.name, year=founded, people=_size(kind, random))
    return DemoCompany(
        key="-".join(part for part in (name["en"].lower().replace(" ", "-"), goods, business) if part),
        role="buyer",
        name=filled(names.BUYER_FORM, stem=name, line=names.LINES[goods], word=names.HOUSES[business]),
        tagline=_hall_list(interests),
        story=joined(opening, filled(stories.WANTS, halls=_hall_list(interests))),
        city=city,
        address=city.addresses[index % len(city.addresses)],
        kind=kind,
        registration=f"DEMO-NTN-{index + 1:04d}",
        founded=founded,
        interests=interests,
    )


def _size(kind: str, random: Random) -> int:
    """A number of shops, dealers, workers, families or members: what a company of the kind counts."""
    number = random.randint(SMALLEST_SIZES[kind], 3 * SMALLEST_SIZES[kind])
    return number if number < 100 else number // 50 * 50


def _hall_list(halls: tuple[str, ...]) -> Text:
    """The halls' names as a list; in Chinese without the word for hall."""
    marks = {"en": "; ", CHINESE: "；", "ur": "؛ "}
    named = [hall.name for hall in HALLS if hall.key in halls]
    return {
        language: marks[language].join(
            name[language].removesuffix("馆") if language == CHINESE else name[language] for name in named
        )
        for language in LANGUAGES
    }
