"""The parts of the planned fair: companies, people, products, halls and slots, with keys that never change.

A point in time is a `Moment` (day 1–5 and the time of day in Asia/Karachi), or a number of seconds from a slot's start.
Neither has a date: `anchor` gives it one.
"""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from ..content.bodies import Body, Fact, Unit
from ..content.cities import City
from ..content.text import Text


@dataclass(frozen=True, order=True)
class Moment:
    """A day of the fair (1–5) and a time of day in Pakistan."""

    day: int
    at: time


@dataclass(frozen=True)
class DemoFair:
    """The fair itself, its bodies, its recruiting units, and what the press reported of the real one.

    `rates` are (currency, units of it for one USD in hundredths).
    """

    slug: str
    name: Text
    sector: Text
    zones: tuple[str, str]
    bodies: tuple[Body, ...]
    units: tuple[Unit, ...]
    facts: tuple[Fact, ...]
    rates: tuple[tuple[str, int], ...]
    rate_source: Text


@dataclass(frozen=True)
class DemoHall:
    """A hall with its number and HS headings."""

    key: str
    number: int
    name: Text
    headings: tuple[str, ...]


@dataclass(frozen=True)
class DemoCompany:
    """A company, with `role` exhibitor or buyer: an exhibitor has a `hall`, a buyer `interests` (hall keys).

    `unit` is the key of its recruiting unit, if it has one. `kind` is manufacturer, trader or both for an exhibitor,
    and the kind of purchaser for a buyer. `late_friday`: it agreed to the last slot of day 4.
    """

    key: str
    role: str
    name: Text
    tagline: Text
    story: Text
    city: City
    address: Text
    kind: str
    registration: str
    founded: int
    hall: str | None = None
    interests: tuple[str, ...] = ()
    unit: str | None = None
    new_to_pakistan: bool = False
    verified: bool = True
    late_friday: bool = False


@dataclass(frozen=True)
class DemoPerson:
    """A person of the fair; `role` is what they do in it, `language` the one they read and write.

    Roles: exhibitor_manager, exhibitor_staff, buyer_lead, buyer_staff, interpreter, liaison, organiser, delegate.
    `persona` marks the four main people a visitor may sign in as: exhibitor, buyer, interpreter, organiser.
    `interprets` is an interpreter's language pair (`zh-ur`); `unit` is set for a delegated organiser.
    """

    key: str
    role: str
    name: Text
    salutation: str
    position: str
    title: Text
    country: str
    language: str
    speaks: tuple[str, ...]
    email: str
    phone: str
    company: str | None = None
    interprets: str | None = None
    on_call: bool = False
    unit: str | None = None
    persona: str | None = None


@dataclass(frozen=True)
class DemoProduct:
    """A product an exhibitor offers. Where a `detail` lacks a language it does so on purpose.

    Prices are USD for one `price_unit`, FOB Ningbo. `certificates` are stated by the exhibitor; `ask` names
    authorities whose approval the importer is asked about.
    """

    key: str
    company: str
    hs6: str
    name: Text
    detail: Text
    moq: int
    unit: str
    price_low: Decimal
    price_high: Decimal
    price_unit: str
    lead_days: int
    certificates: tuple[str, ...]
    ask: tuple[str, ...]


@dataclass(frozen=True)
class DemoSlot:
    """Half an hour: 25 minutes of meeting and a break of 5."""

    key: str
    start: Moment
    late: bool
