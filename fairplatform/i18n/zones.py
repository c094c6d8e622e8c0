"""Time zones of the world: which a country has."""

from functools import cache
from importlib.resources import files


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
