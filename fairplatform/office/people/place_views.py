"""Gives people of the fair a position or a role, changes and ends it."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.policy import permits

from ..saved import tell_saved
from . import actions
from .members import FairPerson
from .page import page_context


@require_POST
@permits("fair.organise", FairPerson, fair="fair", user="user")
def place_add(request: FairRequest, member: FairPerson) -> HttpResponse:
    form = actions.add_place(
        request.actor, fair=member.fair.slug, user=member.user.pk, data=request.POST, now=timezone.now()
    )
    return _shown_again(request, member, form) if form.errors else _saved(request, member)


@require_POST
@permits("fair.organise", FairPerson, fair="fair", user="user")
def place_change(request: FairRequest, member: FairPerson, place: str) -> HttpResponse:
    form = actions.change_place(
        request.actor, fair=member.fair.slug, user=member.user.pk, place=place, data=request.POST, now=timezone.now()
    )
    return _shown_again(request, member, form) if form.errors else _saved(request, member)


@require_POST
@permits("fair.organise", FairPerson, fair="fair", user="user")
def place_remove(request: FairRequest, member: FairPerson, place: str) -> HttpResponse:
    fair, user = member.fair.slug, member.user.pk
    try:
        actions.remove_place(request.actor, fair=fair, user=user, place=place, now=timezone.now())
    except Refused as refused:
        if refused.code == "not_found":
            raise
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("The role has ended."))
    return redirect("office:person", fair=fair, user=user)


def _shown_again(request: FairRequest, member: FairPerson, form: BaseForm) -> HttpResponse:
    request.page_address = reverse("office:person", args=[member.fair.slug, member.user.pk])
    context = page_context(request.actor, member, form)
    return render(request, "office/people/person.html", context, status=409)


def _saved(request: FairRequest, member: FairPerson) -> HttpResponse:
    tell_saved(request)
    return redirect("office:person", fair=member.fair.slug, user=member.user.pk)
