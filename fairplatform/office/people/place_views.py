"""Gives people of the fair a position or a role, changes and ends it."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.policy import permits

from . import actions
from .members import FairPerson
from .page import Row, page_context, place_called, place_form
from .places import PlaceForm


@require_POST
@permits("fair.organise", FairPerson, fair="fair", user="user")
def place_add(request: FairRequest, member: FairPerson) -> HttpResponse:
    form = PlaceForm(request.POST, fair=member.fair, organiser=request.actor.person)
    if form.is_valid():
        try:
            actions.add_place(request.actor, member=member, place=form.place, now=timezone.now())
        except Refused as refused:
            form.add_error("role", refused.sentence)
        else:
            return _saved(request, member)
    context = page_context(request.actor, member, form)
    return render(request, "office/people/person.html", context, status=409)


@require_POST
@permits("fair.organise", FairPerson, fair="fair", user="user")
def place_change(request: FairRequest, member: FairPerson, place: str) -> HttpResponse:
    with transaction.atomic():
        form = place_form(request.actor, _locked(member, place), request.POST)
        if form is None:
            raise Refused("company_shared")
        if form.is_valid():
            try:
                actions.change_place(request.actor, member=member, form=form, now=timezone.now())
            except Refused as refused:
                form.add_error(None, refused.sentence)
            else:
                return _saved(request, member)
    context = page_context(request.actor, member, form)
    return render(request, "office/people/person.html", context, status=409)


@require_POST
@permits("fair.organise", FairPerson, fair="fair", user="user")
def place_remove(request: FairRequest, member: FairPerson, place: str) -> HttpResponse:
    try:
        with transaction.atomic():
            row = _locked(member, place)
            actions.remove_place(request.actor, member=member, place=row, now=timezone.now())
    except Refused as refused:
        if refused.code == "not_found":
            raise
        messages.error(request, refused.sentence)
        return redirect("office:person", fair=member.fair.slug, user=member.user.pk)
    messages.success(request, _("The role has ended."))
    return redirect("office:person", fair=member.fair.slug, user=member.user.pk)


def _locked(member: FairPerson, name: str) -> Row:
    """Raises Refused("not_found") for a place that this person does not have."""
    row = place_called(member, name)
    if row is None:
        raise Refused("not_found")
    return type(row).objects.select_for_update().get(pk=row.pk)


def _saved(request: FairRequest, member: FairPerson) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("office:person", fair=member.fair.slug, user=member.user.pk)
