"""The hours that companies of a country usually work: what a fair starts from until its organisers state its own."""

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any, NamedTuple

from babel import Locale, UnknownLocaleError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.i18n.text import LANGUAGES, in_every_language

from .models import Fair, WorkingHours


class UsualPause(NamedTuple):
    name: Promise
    starts: time
    ends: time


class UsualHours(NamedTuple):
    """Hours on some weekdays; 1 is Monday."""

    weekdays: tuple[int, ...]
    opens: time
    closes: time
    pauses: tuple[UsualPause, ...]


FRIDAY, SATURDAY, SUNDAY = 5, 6, 7
MONDAY_TO_THURSDAY = (1, 2, 3, 4)
MONDAY_TO_FRIDAY = (*MONDAY_TO_THURSDAY, FRIDAY)
LUNCH = UsualPause(_("lunch break"), time(12), time(13))
ZUHR = UsualPause(_("Zuhr prayer and tea break"), time(13), time(13, 30))
FRIDAY_PRAYER = _("Friday prayer break")


def _with_friday_prayer(starts: time, ends: time) -> tuple[UsualHours, ...]:
    pause = UsualPause(FRIDAY_PRAYER, starts, ends)
    return (
        UsualHours(MONDAY_TO_THURSDAY, time(9), time(18), (LUNCH,)),
        UsualHours((FRIDAY,), time(9), time(18), (pause,)),
    )


# Fridays as public offices keep them: in the Emirates until noon since 2022; in Indonesia with a break from 11:30 to
# 13:00, in Malaysia from 12:15 to 14:45.
USUAL_HOURS: Mapping[str, tuple[UsualHours, ...]] = {
    "CN": (UsualHours((*MONDAY_TO_FRIDAY, SATURDAY), time(9), time(18), (LUNCH,)),),
    "PK": (
        UsualHours((1, 2, 3, 4, SATURDAY), time(10), time(16), (ZUHR,)),
        UsualHours((FRIDAY,), time(10), time(16), (UsualPause(FRIDAY_PRAYER, time(12, 30), time(14, 30)),)),
    ),
    "AE": (
        UsualHours(MONDAY_TO_THURSDAY, time(8, 30), time(17, 30), (LUNCH,)),
        UsualHours((FRIDAY,), time(8, 30), time(12), ()),
    ),
    "ID": _with_friday_prayer(time(11, 30), time(13)),
    "MY": _with_friday_prayer(time(12, 15), time(14, 45)),
}

# The weekend is Friday and Saturday; Babel has Saturday and Sunday.
_WEEKENDS = {"BD": (FRIDAY, SATURDAY)}


def _elsewhere(country: str) -> tuple[UsualHours, ...]:
    return (UsualHours(_working_days(country), time(9), time(18), (LUNCH,)),)


def _working_days(country: str) -> tuple[int, ...]:
    """All but the country's weekend."""
    if country in _WEEKENDS:
        weekend = _WEEKENDS[country]
    else:
        try:
            locale = Locale.parse(f"und_{country}")
        except UnknownLocaleError:  # small territories without a language of their own
            return MONDAY_TO_FRIDAY
        weekend = (locale.weekend_start + 1, locale.weekend_end + 1)
    return tuple(day for day in (*MONDAY_TO_FRIDAY, SATURDAY, SUNDAY) if not weekend[0] <= day <= weekend[1])


def countries_with_usual_hours(hours: Iterable[WorkingHours], countries: Iterable[str]) -> list[str]:
    """Those of which a fair with these hours says none in general, for all cities and dates."""
    stated = {row.country for row in hours if not row.city and row.first is None and row.last is None}
    return [country for country in dict.fromkeys(countries) if country not in stated]


def usual_hours(fair: Fair, country: str) -> list[WorkingHours]:
    """The usual hours of a country as rows of the fair that are not saved; their pauses are named in all languages."""
    zone = "" if country in (fair.host_country, fair.station_country) else fair.zone_of(country)
    return [
        WorkingHours(
            fair=fair,
            country=country,
            weekdays=list(usual.weekdays),
            opens=usual.opens,
            closes=usual.closes,
            zone=zone,
            pauses=[_as_stored(pause) for pause in usual.pauses],
        )
        for usual in USUAL_HOURS.get(country) or _elsewhere(country)
    ]


def _as_stored(pause: UsualPause) -> dict[str, Any]:
    names = dict(zip(LANGUAGES, in_every_language(pause.name), strict=True))
    return {"starts": f"{pause.starts:%H:%M}", "ends": f"{pause.ends:%H:%M}", "name": names}
