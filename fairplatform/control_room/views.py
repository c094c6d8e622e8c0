"""The control room: on an organiser's desk, and as figures alone on the wall."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair
from fairplatform.policy import permits
from meetings.figures.figures import figures as count

from . import board


@require_GET
@permits("control.see", Fair, fair="slug")
def control(request: FairRequest, fair: Fair) -> HttpResponse:
    """The whole page. `?wall=1`: no acts and no names, for everybody who passes by."""
    meetings = reverse("meetings:meeting", args=[fair.slug, 0]).removesuffix("0/")
    return render(request, "control_room/control.html", {**_figures(request, fair), "meetings": meetings})


@require_GET
@permits("control.see", Fair, fair="slug")
def figures(request: FairRequest, fair: Fair) -> HttpResponse:
    """The head alone, asked for whenever a figure has changed: numbers and money in the reader's own units."""
    return render(request, "control_room/_figures.html", _figures(request, fair))


def _figures(request: FairRequest, fair: Fair) -> dict[str, Any]:
    counted = count(fair, now=timezone.now())
    return {
        "fair": fair,
        "figures": counted,
        "kinds": board.kinds(counted),
        "others": board.kinds_without_money(counted),
        "latest": board.latest(fair),
        "wall": "wall" in request.GET,
    }
