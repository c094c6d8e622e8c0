"""The pages of the office on which people are let in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import isolated
from fairplatform.policy import permits

from ..kept import MINUTES_KEPT
from ..people.members import shown_name
from . import actions
from .forms import ChosenForm, LinkFilter, Medium
from .kept import keep, kept
from .pages import handout_context, tell_of_letters
from .queries import belongings, letter_of, narrowed, state_of

PER_PAGE = 50


@require_GET
@permits("fair.organise", Fair, fair="slug")
def links(request: FairRequest, fair: Fair) -> HttpResponse:
    """The people of the fair, how far their access has come, and what can be done about it."""
    form = LinkFilter(request.GET, fair)
    rows = narrowed(fair, request.actor.person, form.values, timezone.now())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    found = belongings(fair, [row.user for row in page.object_list if not row.is_invitation])
    filtered = urlencode({name: str(value) for name, value in form.values.items()})
    context = {
        "fair": fair,
        "form": form,
        "page": page,
        "rows": [
            (row, shown_name(row.user, row), found[row.user_id], state_of(row), letter_of(row))
            for row in page.object_list
        ],
        "filtered": filtered,
        "query": f"{filtered}&" if filtered else "",
        "media": Medium.choices,
        "limit": actions.AT_ONCE,
        "minutes": MINUTES_KEPT,
    }
    return render(request, "office/links.html", context)


@require_POST
@permits("fair.organise", Fair, fair="slug")
def issue(request: FairRequest, fair: Fair) -> HttpResponse:
    """Hands out new links to the people chosen."""
    now = timezone.now()
    values = LinkFilter(QueryDict(request.POST.get("filtered", "")), fair).values
    found = narrowed(fair, request.actor.person, values, now)
    form = ChosenForm(request.POST, found=found, fair=fair)
    if not form.is_valid() or not form.chosen:
        messages.error(request, _("Choose at least one person."))
        return _back(request, fair)
    chosen, wanted = form.chosen, Medium(form.cleaned_data["medium"] or Medium.MESSAGES)
    try:
        if wanted == Medium.LETTERS:
            letters = actions.invite_by_letter(request.actor, fair=fair.pk, registrations=chosen, now=now)
            tell_of_letters(request, letters)
            return _back(request, fair)
        issued = actions.issue_links(request.actor, fair=fair.pk, registrations=chosen, medium=wanted, now=now)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return _back(request, fair)
    keep(request.session, fair, issued, wanted, now=now)
    return redirect("office:links_issued", fair=fair.slug)


@never_cache
@require_GET
@permits("fair.organise", Fair, fair="slug")
def handouts(request: FairRequest, fair: Fair) -> HttpResponse:
    """The links that this browser's organiser has just handed out, with their codes, for as long as they are kept."""
    found = kept(request.session, fair, now=timezone.now())
    if found is None:
        messages.error(request, _("These links and codes can no longer be shown. Make new ones where they are needed."))
        return redirect("office:links", fair=fair.slug)
    issued, medium = found
    context = handout_context(fair, issued, medium) | {"back": reverse("office:links", args=[fair.slug])}
    return render(request, "office/handouts.html", context)


@require_POST
@permits("fair.organise", Fair, fair="slug")
def access(request: FairRequest, fair: Fair, registration: int) -> HttpResponse:
    """Deactivates or reactivates somebody's account."""
    try:
        if request.POST.get("act") == "reactivate":
            person = actions.reactivate(request.actor, fair=fair.pk, registration=registration)
            sentence = _("%(person)s can come in again. Hand out a new link.")
        else:
            person = actions.deactivate(request.actor, fair=fair.pk, registration=registration)
            sentence = _("%(person)s has been deactivated and is being signed out everywhere.")
        messages.success(request, sentence % {"person": isolated(person)})
    except Refused as refused:
        if refused.code == "not_found":
            raise
        messages.error(request, refused.sentence)
    return _back(request, fair)


def _back(request: FairRequest, fair: Fair) -> HttpResponse:
    """To the list as it was filtered."""
    query = QueryDict(request.POST.get("filtered", "")).urlencode()
    address = reverse("office:links", args=[fair.slug])
    return redirect(f"{address}?{query}" if query else address)
