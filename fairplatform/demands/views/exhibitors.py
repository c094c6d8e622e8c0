"""What is wanted at the fair, for its exhibitors, and the exhibitor's own quote for a demand."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from booths import showing
from booths.models import Demand
from booths.own_booth import own_booths
from booths.views.list_pages import PER_PAGE
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import visible
from fairplatform.office.saved import tell_saved
from fairplatform.policy import Role, permits

from .. import queries, quoting
from ..filters import DemandFilter


@require_GET
@permits("demands.browse", Fair, fair="slug")
def wanted(request: FairRequest, fair: Fair) -> HttpResponse:
    """The demands that suit the reader's company, the best first; all others behind a filter."""
    now, seller = timezone.now(), queries.own_seller(request.actor.person, fair)
    booth = queries.booth_of(seller)
    if booth is None:
        raise Refused("booth_none")
    current = queries.open_to(request.actor.person, seller, now)
    is_rival = Role.BUYER in memberships(request.actor.person, fair.pk).roles
    headings, certificates, countries = queries.choices_for(seller, current, now, is_rival=is_rival)
    form = DemandFilter(request.GET, headings=headings, certificates=certificates, countries=countries)
    rows, side = queries.narrowed(current, form.values), queries.seller_side(seller)
    is_all = form.values.get("show") == "all"
    keys = list(rows.values_list("pk", flat=True)) if is_all else queries.suited(side, rows)
    page = Paginator(keys, PER_PAGE).get_page(request.GET.get("page"))
    shown = {one.pk: one for one in rows.filter(pk__in=list(page.object_list))}
    context = {
        "fair": fair,
        "booth": booth,
        "form": form,
        "is_all": is_all,
        "is_rival": is_rival,
        "page": page,
        "rows": queries.found(seller, side, [shown[pk] for pk in page.object_list]),
        "query": f"{urlencode(form.query)}&" if form.query else "",
    }
    return render(request, "demands/wanted.html", context)


@require_http_methods(["GET", "POST"])
@permits("demand.quote", Demand, fair="fair__slug", pk="pk")
def quote(request: FairRequest, demand: Demand) -> HttpResponse:
    """The own company's quote: its form, and its versions so far. No other exhibitor's is ever read here.

    What was typed is shown again even if the demand was closed meanwhile.
    """
    now = timezone.now()
    seller = queries.own_seller(request.actor.person, demand.fair, demand)
    if request.method == "POST":
        form = quoting.send_quote(request.actor, demand=demand.pk, data=request.POST, now=now)
        if not form.errors:
            tell_saved(request, form, sentence=_("Your quote has been sent. The buyer has been notified."))
            return redirect("demands:quote", fair=demand.fair.slug, pk=demand.pk)
    else:
        form = quoting.quote_form(demand, seller, now)
    shown = queries.with_status(demand, now)
    context = {
        "fair": demand.fair,
        "demand": shown,
        "pictures": showing.sample(shown),
        "quote": queries.own_quote(demand, seller),
        "company": seller.company if own_booths(request.actor.person, demand.fair)[1:2] else None,
        "form": form if form.errors or shown.status in Demand.CURRENT else None,
    }
    return render(request, "demands/quote.html", context, status=409 if form.errors else 200)


@require_POST
@permits("demand.quote", Demand, fair="fair__slug", pk="pk")
def withdraw(request: FairRequest, demand: Demand) -> HttpResponse:
    remarks = visible(request.POST.get("remarks", ""))
    try:
        quoting.withdraw_quote(request.actor, demand=demand.pk, remarks=remarks, now=timezone.now())
    except Refused as refused:
        if refused.code == "not_found":
            raise
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Your quote has been withdrawn. The buyer has been notified."))
    return redirect("demands:quote", fair=demand.fair.slug, pk=demand.pk)
