"""The page of one's own rating of a meeting. The five buttons of a rating are on other pages too, and lead here."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.policy import permits
from meetings.models import Meeting

from . import actions
from .forms import PartnerForm
from .queries import is_over, own_satisfaction


@require_http_methods(["GET", "POST"])
@permits("satisfaction.say", Meeting, fair="fair__slug", pk="pk")
def satisfaction(request: FairRequest, meeting: Meeting) -> HttpResponse:
    """Posted is either `rating`, by one press, or what is said of the partner."""
    loaded = Meeting.objects.with_names().prefetch_related("participants").get(pk=meeting.pk)
    form = PartnerForm(request.POST) if request.method == "POST" and "rating" not in request.POST else None
    refused = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _store(request, loaded, form)
        except Refused as refusal:
            if refusal.code in ("not_found", "not_for_others", "not_permitted"):
                raise
            refused = str(refusal.sentence)
        else:
            return redirect("meetings:satisfaction", fair=loaded.fair.slug, pk=loaded.pk)
    said = own_satisfaction(request.actor.person, loaded)
    context = {
        "fair": loaded.fair,
        "meeting": loaded,
        "said": said,
        "form": form or (PartnerForm.of(said) if said else None),
        "over": is_over(loaded, timezone.now()),
        "refused": refused,
    }
    status = 409 if refused or (form and form.errors) else 200
    return render(request, "meetings/satisfaction.html", context, status=status)


def _store(request: FairRequest, meeting: Meeting, form: PartnerForm | None) -> None:
    now = timezone.now()
    if form:
        actions.say_partner(request.actor, meeting=meeting.pk, partner=form.partner, now=now)
        messages.success(request, _("Thank you. Your answer has been stored."))
        return
    typed = request.POST["rating"]
    rating = int(typed) if typed in ("1", "2", "3", "4", "5") else 0
    actions.rate(request.actor, meeting=meeting.pk, rating=rating, now=now)
