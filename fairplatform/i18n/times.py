"""Times as people read them in China and Pakistan. A time zone is named in words, never by an abbreviation."""

from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHINA = ZoneInfo("Asia/Shanghai")
PAKISTAN = ZoneInfo("Asia/Karachi")
ZONES = {"CN": CHINA, "PK": PAKISTAN}
ZONE_NAMES: dict[str, Promise] = {"CN": _("Beijing time"), "PK": _("Pakistan time")}
BABEL_LOCALE = {"en": "en_GB", "zh-hans": "zh_Hans_CN", "ur": "ur_PK"}


class LocalTime(NamedTuple):
    """A time in the zone of one country. `day` is empty unless the other country has another date then."""

    country: str
    zone_name: str
    clock: str
    day: str
    iso: str


def home_country(person: object, language: str) -> str:
    """The country whose time comes first: the person's own, else (not signed in) the one of the language."""
    country: str = getattr(person, "country", "")
    return country if country in ZONES else "CN" if language == "zh-hans" else "PK"


def html_datetime(at: datetime) -> str:
    """For the `datetime` attribute of HTML, which has milliseconds, not microseconds."""
    return at.isoformat(timespec="milliseconds")


def format_clock(at: datetime, country: str, language: str) -> str:
    """Hours and minutes: `14:30`, in Urdu on 12 hours with the part of the day (`دوپہر 2:30 بجے`)."""
    local = at.astimezone(ZONES[country])
    if language != "ur":
        return f"{local:%H:%M}"
    hour = local.hour
    return f"{_part_of_day(hour)} {(hour - 1) % 12 + 1}:{local:%M} بجے"


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


def two_times(at: datetime, home: str, language: str) -> tuple[LocalTime, LocalTime]:
    """The time in the reader's country (`home`), then in the other."""
    other = "PK" if home == "CN" else "CN"
    days = {country: at.astimezone(ZONES[country]).date() for country in (home, other)}
    differ = days[home] != days[other]

    def local(country: str) -> LocalTime:
        day = format_day(days[country], language) if differ else ""
        zone = str(ZONE_NAMES[country])
        return LocalTime(country, zone, format_clock(at, country, language), day, html_datetime(at))

    return local(home), local(other)
