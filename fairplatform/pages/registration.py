"""The page on which a person answers for one fair: the invitation, and what their data may be used for."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from fairplatform.accounts.models import Staff, User
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs import registrations
from fairplatform.fairs.invitations import Invitation
from fairplatform.fairs.models import Registration
from fairplatform.policy import permits

POSITIONS = dict(Staff.Position.choices)


class ConsentForm(forms.Form):
    """Two separate consents; the second is voluntary."""

    purpose = forms.BooleanField(
        label=_("I agree that my details are used to prepare and hold this fair."),
        help_text=_(
            "The organisers and my recruiting unit use my name, company, position and contact details to plan my "
            "meetings, to inform me and to report on the fair. Companies I meet see my name, company and position."
        ),
        error_messages={"required": _("Tick this if you agree.")},
    )
    contact = forms.BooleanField(
        required=False,
        label=_("I also agree that my contact details may be passed to companies in the other country."),
        help_text=_(
            "This is voluntary. Without it, my email address, mobile number and messenger accounts stay with my "
            "recruiting unit and the organisers. I can take part all the same."
        ),
    )


@require_http_methods(["GET", "POST"])
@permits("registration.answer", Registration, fair="fair__slug")
def registration(request: FairRequest, registration: Registration) -> HttpResponse:
    """Asks once, and shows later what was answered, which may be changed at any time."""
    initial = {"purpose": registration.consents, "contact": registration.contact_consented_at is not None}
    form = ConsentForm(request.POST or None, initial=initial)
    try:
        if request.method == "POST" and _answered(request, registration, form):
            return redirect("arrival")
    except Refused as refused:
        form.add_error(None, refused.sentence)
    context = {"registration": registration, "fair": registration.fair, "form": form, "offer": _offer(registration)}
    return render(request, "pages/registration.html", context)


def _answered(request: FairRequest, registration: Registration, form: ConsentForm) -> bool:
    """Whether the form said enough; stores the answer, and says so on the next page."""
    now = timezone.now()
    if request.POST.get("answer") == "decline":
        registrations.decline(request.actor, registration=registration.pk, now=now)
        messages.success(request, _("Your answer has been saved."))
        return True
    if not form.is_valid():
        return False
    shares_contact = form.cleaned_data["contact"]
    left_out = registrations.agree(request.actor, registration=registration.pk, shares_contact=shares_contact, now=now)
    messages.success(request, _("Your answer has been saved."))
    if registration.is_invitation:
        # This session alone goes on.
        update_session_auth_hash(request, User.objects.get(pk=registration.user_id))
        messages.warning(
            request, _("Your earlier links, passwords and other sessions have ended. Choose a new password to sign in.")
        )
    if left_out:
        messages.warning(request, left_out.sentence)
    return True


def _offer(registration: Registration) -> dict[str, Any] | None:
    """What an invitation holds, in words: the role, the company with the position there, the recruiting unit."""
    if not (registration.is_invitation and registration.invitation):
        return None
    invitation, fair = Invitation.model_validate(registration.invitation), registration.fair
    participation, unit = invitation.participation(fair), invitation.recruiting_unit(fair)
    return {
        "role": invitation.role.label,
        "company": participation and participation.company.name,
        "position": POSITIONS.get(invitation.position, invitation.position),
        "unit": unit and unit.name,
    }
