"""The list of a fair's companies."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from booths.views.list_pages import page_context
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair, Participation
from fairplatform.policy import permits

from . import queries
from .filters import CompanyFilter


@require_GET
@permits("fair.organise", Fair, fair="slug")
def companies(request: FairRequest, fair: Fair) -> HttpResponse:
    form = CompanyFilter(request.GET, fair)
    rows = queries.narrow(queries.companies(fair), form.values)
    numbers = queries.counts(fair)
    context = {
        "fair": fair,
        "form": form,
        "total": sum(numbers.values()),
        "states": [(state, state.label, numbers.get(state, 0)) for state in Participation.State if numbers.get(state)],
        **page_context(request, form.values, rows),
    }
    return render(request, "office/companies/list.html", context)
