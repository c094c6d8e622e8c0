"""How satisfied the companies were with their meetings, in figures and answer by answer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from booths.views.list_pages import page_context
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair
from fairplatform.policy import permits
from meetings.models import Satisfaction
from meetings.satisfaction.counting import answers, count_satisfaction

from .filters import SatisfactionFilter
from .queries import narrowed

SIDES = {"exhibitor": _("Exhibitors"), "buyer": _("Buyers"), "all": _("All companies")}


@require_GET
@permits("fair.organise", Fair, fair="slug")
def satisfaction(request: FairRequest, fair: Fair) -> HttpResponse:
    now, form = timezone.now(), SatisfactionFilter(request.GET, fair)
    counted = count_satisfaction(fair, now=now)
    because = dict(Satisfaction.Because.choices)
    context = {
        "fair": fair,
        "form": form,
        "sides": [(label, counted[side]) for side, label in SIDES.items()],
        "ratings": Satisfaction.Rating.choices,
        "reasons": [(because[code], number) for code, number in counted["all"].because.items() if number],
        **page_context(request, form.values, narrowed(answers(fair, now), fair, form.values)),
    }
    return render(request, "office/outcomes/satisfaction.html", context)
