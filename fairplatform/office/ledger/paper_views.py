"""The pages that enter a paper into the ledger, correct an entry and withdraw one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair
from fairplatform.ledger.models import Entry
from fairplatform.policy import permits

from ..saved import tell_saved
from . import actions
from .later_form import WithdrawalForm
from .paper_form import PaperForm
from .queries import newest_of


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def enter(request: FairRequest, fair: Fair) -> HttpResponse:
    now = timezone.now()
    if request.method == "POST":
        form = actions.enter(request.actor, fair=fair.pk, data=request.POST, now=now)
        if form.entry:
            return _done(request, form.entry, is_new=form.entry.entered_at == now)
    else:
        form = PaperForm(fair=fair, today=fair.places[0].date(now))
    context = {"fair": fair, "form": form}
    return render(request, "office/ledger/paper.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Entry, fair="fair__slug", number="number")
def correct(request: FairRequest, entry: Entry) -> HttpResponse:
    now = timezone.now()
    if request.method == "POST":
        form = actions.correct(request.actor, entry=entry.pk, data=request.POST, now=now)
        if form.entry:
            return _done(request, form.entry, is_new=form.entry.entered_at == now)
    else:
        form = actions.correction_form(entry, now)
    context = {"fair": entry.fair, "entry": entry, "newest": newest_of(entry), "form": form}
    return render(request, "office/ledger/paper.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Entry, fair="fair__slug", number="number")
def withdraw(request: FairRequest, entry: Entry) -> HttpResponse:
    form = WithdrawalForm()
    if request.method == "POST":
        form = actions.withdraw(request.actor, entry=entry.pk, data=request.POST, now=timezone.now())
        if form.entry:
            messages.success(request, _("Withdrawn."))
            return redirect("office:ledger_entry", entry.fair.slug, form.entry.number)
    context = {"fair": entry.fair, "entry": entry, "newest": newest_of(entry), "form": form}
    return render(request, "office/ledger/withdraw.html", context, status=409 if form.errors else 200)


def _done(request: FairRequest, entry: Entry, *, is_new: bool) -> HttpResponse:
    """To the page of the entry, which says so where nothing was added."""
    tell_saved(request, sentence="" if is_new else _("The ledger has this entry already. Nothing was added."))
    return redirect("office:ledger_entry", entry.fair.slug, entry.number)
