"""Suspected doubles among people, and the page on which two accounts become one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fairplatform.accounts.models import User
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.policy import load, permits

from . import merge_values, merging
from .doubles import suspected
from .members import FairPerson
from .queries import with_places

PER_PAGE = 24


@require_GET
@permits("fair.organise", Fair, fair="slug")
def person_doubles(request: FairRequest, fair: Fair) -> HttpResponse:
    organiser = request.actor.person
    page = Paginator(suspected(fair, organiser), PER_PAGE).get_page(request.GET.get("page"))
    keys = {pk for one in page for pk in (one.first, one.second)}
    rows = {row.user.pk: row for row in with_places(fair, organiser, list(User.objects.filter(pk__in=keys)))}
    pairs = [(rows[one.first], rows[one.second], one.reason) for one in page]
    return render(request, "office/people/doubles.html", {"fair": fair, "page": page, "pairs": pairs, "query": ""})


@require_http_methods(["GET", "POST"])
@permits("fair.organise", FairPerson, fair="fair", user="user")
def person_merge(request: FairRequest, kept: FairPerson, other: int) -> HttpResponse:
    """`kept` stays. Where both have a value, the form asks which one wins."""
    actor, fair = request.actor, kept.fair.slug
    goes = load(FairPerson, actor, "fair.organise", fair=fair, user=other)
    if request.method != "POST":
        # Said before anybody chooses anything.
        code = merging.hindrance(kept, goes, actor.person)
        return _form(request, kept, goes, Refused(code).sentence if code else "")
    try:
        merging.merge(actor, fair=fair, kept=kept.user.pk, other=other, choices=request.POST.dict(), now=timezone.now())
    except Refused as refused:
        if refused.code == "not_found":
            raise
        return _form(request, kept, goes, refused.sentence)
    messages.success(request, _("The two people are one now. Links and codes of the other entry no longer work."))
    return redirect("office:person", fair=fair, user=kept.user.pk)


def _form(request: FairRequest, kept: FairPerson, goes: FairPerson, refusal: str) -> HttpResponse:
    # Of somebody who is only invited nothing of the account is shown.
    is_known = not (kept.is_invited or goes.is_invited)
    differences = merge_values.differences(kept.user, goes.user) if is_known else []
    rows = with_places(kept.fair, request.actor.person, [kept.user, goes.user])
    context = {
        "fair": kept.fair,
        "kept": rows[0],
        "other": rows[1],
        "differences": [(each, request.POST.get(each.name) == "other") for each in differences],
        "refusal": refusal,
    }
    return render(request, "office/people/merge.html", context, status=409 if request.method == "POST" else 200)
