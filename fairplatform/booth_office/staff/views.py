"""The people of a company: their list, a page for each, and one to add somebody."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from booths.models import Booth
from booths.own_booth import OwnBooth
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.i18n.text import isolated
from fairplatform.office.saved import tell_saved
from fairplatform.policy import may, permits

from . import actions
from .colleague import Colleague
from .forms import NewColleagueForms
from .page import staff_page
from .queries import languages_of


@require_GET
@permits(actions.KEEP, OwnBooth, fair="fair")
def staff(request: FairRequest, booth: Booth) -> HttpResponse:
    return render(request, "booth_office/staff/staff.html", staff_page(request, booth))


@require_http_methods(["GET", "POST"])
@permits(actions.MANAGE, OwnBooth, fair="fair")
def staff_add(request: FairRequest, booth: Booth) -> HttpResponse:
    """A new account with a position in the company; an account that exists elsewhere is invited instead."""
    if request.method == "POST":
        forms, added = actions.add_colleague(request.actor, fair=booth.fair.slug, data=request.POST, now=timezone.now())
        if added and added.is_invitation:
            sentence = _("This address has an account already. The person has been invited by email.")
            tell_saved(request, sentence=sentence)
            return redirect("booth_office:staff", fair=booth.fair.slug)
        if added:
            tell_saved(
                request, forms.person, sentence=_("The person has been added. Give them their personal link now.")
            )
            position = booth.participation.company.staff.get(user=added.user_id)
            return redirect("booth_office:staff_person", fair=booth.fair.slug, staff=position.pk)
    else:
        forms = NewColleagueForms.of(booth)
    context = {
        "booth": booth,
        "forms": [forms.person, forms.position],
        "person": forms.person,
        "position": forms.position,
    }
    return render(request, "booth_office/staff/add.html", context, status=409 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@permits(actions.KEEP, Colleague, fair="fair", staff="staff")
def staff_person(request: FairRequest, colleague: Colleague) -> HttpResponse:
    """What they are in the company. Managers may change it, and everybody their own languages and position."""
    fair, is_manager = colleague.booth.fair, may(request.actor, actions.MANAGE, colleague)
    is_act = request.method == "POST"
    if is_act:
        forms = actions.change_colleague(request.actor, fair=fair.slug, staff=colleague.staff.pk, data=request.POST)
        if not any(form.errors for form in forms):
            tell_saved(request, *forms)
            return redirect("booth_office:staff_person", fair=fair.slug, staff=colleague.staff.pk)
    else:
        forms = actions.forms_for(request.actor, colleague, is_manager=is_manager)
    context = {
        "booth": colleague.booth,
        "colleague": colleague,
        "languages": languages_of(colleague.user),
        "forms": list(forms),
        "person": forms.person,
        "position": forms.position,
        "may_manage": is_manager,
    }
    return render(request, "booth_office/staff/person.html", context, status=409 if is_act else 200)


@require_POST
@permits(actions.MANAGE, Colleague, fair="fair", staff="staff")
def staff_end(request: FairRequest, colleague: Colleague) -> HttpResponse:
    fair = colleague.booth.fair.slug
    try:
        person = actions.end_work(request.actor, fair=fair, staff=colleague.staff.pk)
    except Refused as refused:
        if refused.code == "not_found":
            raise
        messages.error(request, refused.sentence)
        return redirect("booth_office:staff_person", fair=fair, staff=colleague.staff.pk)
    ended = _("%(person)s has been removed from the company and no longer has access.")
    messages.success(request, ended % {"person": isolated(person)})
    if person.pk == request.actor.person.pk:
        return redirect("arrival")
    return redirect("booth_office:staff", fair=fair)


@require_POST
@permits(actions.MANAGE, OwnBooth, fair="fair")
def staff_withdraw(request: FairRequest, booth: Booth, registration: int) -> HttpResponse:
    """Takes an invitation back."""
    actions.withdraw_invitation(request.actor, fair=booth.fair.slug, registration=registration)
    messages.success(request, _("The invitation has been withdrawn."))
    return redirect("booth_office:staff", fair=booth.fair.slug)
