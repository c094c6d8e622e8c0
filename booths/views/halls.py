"""The halls of a fair and the booths in them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from booths import hs, queries
from booths.forms import BoothFilter
from booths.models import Booth
from booths.presence import present, present_in_halls
from fairplatform.accounts.places import place_name
from fairplatform.fairs.models import Fair, Hall
from fairplatform.policy import permits

from .lists import page_of


@require_GET
@permits("fair.see", Fair, fair="slug")
def halls(request: HttpRequest, fair: Fair) -> HttpResponse:
    """All halls; with a search or a filter, the booths of the whole fair that fit it."""
    found = _booths(request, fair)
    if not found["form"].is_used:
        here = present_in_halls(Booth.objects.filter(fair=fair).only("pk", "hall_id"))
        found["halls"] = [(hall, here.get(hall.pk, 0)) for hall in queries.halls(fair)]
    return render(request, "booths/halls.html", {"fair": fair, **found})


@require_GET
@permits("hall.see", Hall, fair="fair__slug", number="number")
def hall(request: HttpRequest, hall: Hall) -> HttpResponse:
    headings = [(code, hs.title(code)) for code in hall.headings]
    context = {"fair": hall.fair, "hall": hall, "headings": headings, **_booths(request, hall.fair, hall)}
    return render(request, "booths/hall.html", context)


def _booths(request: HttpRequest, fair: Fair, hall: Hall | None = None) -> dict[str, Any]:
    person = request.actor.person  # type: ignore[attr-defined]
    shown = queries.displays(fair, person)
    if hall is not None:
        shown = shown.filter(booth__hall=hall)
    form = BoothFilter(
        request.GET,
        city=[(city, place_name(city)) for city in queries.cities(shown)],
        heading=queries.headings(shown),
        certificate=queries.certificates(shown),
    )
    rows = queries.narrow_booths(queries.booths(fair, person, hall), form.values)
    listed = page_of(request, rows)
    here = present(listed["page"])
    return {"form": form, **listed, "booths": [(booth, here.get(booth.pk, 0)) for booth in listed["page"]]}
