"""Instants as two countries read them. The zone is always named in words, never abbreviated."""

from datetime import date, datetime
from typing import Any, NamedTuple
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
    """One instant on one country's clock. `day` is set when the other country already has another date."""

    country: str
    zone_name: str
    clock: str
    day: str
    iso: str


def home_country(person: Any, language: str) -> str:
    """Whose clock stands first: that of the reader's own country; for a stranger the language tells."""
    country = getattr(person, "country", "")
    return country if country in ZONES else "CN" if language == "zh-hans" else "PK"


def machine(at: datetime) -> str:
    """An instant as HTML's `datetime` takes it: three digits behind the second, not six."""
    return at.isoformat(timespec="milliseconds")


def clock(at: datetime, country: str, language: str) -> str:
    """Hours and minutes: 24-hour in English and Chinese, with the part of the day in Urdu."""
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


def day(on: date, language: str) -> str:
    """A date with its weekday: `Fri 15 May`, `5月15日（周五）`, `جمعہ، 15 مئی`."""
    locale = BABEL_LOCALE[language]
    if language == "en":
        return format_date(on, "EEE d MMM", locale=locale)
    if language == "zh-hans":
        return format_date(on, "M月d日（EEE）", locale=locale)
    return format_date(on, "EEEE، d MMMM", locale="ur_PK")


def two_times(at: datetime, home: str, language: str) -> tuple[LocalTime, LocalTime]:
    """The instant in the reader's country first, then in the other."""
    other = "PK" if home == "CN" else "CN"
    days = {c: at.astimezone(ZONES[c]).date() for c in (home, other)}
    differ = days[home] != days[other]
    return tuple(  # type: ignore[return-value]
        LocalTime(
            c,
            str(ZONE_NAMES[c]),
            clock(at, c, language),
            day(days[c], language) if differ else "",
            machine(at),
        )
        for c in (home, other)
    )
