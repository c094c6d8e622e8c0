"""The calendars of a fair: made of its working hours and holidays."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from fairplatform.fairs.models import Fair, Holiday, WorkingHours
from fairplatform.fairs.usual_hours import usual_hours
from fairplatform.i18n.text import Translated

from .calendars import Calendar, Hours, Pause, SpecialDay

Row = TypeVar("Row", WorkingHours, Holiday)


def calendars(fair: Fair, cities: Iterable[tuple[str, str]]) -> list[Calendar]:
    """The calendar of each (country, city), with the hours and holidays of both; the city may be empty.

    A country of which the fair says no hours in general, for all its cities and dates, has those that are usual there.
    """
    places = list(cities)
    countries = {country for country, _city in places}
    hours = list(WorkingHours.objects.filter(fair=fair, country__in=countries))
    stated = {row.country for row in hours if not row.city and row.first is None and row.last is None}
    hours += [row for country in sorted(countries - stated) for row in usual_hours(fair, country)]
    holidays = list(Holiday.objects.filter(fair=fair, country__in=countries))
    return [
        _calendar(fair, country, city, _of_place(hours, country, city), _of_place(holidays, country, city))
        for country, city in places
    ]


def _of_place(rows: Iterable[Row], country: str, city: str) -> list[Row]:
    return [row for row in rows if row.country == country and row.city in ("", city)]


def _calendar(
    fair: Fair, country: str, city: str, hours: Sequence[WorkingHours], holidays: Sequence[Holiday]
) -> Calendar:
    zones = [row.zone for row in sorted(hours, key=lambda row: not row.city) if row.zone]
    return Calendar(
        country,
        ZoneInfo(zones[0] if zones else fair.zone_of(country)),
        tuple(_hours(row) for row in hours),
        tuple(_special_day(row) for row in holidays),
    )


def _hours(row: WorkingHours) -> Hours:
    pauses = tuple(_pause(pause) for pause in row.pauses)
    return Hours(frozenset(row.weekdays), row.opens, row.closes, pauses, row.city, row.first, row.last)


def _pause(stored: Mapping[str, Any]) -> Pause:
    return Pause(pause_name(stored["name"]), time.fromisoformat(stored["starts"]), time.fromisoformat(stored["ends"]))


def pause_name(name: str | Mapping[str, str]) -> str:
    """As the organisers wrote it, or the one of several languages that the reader knows."""
    return name if isinstance(name, str) else str(Translated(name))


def _special_day(row: Holiday) -> SpecialDay:
    return SpecialDay(row.date, str(row.name), row.city, row.from_time, row.until_time, row.works)
