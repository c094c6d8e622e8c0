"""The pages on which a meeting gets another interpreter, and on which it is said how much it needs one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.policy import permits
from meetings.brief import interpreters
from meetings.models import Meeting

from .actions import replace_interpreter
from .candidates import candidates
from .forms import InterpreterForm, NeedForm
from .needs import change_interpreting


@require_http_methods(["GET", "POST"])
@permits("interpreter.replace", Meeting, fair="fair__slug", pk="pk")
def replace(request: FairRequest, meeting: Meeting) -> HttpResponse:
    """Offers all interpreters of the fair who can, says why the others cannot, and appoints the chosen one."""
    rows = Meeting.objects.with_names().prefetch_related("participants__user")
    loaded: Meeting = rows.get(pk=meeting.pk)
    every = candidates(loaded.exhibitor, loaded.buyer, loaded.slot, but=loaded.pk)
    form = InterpreterForm(request.POST or None, able=[one.user for one in every if not one.hindrance])
    if request.method == "POST" and form.is_valid():
        try:
            chosen = form.cleaned_data["interpreter"]
            replace_interpreter(request.actor, meeting=loaded.pk, interpreter=chosen or None, now=timezone.now())
        except Refused as refused:
            form.add_error("interpreter", refused.sentence)
        else:
            messages.success(request, _("Saved. Both interpreters have been notified."))
            return redirect(loaded)
    context = {
        "fair": loaded.fair,
        "meeting": loaded,
        "form": form,
        "candidates": every,
        "present": interpreters(loaded),
    }
    return render(request, "meetings/interpreter.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permits("interpreting.change", Meeting, fair="fair__slug", pk="pk")
def need(request: FairRequest, meeting: Meeting) -> HttpResponse:
    """For both companies and the organisers."""
    rows = Meeting.objects.with_names().prefetch_related("participants__user")
    loaded: Meeting = rows.get(pk=meeting.pk)
    form = NeedForm(request.POST or None, initial={"interpreting": loaded.interpreting})
    if request.method == "POST" and form.is_valid():
        try:
            change_interpreting(request.actor, meeting=loaded.pk, **form.cleaned_data, now=timezone.now())
        except Refused as refused:
            form.add_error("interpreting", refused.sentence)
        else:
            messages.success(request, _("Saved. Everyone whom it concerns has been notified."))
            return redirect(loaded)
    context = {"fair": loaded.fair, "meeting": loaded, "form": form, "present": interpreters(loaded)}
    return render(request, "meetings/interpreting.html", context, status=409 if form.errors else 200)
