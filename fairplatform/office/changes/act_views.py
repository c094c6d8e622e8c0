"""The acts on a published schedule: each is looked at first, then done as a whole."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.i18n.languages import language_name
from fairplatform.i18n.text import isolated
from fairplatform.policy import permits
from meetings.changes.acting import Span
from meetings.changes.covering import cover, covered
from meetings.changes.leaving import left_alone
from meetings.changes.message import told
from meetings.changes.offers import Offers
from meetings.changes.outage import Place
from meetings.changes.queries import changed, companies_with_meetings, done_by, interpreters
from meetings.contacts import mobiles
from meetings.models import Change

from . import actions
from .forms import SpanForm, chosen, numbers
from .outage_views import named


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def company(request: FairRequest, fair: Fair) -> HttpResponse:
    """A company leaves. With GET and all of the form, the meetings and who could be met instead; POST does it."""
    if done := done_by(fair, request.POST.get("key", "")):
        return redirect("office:change", fair=fair.slug, pk=done.pk)
    now, sent = timezone.now(), request.POST if request.method == "POST" else request.GET
    rows = companies_with_meetings(fair, now)
    whose = [(row.pk, isolated(row.company.name)) for row in rows]
    form = SpanForm(sent or None, label=_("Company"), whose=whose, fair=fair, reader=request.actor.person, now=now)
    context: dict[str, Any] = {"fair": fair, "form": form, "withdraws": "withdraws" in sent}
    if form.is_valid():
        if request.method == "POST" and (change := _left(request, fair, form, now)):
            return redirect("office:change", fair=fair.slug, pk=change.pk)
        leaving = next(row for row in rows if row.pk == form.whose_key)
        span = Span.of(fair, form.begins, form.ends)
        context |= {"left": left_alone(fair, leaving, span, now), "company": leaving, "key": form.key_of_press}
    return render(request, "office/changes/company.html", context, status=409 if form.errors and sent else 200)


def _left(request: FairRequest, fair: Fair, form: SpanForm, now: datetime) -> Change | None:
    given = form.cleaned_data
    try:
        return actions.company_leaves(
            request.actor,
            fair=fair,
            participation=form.whose_key,
            first=given["first"],
            last=given["last"],
            chosen=chosen(request.POST, numbers(request.POST, "meeting")),
            withdraws="withdraws" in request.POST,
            key=form.key_of_press,
            now=now,
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return None


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def interpreter(request: FairRequest, fair: Fair) -> HttpResponse:
    """An interpreter is unavailable. With GET and all of the form, who takes their meetings over; POST does it."""
    if done := done_by(fair, request.POST.get("key", "")):
        return redirect("office:change", fair=fair.slug, pk=done.pk)
    now, sent = timezone.now(), request.POST if request.method == "POST" else request.GET
    people = interpreters(fair)
    whose = [(user.pk, isolated(user.public_name)) for user in people]
    form = SpanForm(sent or None, label=_("Interpreter"), whose=whose, fair=fair, reader=request.actor.person, now=now)
    context: dict[str, Any] = {"fair": fair, "form": form}
    if form.is_valid():
        if request.method == "POST" and (change := _covered(request, fair, form, now)):
            return redirect("office:change", fair=fair.slug, pk=change.pk)
        ill = next(user for user in people if user.pk == form.whose_key)
        found = covered(fair, ill, Span.of(fair, form.begins, form.ends), now)
        rows = [(one, _named(one.shared)) for one in found]
        context |= {"rows": rows, "ill": ill, "key": form.key_of_press}
    return render(request, "office/changes/interpreter.html", context, status=409 if form.errors and sent else 200)


def _named(codes: Iterable[str]) -> str:
    return ", ".join(language_name(code) for code in codes)


def _covered(request: FairRequest, fair: Fair, form: SpanForm, now: datetime) -> Change | None:
    given = form.cleaned_data
    try:
        return cover(
            request.actor,
            fair=fair.pk,
            interpreter=form.whose_key,
            first=given["first"],
            last=given["last"],
            shown=chosen(request.POST, numbers(request.POST, "meeting")),
            enough=numbers(request.POST, "enough"),
            key=form.key_of_press,
            now=now,
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return None


@never_cache
@require_GET
@permits("fair.organise", Fair, fair="slug")
def change(request: FairRequest, fair: Fair, pk: int) -> HttpResponse:
    """What was done, and what to send to each company."""
    found = get_object_or_404(Change.objects.select_related("participation__company", "user"), fair=fair, pk=pk)
    offers = Offers(fair, timezone.now())
    offered = [(row, offers.of(row)) for row in changed(found)]
    rows = [(row, told(row, offer), offer) for row, offer in offered]
    companies = {one.participation.pk: one.participation for _row, every, _offer in rows for one in every}
    context = {
        "fair": fair,
        "change": found,
        "name": found.user.name if found.user else found.participation and found.participation.company.name,
        "place": named(fair, Place.read(found.place)) if found.place else "",
        "rows": rows,
        "numbers": mobiles(request.actor.person, fair, list(companies.values())),
    }
    return render(request, "office/changes/change.html", context)
