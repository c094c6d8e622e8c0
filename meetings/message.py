"""A meeting and a day as plain text to paste into WeChat or WhatsApp, in the times of both countries."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fairplatform.i18n import times
from fairplatform.i18n.text import current_language, isolated, joined
from fairplatform.policy import Role
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
    lines = [
        f"{times.format_day(on, current_language())} · {zone_names(example, places)}",
        *(f"{clocks_of(meeting.starts_at, places, on)} {joined(partners(meeting, side))}" for meeting, side in rows),
    ]
    if not rows:
        lines.append(_("No meetings on this day."))
    address = reverse("meetings:day", args=[fair])
    return "\n".join([*lines, f"{settings.PUBLIC_URL}{address}?day={number}"])


def meeting_message(meeting: Meeting, side: Side | None, *, places: Sequence[times.Place]) -> str:
    """The fair, both times with their zones, the partner, who interprets, and the address of the page.

    `meeting` with its participants and their users.
    """
    lines = [
        isolated(meeting.fair.name),
        times.in_words(meeting.starts_at, places, current_language()),
        joined(partners(meeting, side)),
    ]
    if interpreters := joined(one.user.name for one in meeting.participants.all() if one.role == Role.INTERPRETER):
        lines.append(_("Interpreter: %(name)s") % {"name": interpreters})
    return "\n".join([*lines, f"{settings.PUBLIC_URL}{meeting.get_absolute_url()}"])


def in_each_language(write: Callable[[], str]) -> list[tuple[str, Promise | str, str]]:
    """What `write` says in each language: its code, its name, and the text; the reader's language first."""
    names, own = dict(settings.LANGUAGES), current_language()
    found: list[tuple[str, Promise | str, str]] = []
    for code in (own, *(code for code in names if code != own)):
        with translation.override(code):
            found.append((code, names[code], write()))
    return found


def zone_names(at: datetime, places: Sequence[times.Place]) -> str:
    """The zones that differ at this instant, in words."""
    return _with_brackets([one.zone_name for one in times.local_times(at, places, current_language())])


def clocks_of(at: datetime, places: Sequence[times.Place], under: date | None = None) -> str:
    """The time at each place, with the date where it is another than the reader's, or than the one it is `under`."""
    own, *others = times.local_times(at, places, current_language(), under)
    is_dated = under is not None and places[0].date(at) != under
    return _with_brackets(
        [f"{own.day} {own.clock}" if is_dated else own.clock, *(f"{one.day} {one.clock}".strip() for one in others)]
    )


def _with_brackets(words: Sequence[str]) -> str:
    """The reader's own, the others in brackets."""
    own, *others = words
    return f"{own} ({' · '.join(others)})" if others else own
