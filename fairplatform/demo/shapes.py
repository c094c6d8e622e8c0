"""What the demonstration consists of, before it becomes rows: plain frozen facts with stable keys.

A moment of the fair is a `Moment` (day 1–5 and the time of day in Asia/Karachi); what belongs to a slot is counted in
seconds from the slot's start. Neither knows a date: `anchor` gives them one.
"""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from .content.bodies import Body, Fact, Unit
from .content.cities import City
from .content.text import Text


@dataclass(frozen=True, order=True)
class Moment:
    """A day of the fair (1–5) and a time of day in Pakistan."""

    day: int
    at: time


@dataclass(frozen=True)
class DemoFair:
    """The fair itself, its bodies, the units that brought firms, and what the press reported of the real one."""

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
    """A firm in the fair: an exhibitor stands in one `hall`, a buyer has `interests` (halls).

    `unit` is the recruiting unit that brought it, if one did. `kind` is manufacturer, trader or both for an exhibitor,
    and the type of purchaser for a buyer. `late_friday`: agreed to the last slot of day 4.
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
    `door` marks the four a visitor may be by one click: exhibitor, buyer, interpreter, organiser. `interprets` is an
    interpreter's language pair; `unit` is set for a delegated organiser.
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
    door: str | None = None


@dataclass(frozen=True)
class DemoProduct:
    """A product an exhibitor offers. A `detail` without one language is left so on purpose.

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
    """Half an hour of the grid: 25 minutes of meeting and 5 of change."""

    key: str
    start: Moment
    late: bool
