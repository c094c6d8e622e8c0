"""The halls of a fair and the booths in them."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from booths import hs, presence, queries
from booths.forms import BoothFilter
from fairplatform.fairs.models import Fair, Hall
from fairplatform.language.holes import hole
from fairplatform.policy import permits

from . import lists


@require_GET
@permits("fair.see", Fair, fair="slug")
def halls(request: HttpRequest, fair: Fair) -> HttpResponse:
    """All halls; with a search or a filter, the booths of the whole fair that fit it."""
    found = lists.rendered(request, fair, "booths/_halls.html", partial(_halls, request, fair))
    return render(request, "booths/halls.html", {"fair": fair, "found": presence.fill_in(found, fair)})


def _halls(request: HttpRequest, fair: Fair) -> dict[str, Any]:
    found = _booths(request, fair)
    if not found["form"].is_used:
        found["halls"] = [(hall, hole(f"hall {hall.pk}")) for hall in queries.halls(fair)]
    return found


@require_GET
@permits("hall.see", Hall, fair="fair__slug", number="number")
def hall(request: HttpRequest, hall: Hall) -> HttpResponse:
    fair = hall.fair
    found = lists.rendered(request, fair, "booths/_hall.html", partial(_hall, request, hall), hall.pk)
    return render(request, "booths/hall.html", {"fair": fair, "hall": hall, "found": presence.fill_in(found, fair)})


def _hall(request: HttpRequest, hall: Hall) -> dict[str, Any]:
    headings = [(code, hs.title(code)) for code in hall.headings]
    return {"hall": hall, "headings": headings, **_booths(request, hall.fair, hall)}


def _booths(request: HttpRequest, fair: Fair, hall: Hall | None = None) -> dict[str, Any]:
    shown = queries.displays(fair, lists.ANYBODY)
    if hall is not None:
        shown = shown.filter(booth__hall=hall)
    form = BoothFilter(request.GET, **lists.choices(fair, shown, hall and hall.pk))
    rows = queries.narrow_booths(queries.booths(fair, lists.ANYBODY, hall), form.values)
    listed = lists.page_of(request, rows)
    return {"form": form, **listed, "booths": [(booth, hole(f"booth {booth.pk}")) for booth in listed["page"]]}
