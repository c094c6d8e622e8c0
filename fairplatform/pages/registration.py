"""The page on which a person answers for one fair: the invitation, what their data may be used for, what they speak."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from fairplatform.accounts.models import PersonalLink, Staff, User
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs import registrations
from fairplatform.fairs.models import Registration
from fairplatform.fairs.spoken import spoken_languages
from fairplatform.policy import permits

from .home import landing

OWN_LINK_DAYS = 90
POSITIONS = dict(Staff.Position.choices)


class RegistrationForm(forms.Form):
    """Two separate consents, of which the second is voluntary, and the languages that the person speaks."""

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
    speaks = forms.MultipleChoiceField(
        required=False,
        label=_("Languages you speak"),
        help_text=_("Companies that take part see in which languages they can talk to you."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, registration: Registration, data: QueryDict | None = None) -> None:
        shares, spoken = registration.contact_consented_at is not None, registration.user.speaks
        super().__init__(data, initial={"purpose": registration.consents, "contact": shares, "speaks": spoken})
        self.fields["speaks"].choices = spoken_languages(registration.fair, spoken)  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@permits("registration.answer", Registration, fair="fair__slug")
def registration(request: FairRequest, registration: Registration) -> HttpResponse:
    """Asks once, and shows later what was answered, which may be changed at any time."""
    form = RegistrationForm(registration, request.POST or None)
    try:
        if request.method == "POST" and (answered := _answer(request, registration, form)):
            return answered
    except Refused as refused:
        form.add_error(None, refused.sentence)
    context = {"registration": registration, "fair": registration.fair, "form": form, "offer": _offer(registration)}
    return render(request, "pages/registration.html", context)


def _answer(request: FairRequest, registration: Registration, form: RegistrationForm) -> HttpResponse | None:
    """Stores the answer and says so on the next page; None where the form did not say enough."""
    now = timezone.now()
    if request.POST.get("answer") == "decline":
        registrations.decline(request.actor, registration=registration.pk, now=now)
        messages.success(request, _("Your answer has been saved."))
        return redirect("pages:registration", fair=registration.fair.slug)
    if not form.is_valid():
        return None
    shares_contact, speaks = form.cleaned_data["contact"], form.cleaned_data["speaks"]
    accepted = registrations.accept(
        request.actor, registration=registration.pk, shares_contact=shares_contact, speaks=speaks, now=now
    )
    messages.success(request, _("Your answer has been saved."))
    if accepted.was_invitation:
        _keep_session(request, User.objects.get(pk=registration.user_id))
    if accepted.left_out:
        messages.warning(request, Refused(accepted.left_out).sentence)
    # Earlier links have ended, and without an address there is no password to choose.
    if accepted.was_invitation and not request.actor.person.email:
        return _new_link(request, registration)
    return redirect(landing(request.actor.person, registration.fair))


def _keep_session(request: FairRequest, user: User) -> None:
    """Of all their sessions, this one alone goes on."""
    update_session_auth_hash(request, user)
    ended = _("Your earlier links, passwords and other sessions have ended. Choose a new password to sign in.")
    if not request.actor.person.email:
        ended = _("Your earlier links and other sessions have ended.")
    messages.warning(request, ended)


def _new_link(request: FairRequest, registration: Registration) -> HttpResponse:
    """Shows them a link of their own, once: no organiser may issue one to somebody of two fairs."""
    issued = PersonalLink.issue(request.actor.person, now=timezone.now(), days=OWN_LINK_DAYS)
    address = f"{settings.PUBLIC_URL}{reverse('accounts:enter', args=[issued.secret])}"
    context = {"fair": registration.fair, "address": address, "code": issued.code, "days": OWN_LINK_DAYS}
    response = render(request, "pages/new_link.html", context)
    add_never_cache_headers(response)
    return response


def _offer(registration: Registration) -> dict[str, Any] | None:
    """What an invitation holds, in words: the role, the company with the position there, the recruiting unit."""
    invitation, fair = registration.offer, registration.fair
    if not (registration.is_invitation and invitation):
        return None
    participation, unit = invitation.participation(fair), invitation.recruiting_unit(fair)
    return {
        "role": invitation.role.label,
        "is_by_company": invitation.manager is not None,
        "company": participation and participation.company.name,
        "position": POSITIONS.get(invitation.position, invitation.position),
        "unit": unit and unit.name,
    }
