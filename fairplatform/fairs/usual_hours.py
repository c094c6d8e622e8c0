"""The hours that companies of a country usually work: what a fair starts from until its organisers state its own."""

from collections.abc import Mapping
from datetime import time
from typing import Any, NamedTuple

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


MONDAY_TO_FRIDAY, SATURDAY, FRIDAY = (1, 2, 3, 4, 5), 6, 5
LUNCH = UsualPause(_("lunch break"), time(12), time(13))
ZUHR = UsualPause(_("Zuhr prayer and tea break"), time(13), time(13, 30))
FRIDAY_PRAYER = UsualPause(_("Friday prayer break"), time(12, 30), time(14, 30))

ELSEWHERE = (UsualHours(MONDAY_TO_FRIDAY, time(9), time(18), (LUNCH,)),)
USUAL_HOURS: Mapping[str, tuple[UsualHours, ...]] = {
    "CN": (UsualHours((*MONDAY_TO_FRIDAY, SATURDAY), time(9), time(18), (LUNCH,)),),
    "PK": (
        UsualHours((1, 2, 3, 4, SATURDAY), time(10), time(16), (ZUHR,)),
        UsualHours((FRIDAY,), time(10), time(16), (FRIDAY_PRAYER,)),
    ),
}


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
        for usual in USUAL_HOURS.get(country, ELSEWHERE)
    ]


def _as_stored(pause: UsualPause) -> dict[str, Any]:
    names = dict(zip(LANGUAGES, in_every_language(pause.name), strict=True))
    return {"starts": f"{pause.starts:%H:%M}", "ends": f"{pause.ends:%H:%M}", "name": names}
