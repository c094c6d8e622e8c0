"""The room: lobby and call on one page, so that entering loads nothing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fairplatform.accounts.request import FairRequest
from fairplatform.policy import Role, permits
from meetings import queries
from meetings.brief import companies, match
from meetings.models import Meeting


@require_GET
@permits("room.open", Meeting, fair="fair__slug", pk="pk")
def room(request: FairRequest, meeting: Meeting) -> HttpResponse:
    person = request.actor.person
    rows = Meeting.objects.with_names().select_related("conversation")
    found: Meeting = rows.prefetch_related("participants__user").get(pk=meeting.pk)
    named = next((one for one in found.participants.all() if one.user_id == person.pk), None)
    side = named.side if named else ""
    context = {
        "fair": found.fair,
        "meeting": found,
        "person": person,
        "side": side,
        # The other company first; for those who stand on no side, the exhibitor.
        "companies": sorted(companies(found).values(), key=lambda one: one.side == side),
        "match": match(found, side or None),
        "interpreters": queries.interpreters(found),
        "is_interpreter": named is not None and named.role == Role.INTERPRETER,
        "is_organiser": named is None,
        "has_chat": found.conversation.roles_of(person) >= {Role.MEMBER},
        "now": timezone.now(),
    }
    return render(request, "meetings/room.html", context)
