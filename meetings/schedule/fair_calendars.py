"""The calendars of a fair: made of its working hours and holidays."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from fairplatform.fairs.models import Fair, Holiday, WorkingHours
from fairplatform.fairs.usual_hours import countries_with_usual_hours, usual_hours
from fairplatform.i18n.text import Translated

from .calendars import Calendar, Hours, Pause, SpecialDay

Row = TypeVar("Row", WorkingHours, Holiday)


def calendars(fair: Fair, cities: Iterable[tuple[str, str]]) -> list[Calendar]:
    """The calendar of each (country, city), with the hours and holidays of both; the city may be empty."""
    places = list(cities)
    countries = {country for country, _city in places}
    hours = WorkingHours.objects.filter(fair=fair, country__in=countries)
    holidays = Holiday.objects.filter(fair=fair, country__in=countries)
    return calendars_of_rows(fair, places, hours, holidays)


def calendars_of_rows(
    fair: Fair, places: Sequence[tuple[str, str]], stated_hours: Iterable[WorkingHours], holidays: Iterable[Holiday]
) -> list[Calendar]:
    """The same of rows that may not be saved yet.

    A country of which the fair says no hours in general, for all its cities and dates, has those that are usual there.
    """
    hours, special = list(stated_hours), list(holidays)
    usual = countries_with_usual_hours(hours, sorted({country for country, _city in places}))
    hours += [row for country in usual for row in usual_hours(fair, country)]
    return [
        _calendar(fair, country, city, _of_place(hours, country, city), _of_place(special, country, city))
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
