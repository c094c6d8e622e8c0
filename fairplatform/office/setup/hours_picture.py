"""The picture of a day's common hours: bars of SVG in per cent of the width, so that they fit every screen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.locations import city_name, country_name
from fairplatform.i18n.text import current_language, direction
from fairplatform.i18n.times import format_clock
from fairplatform.i18n.zones import Interval

from .common_hours import CommonHours, LocalDay

MOST_LABELS = 12  # hours named along one clock


@dataclass(frozen=True)
class Bar:
    """A rectangle; `kind` says how it looks, `name` what it is."""

    kind: str
    x: str
    width: str
    name: str


@dataclass(frozen=True)
class Tick:
    """A whole hour of a clock, at the place of the bar where it is."""

    x: str
    label: str


@dataclass(frozen=True)
class Row:
    """A place: its name, when it works by its own clock, its named breaks, and all of that drawn."""

    name: str
    hours: list[str]
    breaks: list[tuple[str, str]]
    bars: list[Bar]


@dataclass(frozen=True)
class Clock:
    country: str
    ticks: list[Tick]


class Picture:
    """What the template shows of one day. In a right-to-left page time runs from the right."""

    def __init__(self, hours: CommonHours) -> None:
        self.hours = hours
        self.is_mirrored = direction(current_language()) == "rtl"
        self.rows = [self._row(place) for place in hours.places]
        both = hours.places[:2]
        self.clocks = [Clock(country_name(p.country), list(self._ticks(p.calendar.zone))) for p in both]
        self.common = [
            [(country_name(place.country), clock(interval, place.calendar.zone)) for place in both]
            for interval in hours.common
        ]
        self.slots = [
            *(self._bar("common", interval) for interval in hours.common),
            *(self._bar("slot" if hours.fits(slot) else "outside", slot) for slot in hours.slots),
        ]

    def _row(self, place: LocalDay) -> Row:
        zone = place.calendar.zone
        drawn = [found for found in place.breaks if self._is_within(found.starts_at, found.ends_at)]
        return Row(
            " · ".join([country_name(place.country), *([city_name(place.city)] if place.city else [])]),
            [clock(interval, zone) for interval in place.working],
            [
                (str(found.name), clock((found.starts_at, found.ends_at), zone) if found in drawn else "")
                for found in place.breaks
            ],
            [
                *(self._bar("working", interval) for interval in place.working),
                *(self._bar("pause", (found.starts_at, found.ends_at), str(found.name)) for found in drawn),
            ],
        )

    def _is_within(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Not a whole day, which is no break within the hours that are drawn."""
        return self.hours.begins <= starts_at and ends_at <= self.hours.ends

    def _bar(self, kind: str, interval: Interval, name: str = "") -> Bar:
        begins, ends = (self._per_cent(at) for at in interval)
        return Bar(kind, f"{100 - ends if self.is_mirrored else begins:.2f}%", f"{ends - begins:.2f}%", name)

    def _ticks(self, zone: tzinfo) -> Iterator[Tick]:
        """Every whole hour of the clock, or every second one of a long day."""
        length = (self.hours.ends - self.hours.begins) // timedelta(hours=1)
        step = 1 + length // MOST_LABELS
        local = self.hours.begins.astimezone(zone)
        at = self.hours.begins + timedelta(minutes=-local.minute % 60)
        while at < self.hours.ends:
            x = self._per_cent(at)
            yield Tick(f"{100 - x if self.is_mirrored else x:.2f}%", f"{at.astimezone(zone):%H}")
            at += step * timedelta(hours=1)

    def _per_cent(self, at: datetime) -> float:
        """How far into the time that is drawn."""
        return 100 * ((at - self.hours.begins) / (self.hours.ends - self.hours.begins))


LEGEND = (
    ("working", _("at work")),
    ("pause", _("break")),
    ("common", _("in common")),
    ("slot", _("slot within the common hours")),
    ("outside", _("slot outside them")),
)
"""What the kinds of bars mean."""


def clock(interval: Interval, zone: tzinfo) -> str:
    """From when till when by this clock, as times are written in the reader's language."""
    return "–".join(format_clock(at, str(zone), current_language()) for at in interval)


def pictures(days: Iterable[CommonHours]) -> list[Picture]:
    return [Picture(day) for day in days]
