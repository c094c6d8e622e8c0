"""When both countries of a fair are at work on its days, computed by the calendars that meetings are planned with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from fairplatform.fairs.models import Fair, FairDay, Holiday, WorkingHours
from fairplatform.i18n.zones import Interval, period
from meetings.schedule.calendars import Break, Calendar, common_intervals, free_intervals
from meetings.schedule.fair_calendars import calendars

DAY = timedelta(days=1)
USUAL = (8, 18)  # hours that are drawn of a day on which nobody works


@dataclass(frozen=True)
class LocalDay:
    """A country, or one of its cities that has hours or holidays of its own, on one day of the fair."""

    country: str
    city: str
    calendar: Calendar
    working: list[Interval]
    breaks: list[Break]


@dataclass(frozen=True)
class CommonHours:
    """One day: its places, the fair's two countries first; the hours these two have in common; its slots.

    `begins`, `ends`: whole hours of the station's clock around all of it.
    """

    day: FairDay
    places: list[LocalDay]
    common: list[Interval]
    slots: list[Interval]
    begins: datetime
    ends: datetime

    def fits(self, slot: Interval) -> bool:
        return any(begins <= slot[0] and slot[1] <= ends for begins, ends in self.common)

    @property
    def fitting(self) -> list[Interval]:
        return [slot for slot in self.slots if self.fits(slot)]


def common_hours(fair: Fair) -> list[CommonHours]:
    """Each day of the fair, in the order of time; none before its countries are chosen."""
    if not fair.has_countries:
        return []
    places = _places(fair)
    found = list(zip(places, calendars(fair, places), strict=True))
    return [_of_day(fair, day, found) for day in fair.days.order_by("number").prefetch_related("slots")]


def _places(fair: Fair) -> list[tuple[str, str]]:
    """The fair's two countries, and each country and city that something was entered for."""
    entered = {
        place
        for model in (WorkingHours, Holiday)
        for place in model._default_manager.filter(fair=fair).values_list("country", "city")
    }
    both = [(fair.host_country, ""), (fair.station_country, "")]
    return [*both, *sorted(entered.difference(both))]


def _of_day(fair: Fair, day: FairDay, found: Sequence[tuple[tuple[str, str], Calendar]]) -> CommonHours:
    zone = ZoneInfo(fair.station_zone)
    slots = sorted(slot.planned_times() for slot in day.slots.all())
    whole_day = _whole_day(day, fair, slots)
    working = [_working(calendar, day, whole_day) for _place, calendar in found]
    begins, ends = _around([*chain.from_iterable(working), *slots], whole_day, zone)
    places = [
        LocalDay(country, city, calendar, hours, _breaks(calendar, day, begins, ends))
        for ((country, city), calendar), hours in zip(found, working, strict=True)
    ]
    return CommonHours(day, places, common_intervals(working[0], working[1]), slots, begins, ends)


def _whole_day(day: FairDay, fair: Fair, slots: Sequence[Interval]) -> Interval:
    """Its date in its own zone; of one that lasts over midnight, as long before and after the middle of its slots."""
    date_of_day = period(day.date, None, None, ZoneInfo(day.zone or fair.station_zone))
    if not slots or slots[-1][1] <= date_of_day[1]:
        return date_of_day
    middle = slots[0][0] + (slots[-1][1] - slots[0][0]) / 2
    return middle - DAY / 2, middle + DAY / 2


def _dates(day: FairDay) -> tuple[date, ...]:
    """Far to the east or west of the station another date has begun before the day is over."""
    return tuple(day.date + number * DAY for number in (-1, 0, 1))


def _working(calendar: Calendar, day: FairDay, whole_day: Interval) -> list[Interval]:
    hours = [interval for on in _dates(day) for interval in free_intervals(calendar, on)]
    return common_intervals(hours, [whole_day])


def _breaks(calendar: Calendar, day: FairDay, begins: datetime, ends: datetime) -> list[Break]:
    return [found for on in _dates(day) for found in calendar.breaks(on) if found.touches(begins, ends)]


def _around(intervals: Sequence[Interval], whole_day: Interval, zone: ZoneInfo) -> Interval:
    hour = timedelta(hours=1)
    if not intervals:
        return whole_day[0] + USUAL[0] * hour, whole_day[0] + USUAL[1] * hour
    first = min(begins for begins, _ends in intervals).astimezone(zone)
    last = max(ends for _begins, ends in intervals).astimezone(zone)
    begins = first.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    ends = last.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    return begins, ends if ends >= last else ends + hour
