"""What an outcome may say and hardly means: the form asks it back before it is stored."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from fairplatform.i18n.text import isolated
from meetings.models import Meeting, OutcomeVersion

from .content import Content

LONGEST_UNTIL_NEXT_STEP = timedelta(days=366)


def doubts(content: Content, meeting: Meeting) -> Iterator[str]:
    """Sentences in the active language."""
    if content.amount_minor == 0 and content.kind in OutcomeVersion.NEED_AMOUNT:
        yield _("The amount is 0. Check it.")
    if on := content.next_step_on:
        days = [place.date(meeting.starts_at) for place in meeting.fair.places]
        date = {"date": isolated(on.isoformat())}
        if on < min(days):
            yield _("The next step is due on %(date)s, before the meeting. Check the date.") % date
        elif on - max(days) > LONGEST_UNTIL_NEXT_STEP:
            yield _("The next step is due on %(date)s, more than a year after the meeting. Check the date.") % date
