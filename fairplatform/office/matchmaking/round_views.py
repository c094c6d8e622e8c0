"""Rounds of ticking as organisers and delegates see them: opening and closing, the silent, answers to be entered."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from booths.views.list_pages import page_context
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.fairs.places import places_for, places_of_company
from fairplatform.i18n.text import current_language
from fairplatform.policy import may, permits
from meetings.models import Run, TickList, TickRound
from meetings.models.meeting import Side
from meetings.rounds import actions, message, queries
from meetings.rounds.forms import AnswersForm, TypedForm
from meetings.rounds.typed import Understood, read

from ..runs import run_context
from .round_forms import DeadlineForm, RoundForm


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def rounds(request: FairRequest, fair: Fair) -> HttpResponse:
    """The rounds there have been, and the form that opens the next; or how far the run is that prepares it."""
    now, found = timezone.now(), list(queries.rounds(fair))
    usual = Side.EXHIBITOR if found and found[0].side == Side.BUYER else Side.BUYER
    form = RoundForm(request.POST or None, fair=fair, initial={"side": usual})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.prepare_round(
                request.actor, fair=fair.pk, side=Side(values["side"]), deadline=values["deadline"], now=now
            )
        except Refused as refused:
            form.add_error("deadline" if refused.code == "round_deadline" else None, refused.sentence)
        else:
            return redirect("office:rounds", fair=fair.slug)
    context = {
        "fair": fair,
        "rounds": found,
        "form": form,
        "is_open": any(not one.closed_at for one in found),
        **run_context(fair, {Run.Kind.ROUND}, now),
    }
    return render(request, "office/matchmaking/rounds.html", context, status=409 if form.errors else 200)


@require_GET
@permits("round.see", TickRound, fair="fair__slug", pk="pk")
def tick_round(request: FairRequest, shown: TickRound) -> HttpResponse:
    """Who has answered and who is silent; a delegate sees the companies of their unit."""
    fair, person = shown.fair, request.actor.person
    lists = queries.lists(shown, person)
    places = places_for(person, fair, current_language())
    silent = queries.silent(lists)
    context = {
        "fair": fair,
        "round": shown,
        "is_over": actions.is_over(shown, timezone.now()),
        "may_organise": may(request.actor, "fair.organise", shown),
        "silent": [(one, message.silent_message(shown, one.lists, places)) for one in silent],
        "silent_number": sum(len(one.lists) for one in silent),
        "deadline_form": DeadlineForm(fair=fair, initial={"deadline": shown.deadline}),
        **page_context(request, {}, lists),
    }
    return render(request, "office/matchmaking/round.html", context)


@require_POST
@permits("fair.organise", TickRound, fair="fair__slug", pk="pk")
def round_deadline(request: FairRequest, shown: TickRound) -> HttpResponse:
    form = DeadlineForm(request.POST, fair=shown.fair)
    if form.is_valid():
        try:
            actions.set_deadline(
                request.actor, tick_round=shown.pk, deadline=form.cleaned_data["deadline"], now=timezone.now()
            )
        except Refused as refused:
            messages.error(request, refused.sentence)
        else:
            messages.success(request, _("Saved."))
    else:
        messages.error(request, str(form.errors["deadline"][0]))
    return redirect("office:round", fair=shown.fair.slug, pk=shown.pk)


@require_POST
@permits("fair.organise", TickRound, fair="fair__slug", pk="pk")
def round_close(request: FairRequest, shown: TickRound) -> HttpResponse:
    actions.close_round(request.actor, tick_round=shown.pk, now=timezone.now())
    messages.success(request, _("The partner selection is closed."))
    return redirect("office:round", fair=shown.fair.slug, pk=shown.pk)


@require_http_methods(["GET", "POST"])
@permits("ticks.enter", TickList, fair="fair__slug", pk="pk")
def ticks_entry(request: FairRequest, tick_list: TickList) -> HttpResponse:
    """An answer as it came is read first and shown as it was understood; what is then sent is stored."""
    rows, now = queries.rows(tick_list), timezone.now()
    typed = TypedForm(request.POST or None)
    understood: Understood | None = None
    form, refusal = AnswersForm(rows=rows), ""
    if request.method == "POST" and typed.is_valid():
        if request.POST.get("act") == "read":
            understood = read(typed.cleaned_data["typed"], [row.tick.number for row in rows])
            form = AnswersForm(rows=rows, read=understood.answers)
        else:
            form = AnswersForm(request.POST, rows=rows)
            refusal = _entered(request, tick_list, form, typed.cleaned_data["source"])
            if not refusal:
                return redirect("office:round", fair=tick_list.fair.slug, pk=tick_list.round_id)
            form = form.again(queries.rows(tick_list))
    context = _entry(request, tick_list) | {
        "typed": typed,
        "understood": understood,
        "form": form,
        "refusal": refusal,
        "may_enter": actions.may_enter(request.actor, tick_list, now),
    }
    return render(request, "office/matchmaking/ticks.html", context, status=409 if refusal or typed.errors else 200)


def _entered(request: FairRequest, tick_list: TickList, form: AnswersForm, source: str) -> str:
    """Why the answers were not stored; empty where they were."""
    if not form.is_valid() or not form.changed:
        return _("Choose yes or no for at least one number.")
    answers, seen, now = form.changed, form.seen, timezone.now()
    try:
        actions.enter(request.actor, tick_list=tick_list.pk, answers=answers, seen=seen, source=source, now=now)
    except Refused as refused:
        return refused.sentence
    messages.success(request, _("The answer has been entered."))
    return ""


def _entry(request: FairRequest, tick_list: TickList) -> dict[str, Any]:
    places = places_of_company(tick_list.participation)
    return {
        "fair": tick_list.fair,
        "tick_list": tick_list,
        "round": tick_list.round,
        "message": message.list_message(tick_list, places, language=message.language_of(tick_list)),
        "back": reverse("office:round", args=[tick_list.fair.slug, tick_list.round_id]),
        "is_over": False,
    }
