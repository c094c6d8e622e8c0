"""Countries and time zones of the world: which a country has, and what a part of a day is by the clock of one."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from importlib.resources import files

from babel.core import get_global

DAY = timedelta(days=1)
Interval = tuple[datetime, datetime]


@cache
def country_codes() -> tuple[str, ...]:
    """Every country of ISO 3166, as the time zone database has it."""
    text = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8")
    return tuple(line.partition("\t")[0] for line in text.splitlines() if not line.startswith("#"))


@cache
def _by_country() -> dict[str, list[str]]:
    """The zones of each country (ISO 3166), the one of most people first, from the time zone database."""
    zones: dict[str, list[str]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, _coordinates, zone, *_comments = line.split("\t")
            zones.setdefault(country, []).append(zone)
    return zones


def zones_of(country: str) -> list[str]:
    """The IANA zones of a country, the one that most of it lives in first; empty for an unknown code."""
    return _by_country().get(country, [])


def usual_zone(country: str) -> str:
    """The zone that most of the country lives in; empty for an unknown code."""
    return next(iter(zones_of(country)), "")


def is_zone_of(zone: str, country: str) -> bool:
    """Whether a country has this zone, by whichever of its names: US/Pacific is America/Los_Angeles."""
    return any(_current(zone) == _current(own) for own in zones_of(country))


def _current(zone: str) -> str:
    """What Unicode's CLDR calls the zone, which may have several names."""
    return str(get_global("zone_aliases").get(zone, zone))


def period(on: date, begins: time | None, ends: time | None, zone: tzinfo) -> Interval:
    """A part of a date by the wall clock of a zone, in UTC; without times it begins, or ends, with the date."""
    until = datetime.combine(on, ends) if ends else datetime.combine(on + DAY, time.min)
    local = (datetime.combine(on, begins or time.min), until)
    starts_at, ends_at = (at.replace(tzinfo=zone).astimezone(UTC) for at in local)
    return starts_at, ends_at


def overlaps(one: Interval, others: Iterable[Interval]) -> bool:
    return any(begins < one[1] and one[0] < ends for begins, ends in others)
