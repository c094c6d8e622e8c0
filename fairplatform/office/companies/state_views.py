"""Decides about companies: of one on its page, of several in the list."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fairplatform.accounts.request import FairRequest
from fairplatform.db.keys import row_key
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation
from fairplatform.policy import permits

from . import states


class StateForm(forms.Form):
    company = forms.TypedMultipleChoiceField(coerce=int)
    state = forms.ChoiceField(choices=Participation.State.choices)
    note = forms.CharField(required=False, max_length=states.NOTE_LENGTH)

    def __init__(self, data: QueryDict, fair: Fair) -> None:
        super().__init__(data)
        keys = fair.participations.values_list("pk", flat=True)
        self.fields["company"].choices = [(str(pk), "") for pk in keys]  # type: ignore[attr-defined]


@require_POST
@permits("fair.organise", Fair, fair="slug")
def companies_state(request: FairRequest, fair: Fair) -> HttpResponse:
    form = StateForm(request.POST, fair)
    back = _page_to_return_to(request, fair)
    if not form.is_valid():
        sentence = _("Choose at least one company.") if "company" in form.errors else _("Choose a status.")
        messages.error(request, sentence if not form.has_error("note") else _("Shorten the note."))
        return redirect(back)
    chosen, state = form.cleaned_data["company"], form.cleaned_data["state"]
    note = form.cleaned_data["note"]
    try:
        changed = states.set_state(
            request.actor,
            fair=fair,
            participations=chosen,
            state=state,
            note=note,
            seen=_seen(request),
            now=timezone.now(),
        )
    except Refused as refused:
        if refused.code != "company_decided":
            raise
        messages.error(request, refused.sentence)
        return redirect(back)
    sentence = ngettext("%(number)s company: %(state)s.", "%(number)s companies: %(state)s.", len(changed))
    messages.success(request, sentence % {"number": len(changed), "state": Participation.State(state).label})
    ahead = 0 if state == Participation.State.APPROVED else states.meetings_ahead(changed, timezone.now())
    if ahead:
        sentence = ngettext(
            "%(number)s confirmed meeting remains in the schedule. Cancel it or find another partner.",
            "%(number)s confirmed meetings remain in the schedule. Cancel them or find other partners.",
            ahead,
        )
        messages.warning(request, sentence % {"number": ahead})
    return redirect(back)


@require_POST
@permits("fair.organise", Participation, fair="fair__slug", pk="pk")
def company_verified(request: FairRequest, participation: Participation) -> HttpResponse:
    verified = request.POST.get("verified") == "yes"
    states.set_verified(request.actor, participation=participation.pk, verified=verified, now=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("office:company", fair=participation.fair.slug, pk=participation.pk)


def _seen(request: FairRequest) -> dict[int, str]:
    """The status that the page showed of each company: `12:approved`."""
    shown = (one.partition(":") for one in request.POST.getlist("seen"))
    return {key: state for text, _mark, state in shown if (key := row_key(text)) is not None}


def _page_to_return_to(request: FairRequest, fair: Fair) -> str:
    """The list with its filters, or the company's page: a page of these companies, and of no other host."""
    companies = reverse("office:companies", args=[fair.slug])
    wanted = request.POST.get("next", "")
    return wanted if wanted.startswith(companies) else companies
