"""Suspected doubles, and the page on which two companies become one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation
from fairplatform.policy import load, permits

from . import merge_values, merging
from .doubles import suspected

PER_PAGE = 24


@require_GET
@permits("fair.organise", Fair, fair="slug")
def doubles(request: FairRequest, fair: Fair) -> HttpResponse:
    page = Paginator(suspected(fair), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "office/companies/doubles.html", {"fair": fair, "page": page, "query": ""})


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Participation, fair="fair__slug", pk="pk")
def company_merge(request: FairRequest, kept: Participation, other: int) -> HttpResponse:
    """`kept` stays. Where both have a value, the form asks which one wins."""
    actor = request.actor
    goes = load(Participation, actor, "fair.organise", pk=other, fair=kept.fair_id)
    if request.method != "POST":
        # Said before anybody chooses anything.
        code = merging.hindrance(kept, goes, actor.person)
        return _form(request, kept, goes, Refused(code).sentence if code else "")
    try:
        merging.merge(actor, kept=kept.pk, other=goes.pk, choices=request.POST.dict())
    except Refused as refused:
        return _form(request, kept, goes, refused.sentence)
    messages.success(request, _("The two companies are one now."))
    return redirect("office:company", fair=kept.fair.slug, pk=kept.pk)


def _form(request: FairRequest, kept: Participation, goes: Participation, refusal: str) -> HttpResponse:
    differences = merge_values.differences(kept, goes)
    context = {
        "fair": kept.fair,
        "kept": kept,
        "other": goes,
        "differences": [(each, request.POST.get(each.name) == "other") for each in differences],
        "refusal": refusal,
    }
    return render(request, "office/companies/merge.html", context, status=409 if request.method == "POST" else 200)
