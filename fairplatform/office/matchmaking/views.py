"""The pages of matching: who is to meet whom, who cannot, and who has too few."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from booths.views.list_pages import page_context
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Preference
from fairplatform.i18n.text import isolated
from fairplatform.policy import permits
from meetings.matching.basis import changed_since
from meetings.matching.nobody import why_nobody
from meetings.matching.words import why_left_out
from meetings.models import Run
from meetings.running import OF_MATCHING, start_run, stop_run

from ..runs import run_context
from . import actions, queries
from .filters import ORIGINS, PairFilter

SAID = {
    Preference.Wish.MUST: gettext_lazy("%(company)s must meet %(other)s."),
    Preference.Wish.WOULD: gettext_lazy("%(company)s would like to meet %(other)s."),
    Preference.Wish.NO: gettext_lazy("%(company)s and %(other)s will not meet."),
}


class TwoForm(forms.Form):
    """Two companies of the fair, by their keys."""

    exhibitor = forms.IntegerField()
    buyer = forms.IntegerField()


class WishForm(forms.Form):
    company = forms.IntegerField()
    wanted = forms.IntegerField()
    wish = forms.CharField(required=False, max_length=5)


@require_GET
@permits("fair.organise", Fair, fair="slug")
def matching(request: FairRequest, fair: Fair) -> HttpResponse:
    """The pairs of the last matching."""
    context = _context(fair, "matched")
    if match := context.get("match"):
        form = PairFilter(request.GET, fair)
        rows = queries.narrow(queries.with_companies(queries.matched(match)), fair, form.values)
        rows = rows.order_by(*queries.SORTS[form.values.get("sort", "")])
        context |= {"form": form, **page_context(request, form.values, rows)}
        context["rows"] = queries.shown(fair, context["page"])
        context["origins"] = {str(origin): label for origin, label in ORIGINS.items()}
        context["why_nobody"] = why_nobody(match, timezone.now())
    return render(request, "office/matchmaking/pairs.html", context)


@require_GET
@permits("fair.organise", Fair, fair="slug")
def left_out(request: FairRequest, fair: Fair) -> HttpResponse:
    """The organisers' pairs and the musts that cannot be, each with its cause."""
    context = _context(fair, "left_out")
    if match := context.get("match"):
        context |= page_context(request, {}, queries.with_companies(queries.left_out(match)))
        context["rows"] = [(one, why_left_out(one.row)) for one in queries.shown(fair, context["page"])]
    return render(request, "office/matchmaking/left_out.html", context)


@require_GET
@permits("fair.organise", Fair, fair="slug")
def below(request: FairRequest, fair: Fair) -> HttpResponse:
    """The companies with fewer meetings than they should have, each with the cause and what would help."""
    context = _context(fair, "below")
    if match := context.get("match"):
        context |= page_context(request, {}, queries.below_floor(match))
        context["rows"] = queries.below(context["page"])
    return render(request, "office/matchmaking/below.html", context)


@require_POST
@permits("fair.organise", Fair, fair="slug")
def run(request: FairRequest, fair: Fair) -> HttpResponse:
    """Starts the run that matches."""
    try:
        start_run(request.actor, fair=fair.pk, kind=Run.Kind.MATCH, now=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("office:matching", fair=fair.slug)


@require_POST
@permits("fair.organise", Fair, fair="slug")
def stop(request: FairRequest, fair: Fair) -> HttpResponse:
    """Ends the matching, or the preparation of a round, before it has made anything."""
    stopped = stop_run(request.actor, fair=fair.pk, kinds=OF_MATCHING)
    is_of_round = stopped is not None and stopped.kind == Run.Kind.ROUND
    return redirect("office:rounds" if is_of_round else "office:matching", fair=fair.slug)


@require_POST
@permits("fair.organise", Fair, fair="slug")
def pin(request: FairRequest, fair: Fair) -> HttpResponse:
    form = TwoForm(request.POST)
    if not form.is_valid():
        raise Refused("not_found")
    try:
        pair = actions.pin(request.actor, fair=fair.pk, **form.cleaned_data)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        names = {"one": isolated(pair.exhibitor.company.name), "other": isolated(pair.buyer.company.name)}
        messages.success(request, _("%(one)s and %(other)s are a pair now.") % names)
    return redirect(_back(request, fair))


@require_POST
@permits("fair.organise", Fair, fair="slug")
def wish(request: FairRequest, fair: Fair) -> HttpResponse:
    form = WishForm(request.POST)
    if not form.is_valid():
        raise Refused("not_found")
    try:
        row = actions.say_wish(request.actor, fair=fair.pk, **form.cleaned_data)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _said(row))
    return redirect(_back(request, fair))


def _said(row: Preference | None) -> str:
    if row is None:
        return _("The wish has been removed.")
    names = {"company": isolated(row.participation.company.name), "other": isolated(row.wanted.company.name)}
    return str(SAID[Preference.Wish(row.wish)]) % names


def _context(fair: Fair, current: str) -> dict[str, Any]:
    """What all pages of matching show at the top; `current`: of the tabs. While a run is at work, it alone is read."""
    context = {"fair": fair, "current": current, **run_context(fair, {Run.Kind.MATCH}, timezone.now())}
    if context["is_running"]:
        return context
    match = queries.last_match(fair)
    return {
        **context,
        "match": match,
        "changed": changed_since(match) if match else [],
        "figures": queries.figures(match) if match else {},
        "is_ready": queries.is_ready(fair),
    }


def _back(request: FairRequest, fair: Fair) -> str:
    """The page of matching that the form was on, with its filters; and no other."""
    own = reverse("office:matching", args=[fair.slug])
    wanted = request.POST.get("next", "")
    return wanted if wanted.startswith(own) else own
