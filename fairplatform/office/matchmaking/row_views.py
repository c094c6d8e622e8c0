"""The lists of the organisers' pairs and of all companies' wishes."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from booths.views.list_pages import page_context
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair, Preference
from fairplatform.policy import permits
from meetings.models import Pair

from . import queries
from .filters import CompaniesFilter, WishFilter
from .kinds import Pairs, Wishes

PAIRS, WISHES = Pairs(), Wishes()


@require_GET
@permits("fair.organise", Fair, fair="slug")
def pairs(request: FairRequest, fair: Fair) -> HttpResponse:
    form = CompaniesFilter(request.GET, fair)
    rows = queries.with_companies(Pair.objects.filter(fair=fair)).select_related("interpreter")
    rows = queries.narrow(rows, fair, form.values).order_by("number", *queries.SORTS[""])
    context = {"fair": fair, "kind": PAIRS, "form": form, **page_context(request, form.values, rows)}
    return render(request, "office/matchmaking/set_pairs.html", context)


@require_GET
@permits("fair.organise", Fair, fair="slug")
def wishes(request: FairRequest, fair: Fair) -> HttpResponse:
    """Also those that are told to nobody else: a company's "no"."""
    form = WishFilter(request.GET, fair)
    rows = queries.with_companies(Preference.objects.filter(fair=fair), queries.WISH_ENDS)
    rows = queries.narrow(rows.select_related("said_by"), fair, form.values, queries.WISH_ENDS)
    rows = rows.order_by("participation__company__slug", "wanted__company__slug")
    context = {"fair": fair, "kind": WISHES, "form": form, **page_context(request, form.values, rows)}
    return render(request, "office/matchmaking/wishes.html", context)
