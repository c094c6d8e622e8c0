"""The people: those of each firm, and the interpreters, liaisons and organisers of the fair."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import TypeVar

from . import callings
from .callings import Named, known
from .chance import chance
from .content.bodies import UNITS
from .content.positions import BUYER_STAFF, LEADS, POSITIONS
from .content.text import CHINESE, ENGLISH, URDU
from .shapes import DemoCompany, DemoPerson

# How many people a firm sends and how many firms do: 317 of the exhibitors, 96 of the buyers.
EXHIBITOR_SIZES = ((2, 12), (3, 48), (4, 31), (5, 5))
BUYER_SIZES = ((1, 30), (2, 24), (3, 6))
# Firms whose people in the meetings speak English; where both sides do, nobody interprets.
ENGLISH_EXHIBITORS, ENGLISH_BUYERS = 55, 42

INTERPRETERS = (("zh-ur", 9, 0), ("zh-en", 15, 6))  # pair, how many, of them on call
LIAISONS = 6

EXHIBITOR_NAMES = ("Chen Jianguo", "Xu Weiming", "Lin Xiaoyan", "Ying Zhiqiang", "Hu Meifang")
BUYER_NAMES = (
    "Muhammad Usman Sheikh",
    "Ayesha Malik",
    "Mian Tariq Javed",
    "Hafiz Bilal Ahmad",
    "Rana Imran Ali",
    "Khurram Shahzad Butt",
)
INTERPRETER_NAMES = ("Shen Yiting", "Zainab Qureshi")
ORGANISERS = (("Zhou Haibo", "CN"), ("Wang Lihua", "CN"), ("Sana Iqbal", "PK"))

FAIR_MAIL = "fair.example"

T = TypeVar("T")


def people(exhibitors: tuple[DemoCompany, ...], buyers: tuple[DemoCompany, ...], seed: int) -> tuple[DemoPerson, ...]:
    """Everybody, firms first; nobody bears another's name."""
    random = chance(seed, "people")
    here, there = callings.chinese(), callings.pakistani()
    return (
        *_exhibitors_people(exhibitors, here, random),
        *_buyers_people(buyers, there, random),
        *_interpreters(here, there),
        *_fair_people(here, there),
    )


def _exhibitors_people(firms: tuple[DemoCompany, ...], names: Iterator[Named], random: Random) -> Iterator[DemoPerson]:
    sizes = _drawn(EXHIBITOR_SIZES, random)
    english = set(random.sample(range(1, len(firms)), ENGLISH_EXHIBITORS))
    for index, firm in enumerate(firms):
        speaks = ("zh", "en") if index in english else ("zh",)
        first = ("export_manager", "general_manager") if index in english else ("general_manager", "export_manager")
        for place, position in enumerate((*first, "sales_officer", "engineer", "factory_manager")[: sizes[index]]):
            role = "exhibitor_staff" if place else "exhibitor_manager"
            named = known(EXHIBITOR_NAMES[index]) if not place and index < len(EXHIBITOR_NAMES) else next(names)
            person = _person(f"{firm.key}.{place + 1}", role, named, position, "CN", speaks=speaks, company=firm.key)
            yield replace(person, door="exhibitor") if (index, place) == (0, 0) else person


def _buyers_people(firms: tuple[DemoCompany, ...], names: Iterator[Named], random: Random) -> Iterator[DemoPerson]:
    sizes = _drawn(BUYER_SIZES, random)
    english = set(random.sample(range(1, len(firms)), ENGLISH_BUYERS))
    positions = _drawn(LEADS, random)
    owner = positions.index("proprietor")
    positions[0], positions[owner] = positions[owner], positions[0]
    for index, firm in enumerate(firms):
        speaks = ("ur", "en") if index in english else ("ur",)
        language = ENGLISH if index in english and index % 2 else URDU
        for place, position in enumerate((positions[index], *BUYER_STAFF)[: sizes[index]]):
            role = "buyer_staff" if place else "buyer_lead"
            named = known(BUYER_NAMES[index]) if not place and index < len(BUYER_NAMES) else next(names)
            person = _person(f"{firm.key}.{place + 1}", role, named, position, "PK", speaks=speaks, company=firm.key)
            yield replace(person, language=language, door="buyer" if (index, place) == (0, 0) else None)


def _interpreters(here: Iterator[Named], there: Iterator[Named]) -> Iterator[DemoPerson]:
    """Every third is from Pakistan; the first of Mandarin and Urdu is the one a visitor may be."""
    pairs = [(pair, place >= many - on_call) for pair, many, on_call in INTERPRETERS for place in range(many)]
    for index, (pair, on_call) in enumerate(pairs):
        country = "PK" if index % 3 == 1 else "CN"
        if index < len(INTERPRETER_NAMES):
            named = known(INTERPRETER_NAMES[index])
        else:
            named = next(there if country == "PK" else here)
        speaks = tuple(pair.split("-"))
        person = _person(f"interpreter.{index + 1}", "interpreter", named, "interpreter", country, speaks=speaks)
        yield replace(person, interprets=pair, on_call=on_call, door=None if index else "interpreter")


def _fair_people(here: Iterator[Named], there: Iterator[Named]) -> Iterator[DemoPerson]:
    """Liaisons, organisers and the delegates of the recruiting units."""
    for number in range(1, LIAISONS + 1):
        country = "CN" if number % 2 else "PK"
        yield _official(f"liaison.{number}", "liaison", next(here if country == "CN" else there), country)
    for number, (name, country) in enumerate(ORGANISERS, start=1):
        person = _official(f"organiser.{number}", "organiser", known(name), country)
        yield replace(person, door="organiser") if number == 1 else person
    yield _official(f"organiser.{len(ORGANISERS) + 1}", "organiser", next(there), "PK")
    for unit in UNITS:
        named = next(here if unit.country == "CN" else there)
        yield replace(_official(f"delegate.{unit.key}", "delegate", named, unit.country), unit=unit.key)


def _official(key: str, role: str, named: Named, country: str) -> DemoPerson:
    return _person(key, role, named, role, country, speaks=("zh", "en") if country == "CN" else ("ur", "en"))


def _person(
    key: str,
    role: str,
    named: Named,
    position: str,
    country: str,
    *,
    speaks: tuple[str, ...],
    company: str | None = None,
) -> DemoPerson:
    salutation, name = named
    address = name[ENGLISH].lower().replace(" ", ".")
    return DemoPerson(
        key=key,
        role=role,
        name=name,
        salutation=salutation,
        position=position,
        title=POSITIONS[position],
        country=country,
        language=CHINESE if country == "CN" else URDU,
        speaks=speaks,
        email=f"{address}@{company}.example" if company else f"{address}@{FAIR_MAIL}",
        phone=_phone(key, country),
        company=company,
    )


def _phone(key: str, country: str) -> str:
    """A number that rings nowhere, always the same for the same person."""
    digits = chance(0, key).randrange(10**8)
    return f"+86 000 {digits:08d}" if country == "CN" else f"+92 000 {digits % 10**7:07d}"


def _drawn(amounts: tuple[tuple[T, int], ...], random: Random) -> list[T]:
    """Each thing as often as its amount says, in a drawn order."""
    drawn = [thing for thing, amount in amounts for _ in range(amount)]
    random.shuffle(drawn)
    return drawn
