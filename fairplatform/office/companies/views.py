"""The companies of a fair: their list, and a page for each."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from booths import hs_codes
from booths.views.list_pages import Context, page_context
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair, Participation
from fairplatform.policy import permits
from meetings.absences.queries import hours_of_company

from ..saved import tell_saved
from . import actions, queries, states
from .filters import CompanyFilter
from .page_forms import CompanyForms

DECISIONS_SHOWN = 10


@require_GET
@permits("fair.organise", Fair, fair="slug")
def companies(request: FairRequest, fair: Fair) -> HttpResponse:
    form = CompanyFilter(request.GET, fair)
    rows = queries.narrow(queries.companies(fair), form.values)
    numbers = queries.counts(fair)
    context = {
        "fair": fair,
        "form": form,
        "states": [(state, state.label, numbers.get(state, 0)) for state in Participation.State if numbers.get(state)],
        "acts": states.ACTS.items(),
        "note_length": states.NOTE_LENGTH,
        **page_context(request, form.values, rows),
    }
    return render(request, "office/companies/list.html", context)


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def company_add(request: FairRequest, fair: Fair) -> HttpResponse:
    """A company by hand: taken down on the telephone, brought by a unit at the last moment."""
    is_act = request.method == "POST"
    if is_act:
        forms = actions.add_company(request.actor, fair=fair.pk, data=request.POST)
        if forms.are_valid():
            tell_saved(request, *forms, sentence=_("The company has been added."))
            return redirect("office:company", fair=fair.slug, pk=forms.participation.instance.pk)
    else:
        forms = CompanyForms.of_new(fair)
    context = {"fair": fair, "forms": list(forms)}
    return render(request, "office/companies/add.html", context, status=409 if is_act else 200)


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Participation, fair="fair__slug", pk="pk")
def company(request: FairRequest, participation: Participation) -> HttpResponse:
    """Company and participation on one page; what the company shares with other fairs can only be read."""
    is_act = request.method == "POST"
    if is_act:
        forms = actions.change_company(request.actor, participation=participation.pk, data=request.POST)
        if forms.are_valid():
            tell_saved(request, *forms)
            return redirect("office:company", fair=participation.fair.slug, pk=participation.pk)
    else:
        forms = CompanyForms.of(request.actor.person, participation)
    context = _page(participation) | {"forms": list(forms), "is_shared": forms.company is None}
    return render(request, "office/companies/company.html", context, status=409 if is_act else 200)


def _page(participation: Participation) -> Context:
    """What the company's page shows besides its forms; of one that is only invited neither numbers nor people."""
    is_invited, staff = participation.state == Participation.State.INVITED, participation.company.staff.all()
    return {
        "fair": participation.fair,
        "row": queries.companies(participation.fair).get(pk=participation.pk),
        "company": participation.company,
        "goods": [(_("Sells"), _titles(participation.offers)), (_("Looks for"), _titles(participation.wants))],
        "preferred": hours_of_company(participation, timezone.now()),
        "is_invited": is_invited,
        "staff": staff.none() if is_invited else staff.select_related("user").order_by("-is_manager", "pk"),
        "acts": [(state, act) for state, act in states.ACTS.items() if state != participation.state],
        "note_length": states.NOTE_LENGTH,
        "decisions": states.decisions(participation)[:DECISIONS_SHOWN],
    }


def _titles(codes: list[str]) -> list[tuple[str, object]]:
    return [(code, hs_codes.short_title(code)) for code in codes]
