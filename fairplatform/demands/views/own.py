"""A company's own demands, and the page of a demand for everybody who may see it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from booths import showing
from booths.models import Demand
from booths.views.list_pages import page_context
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import visible
from fairplatform.office.saved import tell_saved
from fairplatform.policy import Role, may, permits

from .. import actions, queries, taking
from ..buyers_fair import BuyersFair


@require_GET
@permits("demands.own", BuyersFair, fair="slug")
def own(request: FairRequest, own: BuyersFair) -> HttpResponse:
    fair = own.fair
    rows = queries.own_demands(fair, request.actor.person, timezone.now())
    return render(request, "demands/own.html", {"fair": fair, **page_context(request, {}, rows)})


@require_http_methods(["GET", "POST"])
@permits("demands.own", BuyersFair, fair="slug")
def add(request: FairRequest, own: BuyersFair) -> HttpResponse:
    fair, now = own.fair, timezone.now()
    if request.method == "POST":
        form = actions.add_demand(request.actor, fair=fair, data=request.POST, now=now)
        if not form.errors:
            sentence = _("The demand has been entered. Exhibitors can see it now.")
            if fair.state == Fair.State.DRAFT:
                sentence = _("The demand has been entered. Exhibitors will see it once the fair is open.")
            tell_saved(request, form, sentence=sentence)
            return redirect("demands:demand", fair=fair.slug, pk=form.instance.pk)
    else:
        form = actions.new_form(fair, actions.own_buyers(request.actor.person, fair), now)
    return render(request, "demands/add.html", {"fair": fair, "form": form}, status=409 if form.errors else 200)


@require_GET
@permits("demand.see", Demand, fair="fair__slug", pk="pk")
def demand(request: FairRequest, demand: Demand) -> HttpResponse:
    """What is wanted. Exhibitors see neither whom to call nor what else the company plans."""
    roles, shown = demand.roles_of(request.actor.person), queries.with_status(demand, timezone.now())
    is_own = bool(roles & {Role.STAFF, Role.MANAGER})
    is_over = demand.fair.state == Fair.State.CLOSED
    if is_own and shown.state == Demand.State.WAITING and not is_over:
        return redirect("demands:confirm", fair=demand.fair.slug, pk=demand.pk)
    buyer = shown.participation
    context = {
        "fair": demand.fair,
        "demand": shown,
        "company": buyer.company,
        "pictures": showing.sample(shown),
        "is_own": is_own,
        "is_over": is_over,
        "may_write": not is_over and may(request.actor, "demand.write", demand),
        "may_organise": Role.ORGANISER in roles,
        "lacks_people": Role.TAKER in roles and not taking.has_people(buyer.company),
        "may_count": bool(roles & {Role.ORGANISER, Role.DELEGATED}),
        "may_discard": may(request.actor, "demand.discard", demand),
        "reason_length": actions.REASON_LENGTH,
        **_for_exhibitor(request, shown, is_own=is_own),
    }
    return render(request, "demands/demand.html", context)


def _for_exhibitor(request: FairRequest, demand: Demand, *, is_own: bool) -> dict[str, object]:
    """What an exhibitor can do: answer, correct the answer, or ask for a meeting."""
    if is_own or not may(request.actor, "demand.quote", demand):
        return {"is_seller": False}
    seller = queries.own_seller(request.actor.person, demand.fair, demand)
    [found] = queries.found(seller, queries.seller_side(seller), [demand])
    return {
        "is_seller": True,
        "reasons": found.reasons,
        "is_answered": found.is_answered,
        "may_quote": demand.status in Demand.CURRENT,
    }


@require_http_methods(["GET", "POST"])
@permits("demand.write", Demand, fair="fair__slug", pk="pk")
def change(request: FairRequest, demand: Demand) -> HttpResponse:
    now = timezone.now()
    if request.method == "POST":
        form = actions.change_demand(request.actor, demand=demand.pk, data=request.POST, now=now)
        if not form.errors:
            tell_saved(request, form)
            return redirect("demands:demand", fair=demand.fair.slug, pk=demand.pk)
    else:
        form = actions.change_form(demand, now)
    context = {"fair": demand.fair, "demand": demand, "form": form}
    return render(request, "demands/change.html", context, status=409 if form.errors else 200)


@require_POST
@permits("demand.keep", Demand, fair="fair__slug", pk="pk")
def close(request: FairRequest, demand: Demand) -> HttpResponse:
    reason = visible(request.POST.get("reason", ""))
    actions.close_demand(request.actor, demand=demand.pk, reason=reason, now=timezone.now())
    messages.success(request, _("The demand has been closed. Exhibitors can no longer send quotes."))
    return redirect("demands:demand", fair=demand.fair.slug, pk=demand.pk)


@require_POST
@permits("demand.keep", Demand, fair="fair__slug", pk="pk")
def reopen(request: FairRequest, demand: Demand) -> HttpResponse:
    actions.reopen_demand(request.actor, demand=demand.pk)
    if queries.with_status(demand, timezone.now()).status == Demand.Status.EXPIRED:
        messages.warning(request, _("The demand is open again, but its deadline has passed. Choose a later one."))
    else:
        messages.success(request, _("The demand is open again."))
    return redirect("demands:demand", fair=demand.fair.slug, pk=demand.pk)
