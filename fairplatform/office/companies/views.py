"""The companies of a fair: their list, and a page for each."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from booths import hs_codes
from booths.views.list_pages import Context, page_context
from fairplatform.accounts.models import Company
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair, Participation
from fairplatform.fairs.sharing import is_company_shared
from fairplatform.policy import load, permits

from . import actions, queries, states
from .company_form import CompanyForm
from .filters import CompanyFilter
from .participation_form import NewParticipationForm, ParticipationForm

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
    data = request.POST if request.method == "POST" else None
    company = CompanyForm(data, fair=fair, instance=Company())
    participation = NewParticipationForm(data, instance=Participation(fair=fair))
    if company.is_valid() & participation.is_valid():
        with transaction.atomic():
            added = actions.add_company(request.actor, company, participation)
        messages.success(request, _("The company has been added."))
        return redirect("office:company", fair=fair.slug, pk=added.pk)
    context = {"fair": fair, "forms": [company, participation]}
    return render(request, "office/companies/add.html", context, status=409 if company.is_bound else 200)


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Participation, fair="fair__slug", pk="pk")
def company(request: FairRequest, participation: Participation) -> HttpResponse:
    """Company and participation on one page; what the company shares with other fairs can only be read."""
    if request.method == "POST":
        with transaction.atomic():
            participation = load(Participation, request.actor, "fair.organise", lock=True, pk=participation.pk)
            participation.company = Company.objects.select_for_update().get(pk=participation.company_id)
            own, shared = _forms(request, participation)
            if own.is_valid() & (shared is None or shared.is_valid()):
                actions.change_company(request.actor, shared, own)
                messages.success(request, _("Saved."))
                return redirect("office:company", fair=participation.fair.slug, pk=participation.pk)
    else:
        own, shared = _forms(request, participation)
    context = _page(participation) | {
        "forms": [form for form in (shared, own) if form],
        "is_shared": shared is None,
        "is_refused": own.is_bound,
    }
    return render(request, "office/companies/company.html", context, status=409 if own.is_bound else 200)


def _page(participation: Participation) -> Context:
    """What the company's page shows besides its forms; of one that is only invited neither numbers nor people."""
    is_invited, staff = participation.state == Participation.State.INVITED, participation.company.staff.all()
    return {
        "fair": participation.fair,
        "row": queries.companies(participation.fair).get(pk=participation.pk),
        "company": participation.company,
        "goods": [(_("Sells"), _titles(participation.offers)), (_("Looks for"), _titles(participation.wants))],
        "is_invited": is_invited,
        "staff": staff.none() if is_invited else staff.select_related("user").order_by("-is_manager", "pk"),
        "acts": [(state, act) for state, act in states.ACTS.items() if state != participation.state],
        "note_length": states.NOTE_LENGTH,
        "decisions": states.decisions(participation)[:DECISIONS_SHOWN],
    }


def _forms(request: FairRequest, participation: Participation) -> tuple[ParticipationForm, CompanyForm | None]:
    data, company = request.POST if request.method == "POST" else None, participation.company
    own = ParticipationForm(data, instance=participation)
    if is_company_shared(company, request.actor.person):
        return own, None
    return own, CompanyForm(data, fair=participation.fair, instance=company)


def _titles(codes: list[str]) -> list[tuple[str, object]]:
    plain = [str(code).replace(".", "") for code in codes]
    return [(code, hs_codes.short_title(code)) for code in plain]
