"""The people of a fair: their list, and a page for each."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from booths.views.list_pages import page_context as list_context
from fairplatform.accounts.models import User
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Registration
from fairplatform.policy import permits

from . import actions, queries
from .filters import PersonFilter
from .forms import PersonForm
from .members import FairPerson
from .page import page_context, person_form
from .places import PlaceForm


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
    data, actor = request.POST if request.method == "POST" else None, request.actor
    company = request.GET.get("company", "")
    given = fair.participations.filter(pk=company).first() if company.isascii() and company.isdecimal() else None
    form = PersonForm(data, fair=fair, instance=User(country=given.company.country if given else fair.station_country))
    place = PlaceForm(data, fair=fair, organiser=actor.person, company=given)
    if form.is_valid() & place.is_valid():
        try:
            added = actions.add_person(actor, fair=fair, form=form, place=place.place, now=timezone.now())
        except Refused as refused:
            form.add_error("email" if form.cleaned_data["email"] else "phone", refused.sentence)
        else:
            invited = _("This address or number has an account already. The person has been invited.")
            messages.success(request, _("The person has been added.") if added.accepted_at else invited)
            return redirect("office:person", fair=fair.slug, user=added.user_id)
    context = {"fair": fair, "forms": [form], "place_form": place}
    return render(request, "office/people/add.html", context, status=409 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@permits("fair.organise", FairPerson, fair="fair", user="user")
def person(request: FairRequest, member: FairPerson) -> HttpResponse:
    """The account can be changed unless it belongs to a fair of other organisers too."""
    actor = request.actor
    if request.method != "POST":
        return render(request, "office/people/person.html", page_context(actor, member))
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=member.user.pk)
        registration = Registration.objects.filter(fair=member.fair, user=user).first()
        locked = FairPerson(member.fair, user, registration, actor.person)
        form = person_form(actor, locked, request.POST)
        if form is None:
            raise Refused("account_shared")
        if form.is_valid():
            actions.change_person(actor, member=locked, form=form, now=timezone.now())
            messages.success(request, _("Saved."))
            return redirect("office:person", fair=member.fair.slug, user=member.user.pk)
    return render(request, "office/people/person.html", page_context(actor, member, form), status=409)


@require_POST
@permits("fair.organise", FairPerson, fair="fair", user="user")
def person_remove(request: FairRequest, member: FairPerson) -> HttpResponse:
    try:
        actions.remove_person(request.actor, member=member, now=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("office:person", fair=member.fair.slug, user=member.user.pk)
    messages.success(request, _("The person is no longer in the fair."))
    return redirect("office:people", fair=member.fair.slug)
