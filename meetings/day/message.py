"""A day as plain text to paste into WeChat or WhatsApp, in the reader's language and the times of both countries."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from fairplatform.i18n import times
from fairplatform.i18n.text import current_language, joined
from meetings.models import Meeting
from meetings.models.meeting import Side
from meetings.status import partners


def day_message(
    on: date, number: int, meetings: Iterable[tuple[Meeting, Side | None]], *, fair: str, places: Sequence[times.Place]
) -> str:
    """The date and the names of the time zones, a line for each meeting, and the address of the page.

    `number`: the day's number in the fair; `fair`: its slug; `places`: whose clocks are named, the reader's own first.
    """
    rows = list(meetings)
    # The zones that differ are named by the first meeting; without any, by the middle of the day.
    example = rows[0][0].starts_at if rows else datetime.combine(on, time(12), tzinfo=UTC)
    names = [one.zone_name for one in times.local_times(example, places, current_language())]
    lines = [
        f"{times.format_day(on, current_language())} · {_with_brackets(names)}",
        *(_line(meeting, side, places) for meeting, side in rows),
    ]
    if not rows:
        lines.append(_("No meetings on this day."))
    address = reverse("meetings:day", args=[fair])
    return "\n".join([*lines, f"{settings.PUBLIC_URL}{address}?day={number}"])


def _line(meeting: Meeting, side: Side | None, places: Sequence[times.Place]) -> str:
    clocks = [one.clock for one in times.local_times(meeting.starts_at, places, current_language())]
    return f"{_with_brackets(clocks)} {joined(partners(meeting, side))}"


def _with_brackets(words: Sequence[str]) -> str:
    """The reader's own, the others in brackets."""
    own, *others = words
    return f"{own} ({' · '.join(others)})" if others else own
