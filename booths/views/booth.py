"""One exhibitor's booth."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from booths.booth_state import booth_state
from booths.models import Booth
from booths.permissions import may_request_meeting, may_say_wish
from booths.showing import goods_of, shown
from booths.views.inquiry import conversation_panel
from fairplatform.accounts.request import FairRequest
from fairplatform.policy import Role, permits


@require_GET
@permits("booth.see", Booth, fair="fair__slug", booth="slug")
def booth(request: FairRequest, booth: Booth) -> HttpResponse:
    booth = Booth.objects.select_related("fair", "hall", "participation__company", "participation__fair").get(
        pk=booth.pk
    )
    state = booth_state(booth, request.actor)
    context = {
        "fair": booth.fair,
        "state": state,
        **(conversation_panel(state.inquiry) if state.inquiry else {}),
        "booth": booth,
        "hall": booth.hall,
        "company": booth.participation.company,
        "displays": goods_of(booth, request.GET.get("page")),
        "shown": shown(booth.participation.company),
        "is_own": Role.STAFF in booth.roles_of(request.actor.person),
        "may_request_meeting": may_request_meeting(request.actor, booth),
        "may_wish": may_say_wish(request.actor, booth.fair_id, but=booth.participation_id),
    }
    return render(request, "booths/booth.html", context)
