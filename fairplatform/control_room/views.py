"""The control room: the page of an organiser, and the same for a screen on the wall."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair
from fairplatform.policy import permits
from meetings.figures.counting import count_figures

from . import queries


@require_GET
@permits("control.see", Fair, fair="slug")
def control(request: FairRequest, fair: Fair) -> HttpResponse:
    """The whole page. `?wall=1`: without links and names, for a screen that everybody sees."""
    return render(request, "control_room/control.html", _context(request, fair))


@require_GET
@permits("control.see", Fair, fair="slug")
def figures(request: FairRequest, fair: Fair) -> HttpResponse:
    """The head alone, fetched again whenever a figure has changed: numbers and money in the reader's language."""
    return render(request, "control_room/_figures.html", _context(request, fair))


def _context(request: FairRequest, fair: Fair) -> dict[str, Any]:
    counted = count_figures(fair, now=timezone.now())
    return {
        "fair": fair,
        "figures": counted,
        "kinds": queries.kinds_with_amount(counted),
        "others": queries.kinds_without_amount(counted),
        "latest": queries.latest_agreed(fair),
        "wall": "wall" in request.GET,
    }
