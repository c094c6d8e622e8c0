"""The first page of the office, and the form of the fair itself."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair
from fairplatform.policy import permits

from ..saved import tell_saved
from . import actions
from .checklist import checklist
from .common_hours import common_hours
from .fair_form import FairForm
from .hours_picture import LEGEND, pictures
from .states import possible


@require_GET
@permits("fair.organise", Fair, fair="slug")
def overview(request: FairRequest, fair: Fair) -> HttpResponse:
    """What the fair has, and what is missing before it can open."""
    checks = checklist(fair)
    is_ready = not any(check.is_needed and not check.is_done for check in checks)
    acts = [
        (reverse(change.route, args=[fair.slug]), change.label, is_ready and change.to == Fair.State.OPEN)
        for change in possible(fair)
    ]
    context = {"fair": fair, "checks": checks, "open": sum(not check.is_done for check in checks), "acts": acts}
    return render(request, "office/overview.html", context)


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def settings(request: FairRequest, fair: Fair) -> HttpResponse:
    """The fair's names, countries, languages and meetings."""
    if request.method == "POST":
        form = actions.save_settings(request.actor, fair=fair.pk, data=request.POST)
        if not form.errors:
            tell_saved(request, form)
            return redirect("office:overview", fair=fair.slug)
    else:
        form = FairForm(fair=fair, instance=fair)
    return render(request, "office/setup/fair.html", {"fair": fair, "form": form}, status=409 if form.errors else 200)


@require_GET
@permits("fair.organise", Fair, fair="slug")
def common(request: FairRequest, fair: Fair) -> HttpResponse:
    """For each day, when both countries are at work."""
    context = {"fair": fair, "pictures": pictures(common_hours(fair)), "legend": LEGEND}
    return render(request, "office/setup/common_hours.html", context)


@require_POST
@permits("fair.organise", Fair, fair="slug")
def usual_hours(request: FairRequest, fair: Fair) -> HttpResponse:
    actions.enter_usual_hours(request.actor, fair=fair.pk)
    return redirect("office:hours", fair=fair.slug)


@require_POST
@permits("fair.organise", Fair, fair="slug")
def no_holidays(request: FairRequest, fair: Fair) -> HttpResponse:
    actions.confirm_no_holidays(request.actor, fair=fair.pk, country=request.POST.get("country", ""))
    return redirect("office:holidays", fair=fair.slug)


@require_POST
@permits("fair.organise", Fair, fair="slug")
def move_body(request: FairRequest, fair: Fair, pk: int) -> HttpResponse:
    """The list is shown from the moved row on, where a keyboard goes on."""
    actions.move_body(request.actor, fair=fair.pk, body=pk, up=request.POST.get("to") == "up")
    return redirect(f"{reverse('office:bodies', args=[fair.slug])}#row-{pk}")
