"""The halls of a fair and the booths in them."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from booths import hs_codes, presence, queries
from booths.forms import BoothFilter, Filter
from booths.models import Display
from fairplatform.accounts.request import FairRequest
from fairplatform.content_cache.placeholders import placeholder
from fairplatform.fairs.models import Fair, Hall
from fairplatform.policy import permits

from . import lists


@require_GET
@permits("fair.see", Fair, fair="slug")
def halls(request: FairRequest, fair: Fair) -> HttpResponse:
    """All halls; with a search or a filter, the booths of the whole fair that fit it."""
    form, context = partial(_form, request, fair), partial(_halls, request, fair)
    found = lists.rendered(request, fair, "booths/_halls.html", form, context)
    return render(request, "booths/halls.html", {"fair": fair, "found": presence.fill_in(found, fair)})


def _halls(request: FairRequest, fair: Fair, form: Filter) -> dict[str, Any]:
    found = _booths(request, fair, form)
    if not form.is_used:
        found["halls"] = [(hall, placeholder(f"hall {hall.pk}")) for hall in queries.halls(fair)]
    return found


@require_GET
@permits("hall.see", Hall, fair="fair__slug", number="number")
def hall(request: FairRequest, hall: Hall) -> HttpResponse:
    fair = hall.fair
    form, context = partial(_form, request, fair, hall), partial(_hall, request, hall)
    found = lists.rendered(request, fair, "booths/_hall.html", form, context, hall.pk)
    return render(request, "booths/hall.html", {"fair": fair, "hall": hall, "found": presence.fill_in(found, fair)})


def _hall(request: FairRequest, hall: Hall, form: Filter) -> dict[str, Any]:
    headings = [(code, hs_codes.title(code)) for code in hall.headings]
    return {"hall": hall, "headings": headings, **_booths(request, hall.fair, form, hall)}


def _form(request: FairRequest, fair: Fair, hall: Hall | None = None) -> BoothFilter:
    return BoothFilter(request.GET, **lists.choices(fair, partial(_goods, fair, hall), hall and hall.pk))


def _goods(fair: Fair, hall: Hall | None) -> "QuerySet[Display]":
    shown = queries.displays(fair, lists.ANYBODY)
    return shown if hall is None else shown.filter(booth__hall=hall)


def _booths(request: FairRequest, fair: Fair, form: Filter, hall: Hall | None = None) -> dict[str, Any]:
    rows = queries.narrow_booths(queries.booths(fair, lists.ANYBODY, hall), form.values)
    listed = lists.page_of(request, form, rows)
    return {**listed, "booths": [(booth, placeholder(f"booth {booth.pk}")) for booth in listed["page"]]}
