"""The halls of a fair and the booths in them."""

from functools import partial

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from booths import filtering, hs_codes, presence, queries
from booths.forms import BoothFilter, Filter
from booths.models import Display
from fairplatform.accounts.request import FairRequest
from fairplatform.content_cache.placeholders import placeholder
from fairplatform.fairs.models import Fair, Hall
from fairplatform.policy import permits

from .list_pages import ANYBODY, Context, filter_choices, hall_choices, page_context, rendered_list


@require_GET
@permits("fair.see", Fair, fair="slug")
def halls(request: FairRequest, fair: Fair) -> HttpResponse:
    """All halls and booths; with a search or a filter, the booths of the whole fair that match it."""
    form, context = partial(_form, request, fair), partial(_halls_context, request, fair)
    rendered = rendered_list(request, fair, "booths/_halls.html", form, context)
    shown = {"rendered": presence.fill_presence(rendered, fair), "hall_choices": hall_choices(fair)}
    return render(request, "booths/halls.html", {"fair": fair, **shown})


def _halls_context(request: FairRequest, fair: Fair, form: Filter) -> Context:
    context = _booths_context(request, fair, form)
    if not form.is_used:
        context["halls"] = [(hall, placeholder(f"hall {hall.pk}")) for hall in queries.halls(fair)]
    return context


@require_GET
@permits("hall.see", Hall, fair="fair__slug", number="number")
def hall(request: FairRequest, hall: Hall) -> HttpResponse:
    """The booths of one hall that match the search and the filters."""
    fair = hall.fair
    form, context = partial(_form, request, fair, hall), partial(_hall_context, request, hall)
    rendered = rendered_list(request, fair, "booths/_hall.html", form, context, hall.pk)
    shown = presence.fill_presence(rendered, fair)
    return render(request, "booths/hall.html", {"fair": fair, "hall": hall, "rendered": shown})


def _hall_context(request: FairRequest, hall: Hall, form: Filter) -> Context:
    headings = [(code, hs_codes.title(code)) for code in hall.headings]
    return {"hall": hall, "headings": headings, **_booths_context(request, hall.fair, form, hall)}


def _form(request: FairRequest, fair: Fair, hall: Hall | None = None) -> BoothFilter:
    return BoothFilter(request.GET, **filter_choices(fair, partial(_displays, fair, hall), hall and hall.pk))


def _displays(fair: Fair, hall: Hall | None) -> "QuerySet[Display]":
    shown = queries.displays(fair, ANYBODY)
    return shown if hall is None else shown.filter(booth__hall=hall)


def _booths_context(request: FairRequest, fair: Fair, form: Filter, hall: Hall | None = None) -> Context:
    rows = filtering.narrow_booths(queries.booths(fair, ANYBODY, hall), form.values)
    page = page_context(request, form.values, rows)
    return {**page, "booths": [(booth, placeholder(f"booth {booth.pk}")) for booth in page["page"]]}
