"""The people of the fair: those of each company, and interpreters, liaisons, organisers and delegates."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import TypeVar

from ..content.bodies import UNITS
from ..content.positions import BUYER_STAFF, LEADS, POSITIONS
from ..content.text import CHINESE, ENGLISH, URDU
from .entities import DemoCompany, DemoPerson
from .person_names import PersonName, chinese_person_names, introduced_person, pakistani_person_names
from .random_source import random_for

# (people a company sends, number of such companies): together 317 of exhibitors and 96 of buyers.
EXHIBITOR_SIZES = ((2, 12), (3, 48), (4, 31), (5, 5))
BUYER_SIZES = ((1, 30), (2, 24), (3, 6))
# Companies whose people in meetings speak English; where both sides do, nobody interprets.
ENGLISH_EXHIBITORS, ENGLISH_BUYERS = 55, 42

INTERPRETERS = (("zh-ur", 9, 0), ("zh-en", 15, 6))  # language pair, number, of them on call
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
    """Everybody, companies first; no two have the same name."""
    random = random_for(seed, "people")
    chinese, pakistani = chinese_person_names(), pakistani_person_names()
    return (
        *_exhibitors_people(exhibitors, chinese, random),
        *_buyers_people(buyers, pakistani, random),
        *_interpreters(chinese, pakistani),
        *_officials(chinese, pakistani),
    )


def _exhibitors_people(
    firms: tuple[DemoCompany, ...], names: Iterator[PersonName], random: Random
) -> Iterator[DemoPerson]:
    sizes = _shuffled(EXHIBITOR_SIZES, random)
    english = set(random.sample(range(1, len(firms)), ENGLISH_EXHIBITORS))
    for index, firm in enumerate(firms):
        speaks = ("zh", "en") if index in english else ("zh",)
        first = ("export_manager", "general_manager") if index in english else ("general_manager", "export_manager")
        for number, position in enumerate((*first, "sales_officer", "engineer", "factory_manager")[: sizes[index]]):
            role = "exhibitor_staff" if number else "exhibitor_manager"
            person_name = (
                introduced_person(EXHIBITOR_NAMES[index])
                if not number and index < len(EXHIBITOR_NAMES)
                else next(names)
            )
            person = _person(
                f"{firm.key}.{number + 1}", role, person_name, position, "CN", speaks=speaks, company=firm.key
            )
            yield replace(person, persona="exhibitor") if (index, number) == (0, 0) else person


def _buyers_people(firms: tuple[DemoCompany, ...], names: Iterator[PersonName], random: Random) -> Iterator[DemoPerson]:
    sizes = _shuffled(BUYER_SIZES, random)
    english = set(random.sample(range(1, len(firms)), ENGLISH_BUYERS))
    positions = _shuffled(LEADS, random)
    owner = positions.index("proprietor")
    positions[0], positions[owner] = positions[owner], positions[0]
    for index, firm in enumerate(firms):
        speaks = ("ur", "en") if index in english else ("ur",)
        language = ENGLISH if index in english and index % 2 else URDU
        for number, position in enumerate((positions[index], *BUYER_STAFF)[: sizes[index]]):
            role = "buyer_staff" if number else "buyer_lead"
            person_name = (
                introduced_person(BUYER_NAMES[index]) if not number and index < len(BUYER_NAMES) else next(names)
            )
            person = _person(
                f"{firm.key}.{number + 1}", role, person_name, position, "PK", speaks=speaks, company=firm.key
            )
            yield replace(person, language=language, persona="buyer" if (index, number) == (0, 0) else None)


def _interpreters(chinese: Iterator[PersonName], pakistani: Iterator[PersonName]) -> Iterator[DemoPerson]:
    """One in three is from Pakistan; the first, of Chinese and Urdu, is the persona."""
    pairs = [(pair, number >= many - on_call) for pair, many, on_call in INTERPRETERS for number in range(many)]
    for index, (pair, on_call) in enumerate(pairs):
        country = "PK" if index % 3 == 1 else "CN"
        if index < len(INTERPRETER_NAMES):
            person_name = introduced_person(INTERPRETER_NAMES[index])
        else:
            person_name = next(pakistani if country == "PK" else chinese)
        speaks = tuple(pair.split("-"))
        person = _person(f"interpreter.{index + 1}", "interpreter", person_name, "interpreter", country, speaks=speaks)
        yield replace(person, interprets=pair, on_call=on_call, persona=None if index else "interpreter")


def _officials(chinese: Iterator[PersonName], pakistani: Iterator[PersonName]) -> Iterator[DemoPerson]:
    """Liaisons, organisers, and a delegate of each recruiting unit."""
    for number in range(1, LIAISONS + 1):
        country = "CN" if number % 2 else "PK"
        yield _official(f"liaison.{number}", "liaison", next(chinese if country == "CN" else pakistani), country)
    for number, (name, country) in enumerate(ORGANISERS, start=1):
        person = _official(f"organiser.{number}", "organiser", introduced_person(name), country)
        yield replace(person, persona="organiser") if number == 1 else person
    yield _official(f"organiser.{len(ORGANISERS) + 1}", "organiser", next(pakistani), "PK")
    for unit in UNITS:
        person_name = next(chinese if unit.country == "CN" else pakistani)
        yield replace(_official(f"delegate.{unit.key}", "delegate", person_name, unit.country), unit=unit.key)


def _official(key: str, role: str, person_name: PersonName, country: str) -> DemoPerson:
    return _person(key, role, person_name, role, country, speaks=("zh", "en") if country == "CN" else ("ur", "en"))


def _person(
    key: str,
    role: str,
    person_name: PersonName,
    position: str,
    country: str,
    *,
    speaks: tuple[str, ...],
    company: str | None = None,
) -> DemoPerson:
    salutation, name = person_name
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
    """A number that does not exist, always the same for the same person."""
    digits = random_for(0, key).randrange(10**8)
    return f"+86 000 {digits:08d}" if country == "CN" else f"+92 000 {digits % 10**7:07d}"


def _shuffled(amounts: tuple[tuple[T, int], ...], random: Random) -> list[T]:
    """Each value as often as its amount says, shuffled."""
    drawn = [value for value, amount in amounts for _ in range(amount)]
    random.shuffle(drawn)
    return drawn
