"""The list of the ledger's entries under their totals, and the page of an entry."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from booths.views.list_pages import page_context
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair
from fairplatform.files.kinds import SCANS
from fairplatform.i18n.text import joined
from fairplatform.ledger.chain import Verification, verify
from fairplatform.ledger.models import Entry, Ledger
from fairplatform.ledger.scanning import scans_of
from fairplatform.ledger.showing import parts, terms
from fairplatform.ledger.totals import reported
from fairplatform.ledger.views import releasing_of
from fairplatform.policy import permits

from . import queries
from .filters import LedgerFilter
from .similar import similar_to_parties

CHECKED_AT_ONCE = 1000
"""Entries up to which every look at the ledger checks its chain; a longer one is checked when somebody asks."""


@require_GET
@permits("fair.organise", Fair, fair="slug")
def ledger(request: FairRequest, fair: Fair) -> HttpResponse:
    form = LedgerFilter(request.GET, fair)
    context = {
        "fair": fair,
        "form": form,
        "totals": queries.shown_totals(fair, today(fair)),
        "figures": reported(fair),
        "chain": Ledger.objects.filter(fair=fair).first(),
        "check": _check(request, fair),
        **page_context(request, form.values, queries.narrow(fair, form.values)),
    }
    return render(request, "office/ledger/ledger.html", context)


@require_GET
@permits("fair.organise", Entry, fair="fair__slug", number="number")
def entry(request: FairRequest, entry: Entry) -> HttpResponse:
    history = queries.history(entry)
    context = {
        "fair": entry.fair,
        "entry": entry,
        "parts": parts(entry),
        "terms": terms(entry),
        "history": history,
        "newest": history[0].entry,
        "conversion": queries.conversion_of(entry, today(entry.fair)),
        "check": _check(request, entry.fair),
        "scans": scans_of(entry),
        "accepted": SCANS,
        "releasing": releasing_of(request, entry),
        "similar": joined(similar_to_parties(entry)),
    }
    return render(request, "office/ledger/entry.html", context)


def today(fair: Fair) -> date:
    """The date in the host country, whose organisers keep the ledger."""
    return fair.places[0].date(timezone.now())


def _check(request: FairRequest, fair: Fair) -> Verification | None:
    """What a check of the chain found; None where it takes long and nobody has asked."""
    end = Ledger.objects.filter(fair=fair).first()
    if "check" in request.GET or end is None or end.entries <= CHECKED_AT_ONCE:
        return verify(fair)
    return None
