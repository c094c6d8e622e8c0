"""A notice as a letter, in the recipient's language and with the times of their place."""

from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django_tasks import task

from fairplatform.accounts.letters import CalendarFile, Letter, send
from fairplatform.fairs.places import places_for
from fairplatform.letters import retried

from .models import Notice
from .sentences import sentence


class LetterLink(NamedTuple):
    """Where the button of a letter leads instead of the notice's page, and what to do there."""

    address: str
    words: str


LINKS: dict[str, Callable[[Notice], LetterLink | None]] = {}
"""By code, what makes the link of its letters when one is sent, in the recipient's language; None: the notice's page.

Those whose notices they are enter it when the program starts.
"""
CALENDARS: dict[str, Callable[[Notice], CalendarFile | None]] = {}
"""By code, what makes the calendar file that goes with its letters when one is sent, in the recipient's language.

Those whose notices they are enter it when the program starts.
"""


@task()
def send_letter(notice: int, tries: int = 0) -> int:
    """Sends the letter of one notice unless it has been read; returns how many were sent, 0 or 1."""
    with retried(send_letter, notice, tries):
        return _send(notice)


def _send(notice: int) -> int:
    row = Notice.objects.filter(pk=notice, read_at=None).select_related("recipient", "fair").first()
    if row is None or not row.recipient.email:
        return 0
    with translation.override(row.recipient.language):
        return send(row.recipient, _letter(row))


def _letter(notice: Notice) -> Letter:
    person = notice.recipient
    places = places_for(person, notice.fair, person.language)
    calendar = CALENDARS.get(notice.code)
    text = sentence(notice.code, notice.parameters, language=person.language, places=places)
    link = LINKS[notice.code](notice) if notice.code in LINKS else None
    return Letter(
        fair=str(notice.fair.name),
        subject=text.rstrip(".。۔"),
        text=f"{text}\n\n{link.words}" if link else text,
        button=gettext("View details"),
        link=link.address if link else f"{settings.PUBLIC_URL}{notice.path}",
        calendar=calendar(notice) if calendar else None,
    )
