"""The pages that ask before a fair is opened, closed or taken back, and the one that makes the next fair."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.policy import permits

from ..saved import tell_saved
from .next_fair import NextFairForm, make_next_fair, taken_over
from .states import CHANGES, StateChange, change_state


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def change(request: FairRequest, fair: Fair, change: StateChange) -> HttpResponse:
    """Says what becomes of the fair and what it lacks; then changes its state."""
    refusal = ""
    if request.method == "POST":
        try:
            changed = change_state(request.actor, fair=fair.pk, change=change, now=timezone.now())
        except Refused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, _("The fair is now: %(state)s.") % {"state": changed.get_state_display()})
            return redirect("office:overview", fair=fair.slug)
    elif fair.state != change.of:
        refusal = Refused("not_now").sentence
    elif code := change.hindrance(fair):
        refusal = Refused(code).sentence
    context: dict[str, Any] = {"fair": fair, "change": change, "refusal": refusal, "lacks": change.lacks(fair)}
    return render(request, "office/setup/state.html", context, status=409 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def next_fair(request: FairRequest, fair: Fair) -> HttpResponse:
    """Asks for the next fair's name and address, then makes it."""
    initial = {"name": fair.name, "series": fair.series or str(fair.name), "companies": True, "people": True}
    form = NextFairForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made, counts = make_next_fair(request.actor, fair=fair.pk, now=timezone.now(), **form.cleaned_data)
        tell_saved(request, sentence=_("The next fair is ready as a draft. Add its days first."))
        for sentence in taken_over(counts):
            messages.success(request, sentence)
        return redirect("office:overview", fair=made.slug)
    return render(request, "office/setup/next.html", {"fair": fair, "form": form}, status=409 if form.errors else 200)


routes: list[URLPattern] = [
    *[path(f"{one.name}/", change, {"change": one}, name=one.name) for one in CHANGES],
    path("next/", next_fair, name="next"),
]
