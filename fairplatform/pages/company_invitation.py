"""The page on which a company's manager answers an invitation to a fair of other organisers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.invited_companies import CompanyInvitation, accept, decline
from fairplatform.policy import permits


@require_http_methods(["GET", "POST"])
@permits("invitation.answer", CompanyInvitation, fair="fair", pk="participation")
def company_invitation(request: FairRequest, invitation: CompanyInvitation) -> HttpResponse:
    """Says what accepting means. Whoever has declined may come back and accept."""
    shown = invitation.participation
    if request.method == "POST":
        declines = request.POST.get("answer") == "decline"
        answer = decline if declines else accept
        answer(request.actor, fair=shown.fair.slug, participation=shown.pk, now=timezone.now())
        sentence = _("Your answer has been saved.")
        if not declines:
            sentence = _("Your company has accepted. The organisers of the fair will decide whether it takes part.")
        messages.success(request, sentence)
        return redirect("arrival")
    return render(request, "pages/company_invitation.html", {"fair": shown.fair, "shown": shown})
