"""One exhibitor's booth."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from booths.asking import may_ask
from booths.live import live
from booths.models import Booth
from booths.views.office import panel
from fairplatform.accounts.request import FairRequest
from fairplatform.policy import Role, permits


@require_GET
@permits("booth.see", Booth, fair="fair__slug", booth="slug")
def booth(request: FairRequest, booth: Booth) -> HttpResponse:
    booth = Booth.objects.select_related("fair", "hall", "participation__company", "participation__fair").get(
        pk=booth.pk
    )
    displays = list(booth.displays.select_related("product__picture").order_by("rank", "pk"))
    person = request.actor.person
    is_own = Role.STAFF in booth.roles_of(person)
    seen = live(booth, request.actor)
    context = {
        "fair": booth.fair,
        "live": seen,
        **(panel(seen.inquiry) if seen.inquiry else {}),
        "booth": booth,
        "hall": booth.hall,
        "company": booth.participation.company,
        "displays": displays,
        "is_own": is_own,
        "may_ask": may_ask(request.actor, booth),
    }
    return render(request, "booths/booth.html", context)
