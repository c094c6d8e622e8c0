"""What the demonstration has beside its workbook, because no column of a workbook says it: additions.toml."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from tomllib import loads

from pydantic import TypeAdapter

from .content.text import Text

_FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Fact:
    """What the press reported of the real fair, with its source."""

    text: Text
    citation: Text
    reported_on: date


@dataclass(frozen=True)
class Showcase:
    """A booth with a banner of three kinds of goods, pictures of the factory that makes `makes`, and documents.

    `tone`: which of the tones of the drawings is the company's own.
    """

    company: str
    banner: tuple[str, str, str]
    makes: str
    tone: int


@dataclass(frozen=True)
class QuoteVersion:
    """What an exhibitor offers in USD for one of what a demand asks for, written on a `day` of the fair.

    `valid_days`: for how many days after the first of the fair.
    """

    day: int
    at: time
    price: Decimal
    incoterm: str
    place: str
    lead_days: int
    payment: str
    gives_origin: bool
    valid_days: int
    remarks: str = ""


@dataclass(frozen=True)
class Answer:
    """An exhibitor's quote for a demand."""

    demand: str
    exhibitor: str
    versions: tuple[QuoteVersion, ...]

    @property
    def key(self) -> str:
        return f"{self.demand}/{self.exhibitor}"


@dataclass(frozen=True)
class Mark:
    """A favourite: the key of an exhibitor or of a product."""

    key: str
    note: str = ""


@dataclass(frozen=True)
class Additions:
    """The file says of each what it is."""

    unverified: frozenset[str]
    personas: dict[str, str]
    price_units: dict[str, str]
    meetings: dict[int, dict[str, int]]
    pauses: dict[str, Text]
    facts: tuple[Fact, ...]
    showcases: tuple[Showcase, ...]
    titles: dict[str, Text]
    taken: dict[str, str]
    closed: dict[str, str]
    answers: tuple[Answer, ...]
    favourites: tuple[Mark, ...]


@cache
def additions() -> Additions:
    return TypeAdapter(Additions).validate_python(loads(_FILE.read_text(encoding="utf-8")))
