"""The first page of the office, and the form of the fair itself."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Body, Fair
from fairplatform.fairs.slots import replace_slots
from fairplatform.policy import load, permits

from .checklist import checklist
from .common_hours import common_hours
from .fair_form import FairForm
from .hours_picture import pictures
from .row_forms import HoursForm
from .rows import audit
from .states import possible
from .working_time import enter_usual_hours


@require_GET
@permits("fair.organise", Fair, fair="slug")
def overview(request: FairRequest, fair: Fair) -> HttpResponse:
    """What the fair has, and what is missing before it can open."""
    checks = checklist(fair)
    acts = [(reverse(change.route, args=[fair.slug]), change.label) for change in possible(fair)]
    context = {"fair": fair, "checks": checks, "open": sum(not check.is_done for check in checks), "acts": acts}
    return render(request, "office/overview.html", context)


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def settings(request: FairRequest, fair: Fair) -> HttpResponse:
    """The fair's names, countries, languages and meetings."""
    data = request.POST if request.method == "POST" else None
    with transaction.atomic():
        # Not the cached one, which other requests share: a form writes to its row.
        row = load(Fair, request.actor, "fair.organise", lock=True, pk=fair.pk)
        form = FairForm(data, fair=row, instance=row)
        saved = data is not None and form.is_valid() and _saved(form)
        if saved:
            before, after = form.changes()
            audit(request.actor, row, before=before, after=after)
    if saved:
        messages.success(request, _("Saved."))
        return redirect("office:overview", fair=fair.slug)
    return render(request, "office/setup/fair.html", {"fair": fair, "form": form}, status=409 if form.errors else 200)


def _saved(form: FairForm) -> bool:
    """Saves it and makes the slots again, which may be longer now; both or neither."""
    try:
        with transaction.atomic():
            form.save()
            replace_slots(form.instance)
    except Refused as refused:
        form.add_error("slot_minutes", refused.sentence)
        return False
    return True


@require_GET
@permits("fair.organise", Fair, fair="slug")
def common(request: FairRequest, fair: Fair) -> HttpResponse:
    """For each day, when both countries are at work."""
    return render(request, "office/setup/common_hours.html", {"fair": fair, "pictures": pictures(common_hours(fair))})


@require_POST
@permits("fair.organise", Fair, fair="slug")
def usual_hours(request: FairRequest, fair: Fair) -> HttpResponse:
    """Enters the usual hours of the countries without any."""
    with transaction.atomic():
        fair = load(Fair, request.actor, "fair.organise", lock=True, pk=fair.pk)
        for row in enter_usual_hours(fair):
            audit(request.actor, row, before=None, after=HoursForm(fair=fair, instance=row).values())
    return redirect("office:hours", fair=fair.slug)


@require_POST
@permits("fair.organise", Fair, fair="slug")
def move_body(request: FairRequest, fair: Fair, pk: int) -> HttpResponse:
    """Moves a body up or down among those with the same part in the fair."""
    with transaction.atomic():
        load(Fair, request.actor, "fair.organise", lock=True, pk=fair.pk)
        bodies = list(fair.bodies.order_by("rank", "pk"))
        moved = next((body for body in bodies if body.pk == pk), None)
        if moved is None:
            raise Refused("not_found")
        peers = [body for body in bodies if body.part == moved.part]
        at = peers.index(moved)
        to = at - 1 if request.POST.get("to") == "up" else at + 1
        if 0 <= to < len(peers):
            before = moved.rank
            peers.insert(to, peers.pop(at))
            _number(peers + [body for body in bodies if body.part != moved.part])
            audit(request.actor, moved, before={"rank": before}, after={"rank": moved.rank})
    return redirect("office:bodies", fair=fair.slug)


def _number(bodies: list[Body]) -> None:
    """Ranks them in this order; those of one part are shown together."""
    for rank, body in enumerate(bodies, start=1):
        body.rank = rank
    Body.objects.bulk_update(bodies, ["rank"])
