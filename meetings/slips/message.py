"""The text that asks silent companies to confirm their meetings, to paste into WeChat or WhatsApp."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import isolated

from .slip import Slip


def reminder(fair: Fair, slips: Sequence[Slip]) -> str:
    """In the active language: the companies, each with how many meetings wait for its answer, and where it answers."""
    lines = [
        gettext("%(fair)s: please confirm your list of meetings.") % {"fair": isolated(fair.name)},
        *(_line(slip) for slip in slips),
        gettext("Open the link and select “Confirm”, or tell us which meeting you cannot attend."),
        f"{settings.PUBLIC_URL}{reverse('meetings:own_slip', args=[fair.slug])}",
    ]
    return "\n".join(lines)


def _line(slip: Slip) -> str:
    number = len(slip.asked)
    words = ngettext("%(company)s: %(number)s meeting", "%(company)s: %(number)s meetings", number)
    return words % {"company": isolated(slip.participation.company.name), "number": number}
