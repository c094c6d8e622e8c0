"""Times as people read them, each in its own zone. A time zone is named in words, never by an abbreviation."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_interval
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .text import current_language

BABEL_LOCALE = {"en": "en_GB", "zh-hans": "zh_Hans_CN", "ur": "ur_PK"}
# Zones that people do not call by the city that the time zone database names them after.
_WELL_KNOWN: Mapping[str, Promise] = {
    "Asia/Shanghai": gettext_lazy("Beijing time"),
    "Asia/Karachi": gettext_lazy("Pakistan time"),
    "UTC": gettext_lazy("Universal time (UTC)"),
}


class Place(NamedTuple):
    """Where a clock is read: a country (ISO 3166) and its time zone (IANA)."""

    country: str
    zone: str

    @property
    def zone_name(self) -> str:
        """The zone in the reader's language: `Beijing time`, `Dubai time`."""
        return zone_name(self.zone)

    def date(self, at: datetime) -> date:
        """The date there at this instant."""
        return at.astimezone(ZoneInfo(self.zone)).date()


NOWHERE = Place("", "UTC")  # the clock of a page that belongs to no fair, for a visitor


class LocalTime(NamedTuple):
    """A time at one place. `day` is empty unless the places have different dates then, or another than is known."""

    zone: str
    zone_name: str
    clock: str
    day: str
    iso: str


def zone_name(zone: str) -> str:
    """A zone in words, in the reader's language."""
    known = _WELL_KNOWN.get(zone)
    return str(known) if known else _("%(city)s time") % {"city": zone_city(zone, BABEL_LOCALE[current_language()])}


# A zone of 2025 whose city CLDR does not name yet.
_UNNAMED: Mapping[str, Mapping[str, str]] = {
    "America/Coyhaique": {"en_GB": "Coyhaique", "zh_Hans_CN": "科伊艾克", "ur_PK": "کوئیہائیکے"}
}


@lru_cache(maxsize=1024)
def zone_city(zone: str, locale: str) -> str:
    """The city that the zone is named after, as Unicode's CLDR names it; its data has some zones by their old names."""
    if zone in _UNNAMED:
        return _UNNAMED[zone][locale]
    aliases = get_global("zone_aliases")
    current = aliases.get(zone, zone)
    names = [zone, current, *(old for old, new in aliases.items() if new == current)]
    known = Locale.parse(locale).time_zones
    cities = (known.get(name, {}).get("city") for name in names)
    return next((str(city) for city in cities if city), current.rpartition("/")[2].replace("_", " "))


def country_of(language: str) -> str:
    """The country (ISO 3166) whose spelling and calendar we write the language in."""
    return Locale.parse(BABEL_LOCALE[language]).territory or ""


def html_datetime(at: datetime) -> str:
    """For the `datetime` attribute of HTML, which has milliseconds, not microseconds."""
    return at.isoformat(timespec="milliseconds")


def format_clock(at: datetime, zone: str, language: str) -> str:
    """The time of an instant in this zone, as `format_time` writes it."""
    return format_time(at.astimezone(ZoneInfo(zone)).time(), language)


def format_time(at: time, language: str) -> str:
    """Hours and minutes: `14:30`, in Urdu on 12 hours with the part of the day (`دوپہر 2:30 بجے`)."""
    if language != "ur":
        return f"{at:%H:%M}"
    return f"{_part_of_day(at.hour)} {(at.hour - 1) % 12 + 1}:{at:%M} بجے"


def _part_of_day(hour: int) -> str:
    for until, word in ((4, "رات"), (12, "صبح"), (15, "دوپہر"), (18, "سہ پہر"), (20, "شام")):
        if hour < until:
            return word
    return "رات"


def format_day(on: date, language: str) -> str:
    """A date with its weekday: `Fri 15 May`, `5月15日（周五）`, `جمعہ، 15 مئی`."""
    locale = BABEL_LOCALE[language]
    if language == "en":
        return format_date(on, "EEE d MMM", locale=locale)
    if language == "zh-hans":
        return format_date(on, "M月d日（EEE）", locale=locale)
    return format_date(on, "EEEE، d MMMM", locale="ur_PK")


def format_days(first: date, last: date, language: str) -> str:
    """The first and the last day with their year: `12–14 May 2027`; one day alone: `17 Jan 2025`."""
    return str(format_interval(first, last, "yMMMd", locale=BABEL_LOCALE[language]))


def local_times(
    at: datetime, places: Iterable[Place], language: str, under: date | None = None
) -> tuple[LocalTime, ...]:
    """The instant on the clocks of these places, in their order; one where two clocks show the same.

    `under`: the date that is written above it, as of a day of the fair that lasts over midnight somewhere.
    """
    by_offset: dict[object, Place] = {}
    for place in places:
        by_offset.setdefault(at.astimezone(ZoneInfo(place.zone)).utcoffset(), place)
    dates = {place: place.date(at) for place in by_offset.values()}
    differ = len({*dates.values(), *([under] if under else [])}) > 1
    return tuple(
        LocalTime(
            place.zone,
            place.zone_name,
            format_clock(at, place.zone, language),
            format_day(on, language) if differ else "",
            html_datetime(at),
        )
        for place, on in dates.items()
    )


def in_words(at: datetime, places: Sequence[Place], language: str) -> str:
    """The day, then the time at each place with its zone, in the active language, which `language` is.

    With the date of another place where it differs.
    """
    own, *others = local_times(at, places, language)
    date = own.day or format_day(places[0].date(at), language)
    named = [(own.clock, own.zone_name), *((f"{one.day} {one.clock}".strip(), one.zone_name) for one in others)]
    # The order differs between languages: 11:30 Pakistan time, 巴基斯坦时间 11:30.
    clocks = [_("%(clock)s %(zone)s") % {"clock": clock, "zone": zone} for clock, zone in named]
    return f"{date} {' · '.join(clocks)}"
