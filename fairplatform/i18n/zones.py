"""Countries and time zones of the world: which a country has, and what a part of a day is by the clock of one."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from importlib.resources import files

from babel.core import get_global

DAY = timedelta(days=1)
MINUTES_OF_A_DAY = 24 * 60
LONGEST_OVER_MIDNIGHT = 12 * 60  # minutes; with more, the two times have been exchanged
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
    """A part of a date by the wall clock of a zone, in UTC; without times it begins, or ends, with the date.

    An end that is not later than the beginning is on the next date.
    """
    first, last = begins or time.min, ends or time.min
    local = datetime.combine(on, first), datetime.combine(on if last > first else on + DAY, last)
    starts_at, ends_at = (at.replace(tzinfo=zone).astimezone(UTC) for at in local)
    return starts_at, ends_at


def is_over_midnight(begins: time, ends: time) -> bool:
    """Whether the end is on the next date; midnight itself is."""
    return ends <= begins


def can_follow(begins: time, ends: time) -> bool:
    """Whether `ends` is after `begins`, on the same date or in the night that follows it."""
    return ends > begins or minutes_between(begins, ends) in range(1, LONGEST_OVER_MIDNIGHT)


def minutes_between(begins: time, ends: time) -> int:
    """From one time of the wall clock to the next time that it shows the other."""
    return (_minutes(ends) - _minutes(begins)) % MINUTES_OF_A_DAY


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def overlaps(one: Interval, others: Iterable[Interval]) -> bool:
    return any(begins < one[1] and one[0] < ends for begins, ends in others)
