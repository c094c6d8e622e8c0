"""The pages of a recruiting unit: its companies and people, and the links that its delegates hand out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, RecruitingUnit
from fairplatform.policy import permits

from ..kept import MINUTES_KEPT
from ..links.actions import AT_ONCE, Issued
from ..links.forms import ChosenForm, Medium
from ..links.kept import keep, kept
from ..links.pages import handout_context, tell_of_letters
from ..links.queries import LinkState
from . import actions, queries
from .accounts import accounts_of_unit, people_of

PER_PAGE = 25
SHOWN = ("missing", *LinkState.values)


@never_cache
@require_GET
@permits("unit.people", RecruitingUnit, fair="fair__slug", pk="pk")
def unit_companies(request: FairRequest, unit: RecruitingUnit) -> HttpResponse:
    """`?show=`: companies that miss something, or people whose link has come so far."""
    found, show = queries.firms(unit, timezone.now()), request.GET.get("show", "")
    shown = queries.narrowed(found, show)
    context = {
        "fair": unit.fair,
        "unit": unit,
        "totals": queries.totals(found),
        "show": show,
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "number": len({one.key for firm in shown for one in firm.people if one.key}),
        "query": f"show={show}&" if show in SHOWN else "",
        "media": Medium.choices,
        "limit": AT_ONCE,
        "minutes": MINUTES_KEPT,
        "is_open": unit.fair.state != Fair.State.DRAFT,
    }
    return render(request, "office/units/companies.html", context)


@require_POST
@permits("unit.links", RecruitingUnit, fair="fair__slug", pk="pk")
def unit_links_issue(request: FairRequest, unit: RecruitingUnit) -> HttpResponse:
    """Hands out new links to the people chosen, or has them sent."""
    now, show = timezone.now(), QueryDict(request.POST.get("filtered", "")).get("show", "")
    listed = queries.narrowed(queries.firms(unit, now), show)
    keys = [one.key for firm in listed for one in firm.people if one.key]
    form = ChosenForm(request.POST, found=people_of(unit).filter(pk__in=keys), fair=unit.fair)
    if not form.is_valid() or not form.chosen:
        messages.error(request, _("Choose at least one person."))
        return _back(request, unit)
    chosen, wanted = form.chosen, Medium(form.cleaned_data["medium"] or Medium.MESSAGES)
    try:
        if wanted == Medium.LETTERS:
            tell_of_letters(request, actions.send_letters(request.actor, unit=unit.pk, registrations=chosen, now=now))
            return _back(request, unit)
        issued = actions.issue_links(request.actor, unit=unit.pk, registrations=chosen, medium=wanted, now=now)
    except Refused as refused:
        if refused.code == "not_found":
            raise
        messages.error(request, refused.sentence)
        return _back(request, unit)
    keep(request.session, unit.fair, issued, wanted, now=now)
    return redirect("office:unit_links_issued", fair=unit.fair.slug, pk=unit.pk)


@never_cache
@require_GET
@permits("unit.links", RecruitingUnit, fair="fair__slug", pk="pk")
def unit_links_issued(request: FairRequest, unit: RecruitingUnit) -> HttpResponse:
    """The links of this unit's people that this browser's delegate has just handed out, as long as they are kept."""
    found = kept(request.session, unit.fair, now=timezone.now())
    back = reverse("office:unit_companies", args=[unit.fair.slug, unit.pk])
    if found is None:
        messages.error(request, _("These links and codes can no longer be shown. Make new ones where they are needed."))
        return redirect(back)
    issued, medium = found
    own = set(accounts_of_unit(unit).values_list("pk", flat=True))
    invited = set(people_of(unit).invited().values_list("pk", flat=True))
    issued = Issued(
        [(row, link) for row, link in issued.links if row.user_id in own],
        [row for row in issued.invited if row.pk in invited],
        [],
        issued.left_out,
    )
    context = handout_context(unit.fair, issued, medium) | {"back": back, "unit": unit}
    return render(request, "office/handouts.html", context)


def _back(request: FairRequest, unit: RecruitingUnit) -> HttpResponse:
    """To the list as it was filtered."""
    query = QueryDict(request.POST.get("filtered", "")).urlencode()
    address = reverse("office:unit_companies", args=[unit.fair.slug, unit.pk])
    return redirect(f"{address}?{query}" if query else address)
