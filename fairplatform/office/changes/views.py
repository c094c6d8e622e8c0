"""The page of answers: which company has confirmed its list of meetings, which cannot attend, and which is silent."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair
from fairplatform.i18n.forms import LANGUAGE_LABELS
from fairplatform.i18n.text import LANGUAGES, current_language
from fairplatform.policy import may, permits
from meetings.changes.queries import changes
from meetings.contacts import mobiles
from meetings.slips.actions import remind_silent
from meetings.slips.message import reminder
from meetings.slips.queries import slips_for
from meetings.slips.slip import Slip

SHOWN = 10
STATES = {
    "silent": gettext_lazy("Silent"),
    "changed": gettext_lazy("Changed since the answer"),
    "cannot": gettext_lazy("Cannot attend all"),
    "confirmed": gettext_lazy("Confirmed"),
}


@never_cache
@require_GET
@permits("slips.see", Fair, fair="slug")
def answers(request: FairRequest, fair: Fair) -> HttpResponse:
    """By unit. `?state=`: only companies in this state; `?in=`: the language of the messages to copy."""
    person, found = request.actor.person, slips_for(request.actor.person, fair, timezone.now())
    wanted, language = request.GET.get("state", ""), request.GET.get("in", "")
    language = language if language in LANGUAGES else current_language()
    shown = [slip for slip in found if wanted not in STATES or slip.state == wanted]
    numbers = mobiles(person, fair, [slip.participation for slip in shown])
    context = {
        "fair": fair,
        "may_organise": may(request.actor, "fair.organise", fair),
        "states": [(state, label, sum(slip.state == state for slip in found)) for state, label in STATES.items()],
        "labels": STATES,
        "wanted": wanted,
        "language": language,
        "languages": LANGUAGE_LABELS.items(),
        "refused": [(slip, item) for slip in found for item in slip.refused],
        "units": _by_unit(fair, shown, numbers, language),
        "changes": changes(fair)[:SHOWN],
        "asked": sum(bool(slip.asked) for slip in found),
    }
    return render(request, "office/changes/answers.html", context)


def _by_unit(fair: Fair, found: list[Slip], numbers: Any, language: str) -> list[dict[str, Any]]:
    """The slips of each unit with their numbers, and what to send to those that have something to confirm."""
    order = sorted(found, key=lambda slip: slip.participation.unit_id or float("inf"))
    units = []
    for unit, group in groupby(order, key=lambda slip: slip.participation.unit):
        slips = list(group)
        asked = [slip for slip in slips if slip.asked]
        with translation.override(language):
            message = reminder(fair, asked) if asked else ""
        rows = [(slip, STATES[slip.state], numbers.get(slip.participation.pk, [])) for slip in slips]
        units.append({"unit": unit, "rows": rows, "message": message})
    return units


@require_POST
@permits("slips.see", Fair, fair="slug")
def remind(request: FairRequest, fair: Fair) -> HttpResponse:
    number = remind_silent(request.actor, fair=fair, now=timezone.now())
    sentence = ngettext(
        "%(count)s company has been asked to confirm its list.",
        "%(count)s companies have been asked to confirm their lists.",
        number,
    )
    messages.success(request, sentence % {"count": number})
    return redirect("office:answers", fair=fair.slug)
