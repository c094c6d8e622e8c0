"""Demands that the chamber takes down for members, and the page on which the member answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from booths import showing
from booths.models import Demand
from booths.views.list_pages import page_context
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair
from fairplatform.office.saved import tell_saved
from fairplatform.policy import may, permits

from .. import actions, queries, taking


@require_GET
@permits("demands.take", Fair, fair="slug")
def taken(request: FairRequest, fair: Fair) -> HttpResponse:
    """The demands of the fair, or of a delegate's unit, with their status; how many quotes, never their prices."""
    person = request.actor.person
    rows = taking.taken(person, fair, timezone.now())
    context = {
        "fair": fair,
        "may_organise": may(request.actor, "fair.organise", fair),
        "has_members": taking.members(person, fair).exists(),
        **page_context(request, {}, rows),
    }
    return render(request, "demands/taken.html", context)


@require_http_methods(["GET", "POST"])
@permits("demands.take", Fair, fair="slug")
def take(request: FairRequest, fair: Fair) -> HttpResponse:
    """It goes on to the pictures: what lies on the table is photographed now, before the company has confirmed."""
    now, companies = timezone.now(), list(taking.members(request.actor.person, fair))
    if not companies:
        messages.error(request, _("No company that buys has been approved yet."))
        return redirect("demands:taken", fair=fair.slug)
    if request.method == "POST":
        form = taking.take_demand(request.actor, fair=fair, data=request.POST, now=now)
        if not form.errors:
            tell_saved(request, form, sentence=_("Entered. Exhibitors will see it once the company has confirmed it."))
            return redirect("demands:pictures", fair=fair.slug, pk=form.instance.pk)
    else:
        form = actions.new_form(fair, companies, now)
    return render(request, "demands/take.html", {"fair": fair, "form": form}, status=409 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permits("demand.confirm", Demand, fair="fair__slug", pk="pk")
def confirm(request: FairRequest, demand: Demand) -> HttpResponse:
    """What was taken down for the company: it confirms it as it is or corrected, or rejects it."""
    now = timezone.now()
    if demand.state != Demand.State.WAITING:
        return redirect("demands:demand", fair=demand.fair.slug, pk=demand.pk)
    if request.method == "POST" and request.POST.get("answer") == "reject":
        taking.reject_demand(request.actor, demand=demand.pk, reason=request.POST.get("reason", ""), now=now)
        messages.success(request, _("Rejected. The person who entered it has been notified."))
        return redirect("demands:own", fair=demand.fair.slug)
    if request.method == "POST":
        form = taking.confirm_demand(request.actor, demand=demand.pk, data=request.POST, now=now)
        if not form.errors:
            sentence = _("Confirmed. Exhibitors can see the demand now.")
            if demand.fair.state == Fair.State.DRAFT:
                sentence = _("Confirmed. Exhibitors will see the demand once the fair is open.")
            tell_saved(request, form, sentence=sentence)
            return redirect("demands:demand", fair=demand.fair.slug, pk=demand.pk)
    else:
        form = actions.change_form(demand, now)
    context = {
        "fair": demand.fair,
        "demand": queries.with_status(demand, now),
        "form": form,
        "pictures": showing.sample(demand),
        "reason_length": actions.REASON_LENGTH,
    }
    return render(request, "demands/confirm.html", context, status=409 if form.errors else 200)


@require_POST
@permits("demand.discard", Demand, fair="fair__slug", pk="pk")
def discard(request: FairRequest, demand: Demand) -> HttpResponse:
    words = taking.discard_demand(request.actor, demand=demand.pk)
    messages.success(request, _("Removed: %(demand)s") % {"demand": words})
    return redirect("demands:taken", fair=demand.fair.slug)
