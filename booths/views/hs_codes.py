"""The HS codes that what somebody types may mean, for the picker of a form."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from booths.hs_candidates import read
from fairplatform.accounts.request import FairRequest
from fairplatform.policy import permits


@require_GET
@permits("page.signed_in")
def hs_found(request: FairRequest) -> HttpResponse:
    """A piece of a page: a list to choose from. `name`, `id`: of the input that it belongs to."""
    asked = {name: request.GET.get(name, "")[:80] for name in ("name", "id")}
    context = {"reading": read(request.GET.get("q", "")), "as_list": True, **asked}
    return render(request, "booths/hs_found.html", context)
