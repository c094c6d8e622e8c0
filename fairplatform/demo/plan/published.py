"""Who meets whom, and when: schedule.json, which `manage.py write_demo_schedule` makes of the workbook."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from .entities import KARACHI
from .matches import Match
from .source import workbook

FILE = Path(__file__).parents[1] / "schedule.json"


@dataclass(frozen=True)
class PublishedMeeting:
    """A meeting as `manage.py export FAIR --what schedule` writes it: the keys of the workbook, and instants."""

    exhibitor: str
    buyer: str
    interpreter: str | None
    starts_at: datetime
    ends_at: datetime
    state: str
    pinned: bool

    @property
    def match(self) -> Match:
        return Match(self.buyer, self.exhibitor)

    @property
    def slot(self) -> str:
        """The key of its slot."""
        return slot_key((self.starts_at.astimezone(KARACHI).date() - first_day()).days + 1, self.starts_at)


@cache
def published() -> tuple[PublishedMeeting, ...]:
    """The three hundred, in the order of time."""
    return TypeAdapter(tuple[PublishedMeeting, ...]).validate_json(FILE.read_bytes())


@cache
def first_day() -> date:
    """Of the fair, as the workbook has it."""
    return min(day for row in workbook().rows["days"] if isinstance(day := row.values["date"], date))


def slot_key(day: int, starts_at: datetime) -> str:
    """The key of the slot that begins then, on this day of the fair."""
    return f"{day}-{starts_at.astimezone(KARACHI):%H%M}"
