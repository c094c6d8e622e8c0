"""The schedule of a day on paper, by hall or city and hour, with the mobile numbers of both companies."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair
from fairplatform.i18n.forms import LANGUAGE_LABELS
from fairplatform.i18n.text import LANGUAGES, current_language, direction
from fairplatform.policy import permits
from meetings.changes.papers import BY, sheets
from meetings.day.queries import day_at, slots_by_day

LABELS = {
    "hall": _("By hall"),
    "room": _("By room"),
    "exhibitor": _("By city of the exhibitors"),
    "buyer": _("By city of the buyers"),
}


@never_cache
@require_GET
@permits("slips.see", Fair, fair="slug")
def papers(request: FairRequest, fair: Fair) -> HttpResponse:
    """`?day=`: its number; `?by=`: one of BY, by room where the fair has any; `?in=`: the language of the paper."""
    days, wanted = slots_by_day(fair), request.GET.get("day", "")
    chosen = next((day for day in days if str(day.number) == wanted), None) or day_at(days, timezone.now())
    ways = [one for one in BY if one != "room" or fair.rooms]
    by = next((one for one in ways if one == request.GET.get("by")), ways[0])
    language = request.GET.get("in", "")
    language = language if language in LANGUAGES else current_language()
    context = {
        "fair": fair,
        "days": list(days),
        "chosen": chosen,
        "by": by,
        "ways": [(one, LABELS[one]) for one in ways],
        "languages": LANGUAGE_LABELS.items(),
        "language": language,
        "direction": direction(language),
        "sheets": sheets(request.actor.person, chosen, by) if chosen else [],
    }
    return render(request, "office/changes/papers.html", context)
