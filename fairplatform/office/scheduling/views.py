"""The schedule: making a draft, what came of it, publishing it and taking it back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from booths.views.list_pages import Context, page_context
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.policy import permits
from meetings.running import OF_SCHEDULE, start_run, stop_run
from meetings.versions.publishing import Published, publish_draft
from meetings.versions.rerunning import movable_meetings
from meetings.versions.withdrawing import discard_draft, unpublish

from ..runs import run_context
from . import queries
from .filters import NotPlacedFilter


@require_GET
@permits("schedule.plan", Fair, fair="slug")
def schedule(request: FairRequest, fair: Fair) -> HttpResponse:
    """The draft, or how far the run is that makes it; and what is published. While one runs, nothing else is read."""
    now = timezone.now()
    draft, of_run = queries.draft_of(fair), run_context(fair, OF_SCHEDULE, now)
    context: Context = {"fair": fair, **of_run}
    if not of_run["is_running"]:
        context |= {"published": queries.published(fair), "has_movable": bool(movable_meetings(fair, now))}
        context["standing"] = queries.standing(fair, now)
        if draft is not None:
            shown = queries.draft_page(draft, now)
            form = NotPlacedFilter(request.GET, shown.reasons)
            rows = queries.not_placed(draft, form.values)
            context |= {"shown": shown, "form": form, **page_context(request, form.values, rows)}
    return render(request, "office/scheduling/schedule.html", context)


@require_POST
@permits("schedule.plan", Fair, fair="slug")
def schedule_make(request: FairRequest, fair: Fair) -> HttpResponse:
    """Starts a run. `kind`: one of the schedule's."""
    kind = request.POST.get("kind", "")
    if kind not in OF_SCHEDULE:
        raise Refused("malformed")
    return _done(request, fair, lambda: start_run(request.actor, fair=fair.pk, kind=kind, now=timezone.now()))


@require_POST
@permits("schedule.plan", Fair, fair="slug")
def schedule_stop(request: FairRequest, fair: Fair) -> HttpResponse:
    """Asks the run to keep the best that it has found."""
    return _done(request, fair, lambda: stop_run(request.actor, fair=fair.pk, kinds=OF_SCHEDULE))


@require_POST
@permits("schedule.plan", Fair, fair="slug")
def schedule_discard(request: FairRequest, fair: Fair) -> HttpResponse:
    return _done(request, fair, lambda: discard_draft(request.actor, fair=fair.pk), _("The draft has been discarded."))


@require_http_methods(["GET", "POST"])
@permits("schedule.publish", Fair, fair="slug")
def schedule_publish(request: FairRequest, fair: Fair) -> HttpResponse:
    """What publishing the draft would do; then does it, all or nothing."""
    refusal, now = "", timezone.now()
    if request.method == "POST":
        try:
            seen, over = request.POST.get("seen", ""), "over" in request.POST
            found = publish_draft(fair, now=now, actor=request.actor, seen=seen, over=over)
        except Refused as refused:
            refusal = refused.sentence
        else:
            if not found.conflicts:
                _tell_published(request, found)
                return redirect("office:schedule", fair=fair.slug)
            refusal = _("Nothing was published. Make a new draft, or put this right first.")
    draft = queries.draft_of(fair)
    if draft is None and request.method == "GET":
        messages.error(request, str(Refused("draft_none").sentence))
        return redirect("office:schedule", fair=fair.slug)
    context: Context = {"fair": fair, "refusal": refusal}
    if draft is not None:
        context |= {"shown": queries.draft_page(draft, now), "unattended": queries.unattended(draft, now)}
    status = 409 if request.method == "POST" else 200
    return render(request, "office/scheduling/publish.html", context, status=status)


@require_http_methods(["GET", "POST"])
@permits("schedule.publish", Fair, fair="slug")
def schedule_unpublish(request: FairRequest, fair: Fair, number: int) -> HttpResponse:
    """Asks, then takes a published version back."""
    if request.method == "POST":
        sentence = _("The meetings are cancelled. The schedule is a draft again.")
        return _done(
            request,
            fair,
            lambda: unpublish(request.actor, fair=fair.pk, number=number, now=timezone.now()),
            sentence,
        )
    version = queries.published(fair).filter(number=number).first()
    if version is None:
        raise Refused("not_found")
    return render(request, "office/scheduling/unpublish.html", {"fair": fair, "version": version})


def _done(request: FairRequest, fair: Fair, act: Callable[[], object], sentence: str = "") -> HttpResponse:
    """Does it, and leads on to the page of the schedule, which says why where it was refused."""
    try:
        act()
    except Refused as refused:
        if refused.code == "not_found":
            raise
        messages.error(request, str(refused.sentence))
    else:
        if sentence:
            messages.success(request, sentence)
    return redirect("office:schedule", fair=fair.slug)


def _tell_published(request: FairRequest, found: Published) -> None:
    number = found.version.rows.exclude(meeting=None).count()
    text = ngettext("%(count)s meeting is published.", "%(count)s meetings are published.", number)
    messages.success(request, text % {"count": f"{number:,}"})
    if found.unattended:
        left = len(found.unattended)
        text = ngettext(
            "For %(count)s meeting nobody of one company is named yet.",
            "For %(count)s meetings nobody of one company is named yet.",
            left,
        )
        messages.warning(request, text % {"count": f"{left:,}"})
