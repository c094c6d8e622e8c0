"""Entering the shifts at a booth; the page of the company's people shows them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from booths.models import Booth, Shift
from booths.own_booth import OwnBooth
from fairplatform.accounts.request import FairRequest
from fairplatform.office.saved import tell_saved
from fairplatform.policy import permits

from ..shifts import actions
from ..shifts.actions import PERMISSION, Copied
from .page import staff_page


@require_POST
@permits(PERMISSION, OwnBooth, fair="fair")
def shift_add(request: FairRequest, booth: Booth) -> HttpResponse:
    form = actions.add_shift(request.actor, fair=booth.fair.slug, data=request.POST)
    if form.errors:
        return _shown_again(request, booth, shift_form=form)
    tell_saved(request, sentence=_("The shift has been added."))
    return _back(booth)


@require_POST
@permits(PERMISSION, OwnBooth, fair="fair")
def shift_copy(request: FairRequest, booth: Booth) -> HttpResponse:
    form, done = actions.copy_shifts(request.actor, fair=booth.fair.slug, data=request.POST)
    if form.errors:
        return _shown_again(request, booth, copy_form=form)
    _tell_copied(request, done)
    return _back(booth)


@require_POST
@permits(PERMISSION, Shift, fair="fair__slug", pk="pk")
def shift_remove(request: FairRequest, shift: Shift) -> HttpResponse:
    actions.remove_shift(request.actor, shift=shift.pk)
    messages.success(request, _("The shift has been removed."))
    return _back(shift.booth)


def _tell_copied(request: FairRequest, done: Copied) -> None:
    copied = ngettext("%(number)s shift has been copied.", "%(number)s shifts have been copied.", done.copied)
    tell_saved(request, sentence=copied % {"number": done.copied})
    if done.left_out:
        left_out = ngettext(
            "%(number)s shift was skipped: the person already has one then, or the time is outside the day.",
            "%(number)s shifts were skipped: the person already has one then, or the time is outside the day.",
            done.left_out,
        )
        messages.warning(request, left_out % {"number": done.left_out})


def _shown_again(request: FairRequest, booth: Booth, **forms: object) -> HttpResponse:
    request.page_address = reverse("booth_office:staff", args=[booth.fair.slug])
    context = staff_page(request, booth) | forms
    return render(request, "booth_office/staff/staff.html", context, status=409)


def _back(booth: Booth) -> HttpResponse:
    return redirect(reverse("booth_office:staff", args=[booth.fair.slug]) + "#shifts")
