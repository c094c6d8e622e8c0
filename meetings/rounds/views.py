"""A company's own page of a round: its candidates, which its managers tick."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.places import places_for
from fairplatform.i18n.text import current_language
from fairplatform.policy import permits
from meetings.models import TickList

from . import actions, message, queries
from .forms import AnswersForm


@require_http_methods(["GET", "POST"])
@permits("ticks.answer", TickList, fair="fair__slug", pk="pk")
def ticks(request: FairRequest, tick_list: TickList) -> HttpResponse:
    now, rows = timezone.now(), queries.rows(tick_list)
    form = AnswersForm(request.POST if request.method == "POST" else None, rows=rows)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(request.actor, tick_list=tick_list.pk, answers=form.changed, seen=form.seen, now=now)
        except Refused as refused:
            refusal, form = refused.sentence, form.again(queries.rows(tick_list))
        else:
            messages.success(request, _("Your answers have been saved."))
            return redirect("meetings:ticks", fair=tick_list.fair.slug, pk=tick_list.pk)
    places = places_for(request.actor.person, tick_list.fair, current_language())
    context = {
        "fair": tick_list.fair,
        "tick_list": tick_list,
        "round": tick_list.round,
        "form": form,
        "refusal": refusal,
        "is_over": actions.is_over(tick_list.round, now),
        "message": message.list_message(tick_list, places, language=current_language()),
    }
    return render(request, "meetings/ticks.html", context, status=409 if refusal or form.errors else 200)
