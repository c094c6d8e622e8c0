"""The people of a fair: their list, and a page for each."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from booths.views.list_pages import page_context as list_context
from fairplatform.accounts.request import FairRequest
from fairplatform.db.keys import row_key
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.policy import permits

from ..saved import tell_saved
from . import actions, queries
from .filters import PersonFilter
from .members import FairPerson
from .page import NewPersonForms, page_context


@require_GET
@permits("fair.organise", Fair, fair="slug")
def people(request: FairRequest, fair: Fair) -> HttpResponse:
    form, organiser = PersonFilter(request.GET, fair), request.actor.person
    found = queries.narrow(fair, organiser, queries.sorted_people(fair, organiser), form.values)
    listed = list_context(request, form.values, found)
    rows = queries.with_places(fair, organiser, list(listed["page"].object_list))
    return render(request, "office/people/list.html", {"fair": fair, "form": form, "rows": rows, **listed})


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def person_add(request: FairRequest, fair: Fair) -> HttpResponse:
    """A new account with its first place; an account that exists elsewhere is invited instead."""
    given = fair.participations.filter(pk=row_key(request.GET.get("company", "")) or 0).first()
    is_act = request.method == "POST"
    if is_act:
        forms, added = actions.add_person(
            request.actor, fair=fair.pk, data=request.POST, company=given, now=timezone.now()
        )
        if added:
            invited = _("This address or number has an account already. The person has been invited.")
            tell_saved(
                request, forms.person, sentence=_("The person has been added.") if added.accepted_at else invited
            )
            return redirect("office:person", fair=fair.slug, user=added.user_id)
    else:
        forms = NewPersonForms.of(request.actor.person, fair, company=given)
    context = {"fair": fair, "forms": [forms.person], "place_form": forms.place}
    return render(request, "office/people/add.html", context, status=409 if is_act else 200)


@require_http_methods(["GET", "POST"])
@permits("fair.organise", FairPerson, fair="fair", user="user")
def person(request: FairRequest, member: FairPerson) -> HttpResponse:
    """The account can be changed unless it belongs to a fair of other organisers too."""
    actor, fair, user, form = request.actor, member.fair.slug, member.user.pk, None
    if request.method == "POST":
        form = actions.change_person(actor, fair=fair, user=user, data=request.POST, now=timezone.now())
        if not form.errors:
            tell_saved(request, form)
            return redirect("office:person", fair=fair, user=user)
    return render(request, "office/people/person.html", page_context(actor, member, form), status=409 if form else 200)


@require_POST
@permits("fair.organise", FairPerson, fair="fair", user="user")
def person_remove(request: FairRequest, member: FairPerson) -> HttpResponse:
    try:
        actions.remove_person(request.actor, fair=member.fair.slug, user=member.user.pk, now=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("office:person", fair=member.fair.slug, user=member.user.pk)
    messages.success(request, _("The person is no longer in the fair."))
    return redirect("office:people", fair=member.fair.slug)
