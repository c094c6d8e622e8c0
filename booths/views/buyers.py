"""The buyers of a fair, for the people of its exhibitors: who they are and what they look for."""

from typing import NamedTuple

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_GET

from booths import buyers as of_fair
from booths import hs_codes
from booths.forms import BuyerFilter
from booths.hs_codes import HEADING
from booths.models import Demand
from booths.models.demand import fair_date
from booths.permissions import may_meet, may_say_wish
from booths.views.list_pages import page_context, without_each
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Cooperation, Fair, Participation
from fairplatform.i18n.languages import language_names
from fairplatform.i18n.text import Translated
from fairplatform.policy import permits

HEADINGS_SHOWN = 4
Heading = tuple[str, Translated]
"""A four-digit HS code and its title."""


class Row(NamedTuple):
    """A buyer in the list; `others`: the headings that are folded."""

    buyer: Participation
    wants: list[Heading]
    others: list[Heading]
    cooperation: list[str | Promise]
    languages: list[str]
    demands: list[Demand]
    may_request_meeting: bool


@require_GET
@permits("buyers.see", Fair, fair="slug")
def buyers(request: FairRequest, fair: Fair) -> HttpResponse:
    """Nothing by which a buyer could be reached outside the fair: no person, no address, no number."""
    actor = request.actor
    rows = of_fair.buyers(fair, actor.person)
    demands = of_fair.open_demands(fair, actor.person, fair_date(fair, timezone.now()))
    form = BuyerFilter(request.GET, **of_fair.choices(rows, demands))
    page = page_context(request, form.values, of_fair.narrow(fair, rows, form.values, demands))
    context = {
        "fair": fair,
        "form": form,
        "without": without_each(form, page, lambda values: of_fair.narrow(fair, rows, values, demands).count()),
        "rows": _rows(request, fair, list(page["page"]), demands),
        "may_wish": may_say_wish(actor, fair.pk),
        **page,
    }
    return render(request, "booths/buyers.html", context)


def _rows(request: FairRequest, fair: Fair, shown: list[Participation], demands: "QuerySet[Demand]") -> list[Row]:
    own = of_fair.own_headings(fair, request.actor.person)
    wanted = of_fair.wanted_by(shown, demands)
    return [
        Row(
            buyer,
            *wanted_headings(buyer, own),
            [Cooperation(kind).label for kind in buyer.cooperation if kind in Cooperation.values],
            language_names(wanted[buyer.pk].languages),
            wanted[buyer.pk].demands,
            may_meet(request.actor, buyer, fair),
        )
        for buyer in shown
    ]


def wanted_headings(buyer: Participation, own: set[str]) -> tuple[list[Heading], list[Heading]]:
    """The headings a buyer looks for, those of the reader's own booth first: the ones to show, and the folded rest."""
    codes = dict.fromkeys(code[:HEADING] for code in buyer.wants)
    titled = [(code, hs_codes.short_title(code)) for code in sorted(codes, key=lambda code: code not in own)]
    return titled[:HEADINGS_SHOWN], titled[HEADINGS_SHOWN:]
