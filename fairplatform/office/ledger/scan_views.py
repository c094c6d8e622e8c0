"""Scans of an agreement's signed pages, and letting everybody read it: what the page of its entry sends."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.ledger import releasing, scanning
from fairplatform.ledger.models import Entry
from fairplatform.ledger.views import ReleaseForm, give, take_back
from fairplatform.policy import permits

from .similar import similar_to_parties


@require_POST
@permits("fair.organise", Entry, fair="fair__slug", number="number")
def add_scan(request: FairRequest, entry: Entry) -> HttpResponse:
    """A file with signed pages, which the parties see too."""
    sent = request.FILES.get("file")
    if sent is None:
        messages.error(request, _("Choose a file."))
        return redirect("office:ledger_entry", entry.fair.slug, entry.number)
    name, content = sent.name or "", sent.read()
    return _scanned(
        request, entry, lambda: scanning.add_scan(
            request.actor, entry=entry.pk, name=name, content=content, now=timezone.now()
        )
    )  # fmt: skip


@require_POST
@permits("fair.organise", Entry, fair="fair__slug", number="number")
def remove_scan(request: FairRequest, entry: Entry, scan: int) -> HttpResponse:
    return _scanned(
        request, entry, lambda: scanning.remove_scan(request.actor, entry=entry.pk, scan=scan, now=timezone.now())
    )  # fmt: skip


def _scanned(request: FairRequest, entry: Entry, act: Callable[[], Entry]) -> HttpResponse:
    """To the newest page of the agreement, which says what was stored, or why not."""
    try:
        entry = act()
    except Refused as refused:
        if refused.code == "not_found":
            raise
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Saved."))
    return redirect("office:ledger_entry", entry.fair.slug, entry.number)


@require_POST
@permits("fair.organise", Entry, fair="fair__slug", number="number")
def release(request: FairRequest, entry: Entry) -> HttpResponse:
    """Lets everybody read it, for those who have no company here; `back` ends that, or the release of a company."""
    form = ReleaseForm(request.POST)
    if form.is_valid() and "back" in form.data:
        company, now = form.cleaned_data["company"], timezone.now()
        take_back(request, lambda: releasing.end(request.actor, entry=entry.pk, company=company, now=now))
    elif form.is_valid() and similar_to_parties(entry) and "no_company" not in request.POST:
        messages.error(request, _("A party may be a company of this fair. Choose it, or say that none of them is."))
    elif form.is_valid():
        give(request, entry, None, form)
    return redirect("office:ledger_entry", entry.fair.slug, entry.number)
