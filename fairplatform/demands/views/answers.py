"""All answers to a demand, quotes and requests for a meeting, for the company that entered it, and for nobody else."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from booths.models import Demand
from booths.models.demand import fair_date
from fairplatform.accounts.request import FairRequest
from fairplatform.policy import permits

from .. import queries
from ..comparison import compare


@require_GET
@permits("demand.keep", Demand, fair="fair__slug", pk="pk")
def answers(request: FairRequest, demand: Demand) -> HttpResponse:
    """Side by side, with each quote's earlier versions; those that were withdrawn stand below."""
    now = timezone.now()
    quotes = queries.answers(demand)
    context = {
        "fair": demand.fair,
        "demand": queries.with_status(demand, now),
        "answers": compare(quotes, fair_date(demand.fair, now)),
        "meeting_requests": queries.meeting_requests(demand),
        "withdrawn": [quote for quote in quotes if quote.newest and quote.newest.withdrawn],
    }
    return render(request, "demands/answers.html", context)
