"""A day as plain text to paste into WeChat or WhatsApp, in the reader's language and both countries' times."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from fairplatform.i18n import times
from fairplatform.i18n.text import current_language, joined
from meetings.models import Meeting
from meetings.models.meeting import Side
from meetings.status import partners


def day_message(on: date, number: int, meetings: Iterable[tuple[Meeting, Side | None]], *, fair: str, home: str) -> str:
    """The date and the names of both time zones, a line for each meeting, and the address of the page.

    `number`: the day's number in the fair; `fair`: its slug; `home`: the country whose time comes first.
    """
    language = current_language()
    other = "PK" if home == "CN" else "CN"
    lines = [
        f"{times.format_day(on, language)} · {times.ZONE_NAMES[home]} ({times.ZONE_NAMES[other]})",
        *(_line(meeting, side, home, other) for meeting, side in meetings),
    ]
    if len(lines) == 1:
        lines.append(_("No meetings on this day."))
    address = reverse("meetings:day", args=[fair])
    return "\n".join([*lines, f"{settings.PUBLIC_URL}{address}?day={number}"])


def _line(meeting: Meeting, side: Side | None, home: str, other: str) -> str:
    language = current_language()
    home_time, other_time = (times.format_clock(meeting.starts_at, country, language) for country in (home, other))
    return f"{home_time} ({other_time}) {joined(partners(meeting, side))}"
