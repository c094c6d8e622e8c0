"""The first page of the office."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair
from fairplatform.policy import permits


@require_GET
@permits("fair.organise", Fair, fair="slug")
def overview(request: FairRequest, fair: Fair) -> HttpResponse:
    """What the fair has, and what is missing before it can open."""
    return render(request, "office/overview.html", {"fair": fair})
