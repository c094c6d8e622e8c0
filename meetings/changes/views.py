"""The page of a company that was left alone: whom it could meet at the same time, and asking one of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fairplatform.accounts.request import FairRequest
from fairplatform.db.keys import row_key
from fairplatform.errors import Refused
from fairplatform.policy import permits
from meetings.models import Meeting

from .offers import ask_substitute, offer_of


@require_http_methods(["GET", "POST"])
@permits("substitute.ask", Meeting, fair="fair__slug", pk="pk")
def substitutes(request: FairRequest, meeting: Meeting) -> HttpResponse:
    now, error = timezone.now(), ""
    if request.method == "POST":
        try:
            asked = ask_substitute(request.actor, meeting=meeting.pk, participation=_chosen(request), now=now)
        except Refused as refused:
            if refused.code == "not_found":
                raise
            error = refused.sentence
        else:
            messages.success(request, _("Your request has been sent."))
            return redirect("meetings:substitutes", fair=asked.fair.slug, pk=meeting.pk)
    offer = offer_of(meeting, request.actor.person, now)
    context = {"fair": meeting.fair, "meeting": offer.meeting, "offer": offer, "error": error}
    return render(request, "meetings/substitutes.html", context, status=409 if error else 200)


def _chosen(request: FairRequest) -> int:
    """The key of a participation; 0, which none has, where none was sent."""
    return row_key(request.POST.get("company", "")) or 0
