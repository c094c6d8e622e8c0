"""A company's answer slip, for its own people, its unit's delegates and organisers."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.policy import Role, may, permits
from meetings.contacts import mobiles
from meetings.matching.unmet import prospects_of

from . import actions
from .forms import SlipForm
from .queries import own_slips
from .slip import Slip, slip_of


@require_GET
@permits("day.see", Fair, fair="slug")
def own(request: FairRequest, fair: Fair) -> HttpResponse:
    """The address that is handed on: leads to the slip of the reader's own company, first to one that asks."""
    found = sorted(own_slips(request.actor.person, fair, timezone.now()), key=lambda slip: not slip.asked)
    if not found:
        return redirect("meetings:day", fair=fair.slug)
    return redirect("meetings:slip", fair=fair.slug, participation=found[0].participation.pk)


@require_http_methods(["GET", "POST"])
@permits("slip.see", Slip, fair="fair", participation="participation")
def slip(request: FairRequest, slip: Slip) -> HttpResponse:
    """The list, and the answer to it. Whoever cannot answer reads what was answered."""
    now, fair = timezone.now(), slip.participation.fair
    loaded, roles = slip_of(slip.participation, now), slip.roles_of(request.actor.person)
    form = SlipForm(loaded.items, request.POST or None, with_source=Role.MANAGER not in roles)
    if request.method == "POST" and form.is_valid() and _answered(request, loaded, form, now):
        return _after(request, loaded, roles)
    people = {Role.ORGANISER, Role.DELEGATED} & roles
    context: dict[str, Any] = {
        "fair": fair,
        "slip": loaded,
        "form": form,
        "may_answer": may(request.actor, "slip.answer", slip),
        "may_organise": Role.ORGANISER in roles,
        "is_own": Role.STAFF in roles,
        "prospects": prospects_of(slip.participation, now),
        "back": bool(people),
        "numbers": mobiles(request.actor.person, fair, [slip.participation]).get(slip.participation.pk, []),
    }
    return render(request, "meetings/slip.html", context, status=409 if form.errors else 200)


def _answered(request: FairRequest, slip: Slip, form: SlipForm, now: datetime) -> bool:
    try:
        actions.answer_slip(
            request.actor,
            fair=slip.participation.fair.slug,
            participation=slip.participation.pk,
            seen=form.seen,
            refused=form.refused,
            source=form.cleaned_data.get("source", ""),
            now=now,
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return False
    return True


def _after(request: FairRequest, slip: Slip, roles: frozenset[Role]) -> HttpResponse:
    messages.success(request, _("Thank you. Your answer has been stored.") if Role.STAFF in roles else _("Saved."))
    fair = slip.participation.fair.slug
    return redirect("meetings:slip", fair=fair, participation=slip.participation.pk)
