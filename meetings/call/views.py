"""The page of a meeting's room: lobby and call on one page, so that entering loads nothing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fairplatform.accounts.request import FairRequest
from fairplatform.policy import Role, permits
from meetings.brief import interpreters, match, partner_first
from meetings.connection_quality import WEAK_LOSS_PERCENT, WEAK_RTT_MS
from meetings.models import Meeting


@require_GET
@permits("room.open", Meeting, fair="fair__slug", pk="pk")
def room(request: FairRequest, meeting: Meeting) -> HttpResponse:
    person = request.actor.person
    rows = Meeting.objects.with_names().select_related("conversation")
    loaded: Meeting = rows.prefetch_related("participants__user").get(pk=meeting.pk)
    named = next((participant for participant in loaded.participants.all() if participant.user_id == person.pk), None)
    side = named.side if named else ""
    context = {
        "fair": loaded.fair,
        "meeting": loaded,
        "person": person,
        "side": side,
        "companies": partner_first(loaded, side),
        "match": match(loaded),
        "interpreters": interpreters(loaded),
        "is_interpreter": named is not None and named.role == Role.INTERPRETER,
        "is_organiser": named is None,
        "has_chat": loaded.conversation.roles_of(person) >= {Role.MEMBER},
        "now": timezone.now(),
        "weak": {"rtt_ms": WEAK_RTT_MS, "loss_percent": WEAK_LOSS_PERCENT},
    }
    return render(request, "meetings/room.html", context)
