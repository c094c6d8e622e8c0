"""The buyers of a fair, for the people of its exhibitors: who they are and what they look for."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from booths import hs_codes, queries
from booths.forms import BuyerFilter
from booths.views.list_pages import page_context
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair, Participation
from fairplatform.i18n.text import Translated
from fairplatform.policy import may, permits

HEADINGS_SHOWN = 4
Heading = tuple[str, Translated]
"""A four-digit HS code and its title."""


@require_GET
@permits("buyers.see", Fair, fair="slug")
def buyers(request: FairRequest, fair: Fair) -> HttpResponse:
    """Nothing by which a buyer could be reached outside the fair: no person, no address, no number."""
    actor = request.actor
    form = BuyerFilter(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    page = page_context(request, {"q": words} if words else {}, queries.buyers(fair, actor.person, words))
    own = queries.own_headings(fair, actor.person)
    rows = [(buyer, *wanted_headings(buyer, own), may(actor, "request.make", buyer)) for buyer in page["page"]]
    context = {"fair": fair, "form": form, "words": words, "rows": rows, **page}
    return render(request, "booths/buyers.html", context)


def wanted_headings(buyer: Participation, own: set[str]) -> tuple[list[Heading], list[Heading]]:
    """The headings a buyer looks for, those of the reader's own booth first: the ones to show, and the folded rest."""
    codes = dict.fromkeys(str(code).replace(".", "")[:4] for code in buyer.wants)
    titled = [(code, hs_codes.short_title(code)) for code in sorted(codes, key=lambda code: code not in own)]
    return titled[:HEADINGS_SHOWN], titled[HEADINGS_SHOWN:]
