"""Companies, people, products and slots as the history of the fair needs them, with keys that never change.

A point in time is a `Moment` (day 1–5 and the time of day in Asia/Karachi), or a number of seconds from a slot's start.
Neither has a date: `anchor` gives it one.
"""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from zoneinfo import ZoneInfo

from ..content.text import Text

KARACHI = ZoneInfo("Asia/Karachi")
MACHINE_HALLS = frozenset({9, 10, 11})


@dataclass(frozen=True, order=True)
class Moment:
    """A day of the fair (1–5) and a time of day in Pakistan."""

    day: int
    at: time


@dataclass(frozen=True)
class DemoCompany:
    """An exhibitor (`sells`) or a buyer: an exhibitor has a `hall`, a buyer is interested in halls, by their numbers.

    `late_friday`: it agreed to the last slot of day 4.
    """

    key: str
    sells: bool
    name: Text
    city: Text
    hall: int | None = None
    interests: frozenset[int] = frozenset()
    wants_hs: tuple[str, ...] = ()
    late_friday: bool = False
    new_to_market: bool = False

    @property
    def sells_machines(self) -> bool:
        """Nobody sends a sample of those."""
        return self.hall in MACHINE_HALLS


@dataclass(frozen=True)
class DemoPerson:
    """A person of the fair; `role` is what they do in it, `language` the one they read and write.

    Roles: exhibitor_manager, exhibitor_staff, buyer_lead, buyer_staff, interpreter, liaison, organiser, delegated.
    `persona` marks the four main people a visitor may sign in as: exhibitor, buyer, interpreter, organiser.
    `interprets` are an interpreter's language pairs (`zh-ur`).
    """

    key: str
    role: str
    name: Text
    country: str
    language: str
    speaks: tuple[str, ...]
    company: str | None = None
    interprets: tuple[str, ...] = ()
    on_call: bool = False
    persona: str | None = None


@dataclass(frozen=True)
class DemoProduct:
    """A product an exhibitor offers, with its prices in USD for one `price_unit`.

    `is_complete`: its name and description are there in all three languages.
    """

    key: str
    company: str
    hs6: str
    name: Text
    moq: int
    unit: str
    price_low: Decimal
    price_high: Decimal
    price_unit: str
    lead_days: int
    is_complete: bool = True


@dataclass(frozen=True)
class DemoSlot:
    """Half an hour: 25 minutes of meeting and a break of 5."""

    key: str
    start: Moment
    late: bool
