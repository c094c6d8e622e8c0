"""The sixty buyers: city, type, the unit that brought them, and the halls they look in."""

from dataclasses import replace
from itertools import count
from random import Random

from .chance import chance
from .content import names, stories
from .content.cities import CITY, City
from .content.halls import HALL, HALLS
from .content.text import CHINESE, LANGUAGES, Text, filled, joined
from .shapes import DemoCompany

CITIES = (
    ("lahore", 22),
    ("karachi", 17),
    ("gujranwala", 6),
    ("faisalabad", 6),
    ("sialkot", 5),
    ("islamabad", 3),
    ("rawalpindi", 1),
)
KINDS = (
    ("importer_wholesaler", 27),
    ("distributor_agent", 12),
    ("manufacturer", 11),
    ("retail_chain", 5),
    ("contractor", 3),
    ("association_group", 2),
)
UNITS = {"phma": 21, "lahore-chamber": 14, "karachi-chamber": 11, "gujranwala-chamber": 5, "faisalabad-chamber": 5}
LOCAL_UNIT = {
    "lahore": "lahore-chamber",
    "karachi": "karachi-chamber",
    "gujranwala": "gujranwala-chamber",
    "faisalabad": "faisalabad-chamber",
}

# The halls a type of buyer looks in, and what a city is known for.
SEEKS = {
    "importer_wholesaler": (
        "hand-tools power-tools locks fasteners valves pumps electrical solar household sewing plastics"
    ),
    "distributor_agent": "power-tools valves pumps electrical solar household machine-tools sewing hand-tools",
    "manufacturer": "machine-tools plastics sewing pumps fasteners",
    "retail_chain": "household locks hand-tools solar power-tools",
    "contractor": "valves electrical solar locks fasteners pumps",
    "association_group": "hand-tools locks fasteners valves household",
}
CITY_SEEKS = {"faisalabad": "sewing", "sialkot": "machine-tools", "gujranwala": "pumps", "islamabad": "solar"}
INTERESTS = 4
DEMO_BUYER = "torange-hardware-traders"

HOUSES = {
    "importer_wholesaler": ("traders", "sons", "brothers", "impex"),
    "distributor_agent": ("enterprises", "impex", "traders"),
    "manufacturer": ("industries", "engineering"),
    "retail_chain": ("brothers", "enterprises"),
    "contractor": ("engineering", "enterprises"),
    "association_group": ("traders", "sons"),
}
LINE_OF_HALL = {
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
SIZES = {
    "importer_wholesaler": 40,
    "distributor_agent": 20,
    "manufacturer": 60,
    "retail_chain": 900,
    "contractor": 80,
    "association_group": 12,
}


def buyers(seed: int) -> tuple[DemoCompany, ...]:
    """The buyers; the first is the one a visitor may be, a hardware importer of Lahore."""
    random = chance(seed, "buyers")
    cities = [CITY[key] for key, number in CITIES for _ in range(number)]
    kinds = _spread([kind for kind, number in KINDS for _ in range(number)], random)
    units = _units(cities, random)
    looked_in = dict.fromkeys(HALL, 0)
    taken: set[tuple[str, str]] = set()
    firms = []
    for index, (city, kind) in enumerate(zip(cities, kinds, strict=True)):
        interests = _interests(city, kind, looked_in, first=index == 0)
        stem, line, house = _free_name(kind, interests[0], index, taken)
        firms.append(_firm(index, city, kind, interests, (stem, line, house), random))
    return tuple(replace(firm, unit=unit) for firm, unit in zip(firms, units, strict=True))


def _spread(kinds: list[str], random: Random) -> list[str]:
    """The types in any order, with an importer first."""
    rest = kinds[1:]
    random.shuffle(rest)
    return [kinds[0], *rest]


def _units(cities: list[City], random: Random) -> list[str | None]:
    """Chambers bring firms of their own city, the hardware merchants' association any; four came by themselves."""
    units: list[str | None] = [None] * len(cities)
    order = random.sample(range(1, len(cities)), len(cities) - 1)
    left = dict(UNITS)
    left["phma"] -= 1
    units[0] = "phma"
    for index in order:
        unit = LOCAL_UNIT.get(cities[index].key, "phma")
        if left[unit]:
            units[index] = unit
            left[unit] -= 1
    for index in order:
        if units[index] is None and left["phma"]:
            units[index] = "phma"
            left["phma"] -= 1
    return units


def _interests(city: City, kind: str, looked_in: dict[str, int], *, first: bool) -> tuple[str, ...]:
    """Four halls: the city's own trade first, then those of the type that fewest buyers look in for their size."""
    seeks = SEEKS[kind].split()
    wanted = [] if first else [hall for hall in (CITY_SEEKS.get(city.district),) if hall in seeks]
    wanted += ["hand-tools", "locks"] if first else []
    rest = sorted(
        (hall for hall in seeks if hall not in wanted),
        key=lambda hall: (looked_in[hall] / HALL[hall].exhibitors, HALL[hall].number),
    )
    chosen = (wanted + rest)[:INTERESTS]
    for hall in chosen:
        looked_in[hall] += 1
    return tuple(chosen)


def _free_name(kind: str, hall: str, index: int, taken: set[tuple[str, str]]) -> tuple[Text, str, str]:
    """The next stem, line of goods and word of the house; stem and house together are borne once."""
    houses = HOUSES[kind]
    for step in count():
        stem = names.GIRIHS[(index + step) % len(names.GIRIHS)]
        house = houses[(index + step // len(names.GIRIHS)) % len(houses)]
        if (stem["en"], house) not in taken:
            taken.add((stem["en"], house))
            plain = house in {"sons", "brothers", "engineering"}
            return stem, "" if plain else LINE_OF_HALL[hall], house
    raise AssertionError("count() has no end")


def _firm(
    index: int,
    city: City,
    kind: str,
    interests: tuple[str, ...],
    words: tuple[Text, str, str],
    random: Random,
) -> DemoCompany:
    stem, line, house = words
    founded = random.randint(1974, 2015)
    opening = filled(stories.BUYER[kind], city=city.name, year=founded, people=_size(kind, random))
    return DemoCompany(
        key="-".join(part for part in (stem["en"].lower().replace(" ", "-"), line, house) if part),
        role="buyer",
        name=filled(names.BUYER_FORM, stem=stem, line=names.LINES[line], word=names.HOUSES[house]),
        tagline=_listed(interests),
        story=joined(opening, filled(stories.WANTS, halls=_listed(interests))),
        city=city,
        address=city.addresses[index % len(city.addresses)],
        kind=kind,
        registration=f"DEMO-NTN-{index + 1:04d}",
        founded=founded,
        interests=interests,
    )


def _size(kind: str, random: Random) -> int:
    """Shops, dealers, workers, families or members: what its type counts."""
    number = random.randint(SIZES[kind], 3 * SIZES[kind])
    return number if number < 100 else number // 50 * 50


def _listed(halls: tuple[str, ...]) -> Text:
    """The halls' names one after another; Chinese without its word for hall."""
    marks = {"en": "; ", CHINESE: "；", "ur": "؛ "}
    named = [hall.name for hall in HALLS if hall.key in halls]
    return {
        language: marks[language].join(
            name[language].removesuffix("馆") if language == CHINESE else name[language] for name in named
        )
        for language in LANGUAGES
    }
