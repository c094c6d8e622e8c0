"""The buyers of a fair, for the people of its exhibitors: who they are and what they look for."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from booths import hs_codes, queries
from booths.forms import BuyerFilter
from booths.views.lists import page_of
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair, Participation
from fairplatform.policy import may, permits

AT_ONCE = 4
Wanted = tuple[str, str]


@require_GET
@permits("buyers.see", Fair, fair="slug")
def buyers(request: FairRequest, fair: Fair) -> HttpResponse:
    """Nothing of a buyer that leads around the fair: no person, no address, no number."""
    actor: Any = request.actor
    form = BuyerFilter(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = page_of(request, form, queries.buyers(fair, actor.person, words))
    shown = queries.own_headings(fair, actor.person)
    rows = [(place, *wanted(place, shown), may(actor, "request.make", place)) for place in found["page"].object_list]
    context = {"fair": fair, "form": form, "words": words, "rows": rows, **found}
    return render(request, "booths/buyers.html", context)


def wanted(place: Participation, shown: set[str]) -> tuple[list[Wanted], list[Wanted]]:
    """The headings a buyer looks for, what the reader's own booth shows first: some at once, and the others."""
    codes = dict.fromkeys(str(code).replace(".", "")[:4] for code in place.wants)
    titled = [(code, hs_codes.short_title(code)) for code in sorted(codes, key=lambda code: code not in shown)]
    return titled[:AT_ONCE], titled[AT_ONCE:]
