"""What organisers and delegates are shown after they have let people in: what to hand out, and who gets a letter."""

from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair

from ..kept import MINUTES_KEPT
from ..people.members import shown_name
from .actions import Issued, Letters
from .forms import Medium
from .handout import Handout, invitation_message, make_handout
from .queries import belongings


def handout_context(fair: Fair, issued: Issued, medium: Medium) -> dict[str, Any]:
    """Of the page with the links, without where it leads back to."""
    return {
        "fair": fair,
        "medium": medium,
        "minutes": MINUTES_KEPT,
        "groups": _by_unit(fair, issued, medium),
        "issued": issued,
        "invitations": [(shown_name(row.user, row), invitation_message(row)) for row in issued.invited],
    }


def _by_unit(fair: Fair, issued: Issued, medium: Medium) -> list[tuple[Any, list[Handout]]]:
    """The handouts of each unit, so that each unit can be given its own sheets; those without a unit last."""
    found = belongings(fair, [row.user for row, _link in issued.links])
    is_drawn = medium != Medium.MESSAGES
    handouts = [
        make_handout(row, link, found[row.user_id], is_drawn=is_drawn, leads_to=issued.leads_to)
        for row, link in issued.links
    ]
    # As units are listed everywhere.
    handouts.sort(key=lambda one: (0, one.unit.key, one.unit.pk) if one.unit else (1, "", 0))
    return [(unit, list(group)) for unit, group in groupby(handouts, key=lambda handout: handout.unit)]


def tell_of_letters(request: FairRequest, letters: Letters) -> None:
    """Says how many are on their way, and who gets none."""
    if letters.asked:
        sentence = ngettext("%(count)s email is on its way.", "%(count)s emails are on their way.", letters.asked)
        messages.success(request, sentence % {"count": letters.asked})
        minutes = -(-letters.asked // settings.LETTERS_PER_MINUTE)
        if minutes > 1:
            sentence = ngettext(
                "They go out over about %(count)s minute, so that the mail server is not overloaded.",
                "They go out over about %(count)s minutes, so that the mail server is not overloaded.",
                minutes,
            )
            messages.info(request, sentence % {"count": minutes})
    elif not letters.again:
        messages.error(request, _("No email has been sent."))
    if letters.again:
        sentence = ngettext(
            "%(count)s person already has an email on its way, or was sent one a few minutes ago. "
            "No second one was sent.",
            "%(count)s people already have an email on its way, or were sent one a few minutes ago. "
            "No second one was sent.",
            letters.again,
        )
        messages.info(request, sentence % {"count": letters.again})
    if letters.left_out:
        without = ngettext(
            "%(count)s person has no email address or is deactivated.",
            "%(count)s people have no email address or are deactivated.",
            letters.left_out,
        )
        messages.warning(request, without % {"count": letters.left_out})
