"""The outcome of a meeting: both sides' words side by side, and on paper in two languages."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.i18n.text import HTML_LANG, LANGUAGES, current_language, direction
from fairplatform.policy import may, permits
from meetings.calendar_file import all_day
from meetings.models import Meeting, Outcome, OutcomeVersion
from meetings.models.meeting import Side

from . import actions
from .comparison import Record, record, taken
from .forms import OutcomeForm, initial
from .kinds import MEANING
from .terms import Terms

MANY_DIGITS = 20  # more than any key has


@require_http_methods(["GET", "POST"])
@permits("outcome.see", Meeting, fair="fair__slug", pk="pk")
def outcome(request: FairRequest, meeting: Meeting) -> HttpResponse:
    """Both columns, and the form to draft or to correct. Posting `act=confirm` confirms `version`."""
    found = Meeting.objects.with_names().prefetch_related("participants").get(pk=meeting.pk)
    if request.method == "POST" and request.POST.get("act") == "confirm":
        return _confirm(request, found)
    language = request.GET.get("print", "")
    agreed = Outcome.objects.filter(meeting=found).select_related("agreed").first()
    if agreed and agreed.agreed and language in LANGUAGES:
        return render(request, "meetings/outcome_paper.html", _paper(found, agreed, agreed.agreed, language))
    if request.method == "POST":
        return _write(request, found)
    return _page(request, found)


@require_GET
@permits("outcome.see", Meeting, fair="fair__slug", pk="pk")
def next_step(request: FairRequest, meeting: Meeting) -> HttpResponse:
    """The agreed next step as a calendar file."""
    outcome = Outcome.objects.filter(meeting=meeting).select_related("agreed").first()
    if not outcome or not outcome.agreed or not outcome.agreed.next_step_on or not outcome.agreed_at:
        raise Http404
    step, on = outcome.agreed, outcome.agreed.next_step_on
    names = " · ".join(str(meeting.company_of(side)) for side in Side)
    body = all_day(
        uid=f"outcome-{outcome.pk}@{request.get_host()}",
        on=on,
        title=f"{step.get_next_step_display()} · {names}",
        url=request.build_absolute_uri(f"{meeting.get_absolute_url()}outcome/"),
        stamp=outcome.agreed_at,
    )
    headers = {"Content-Disposition": f'attachment; filename="next-step-{outcome.number}.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _confirm(request: FairRequest, meeting: Meeting) -> HttpResponse:
    version = request.POST.get("version", "")
    try:
        actions.submit(
            request.actor,
            meeting=meeting.pk,
            version=int(version) if version.isdecimal() and len(version) < MANY_DIGITS else None,
            now=timezone.now(),
        )
    except Refused as refused:
        if refused.code == "not_found":
            raise
        messages.error(request, refused.sentence)
    return redirect("meetings:outcome", fair=meeting.fair.slug, pk=meeting.pk)


def _write(request: FairRequest, meeting: Meeting) -> HttpResponse:
    """A statement of those who speak for a side, a draft of everybody else."""
    form = OutcomeForm(request.POST, meeting=meeting)
    if form.is_valid() and not form.asks and _written(request, meeting, form):
        return redirect("meetings:outcome", fair=meeting.fair.slug, pk=meeting.pk)
    return _page(request, meeting, form)


def _written(request: FairRequest, meeting: Meeting, form: OutcomeForm) -> bool:
    actor, now = request.actor, timezone.now()
    said: Terms = form.cleaned_data["said"]
    try:
        if may(actor, "outcome.confirm", meeting):
            base = form.cleaned_data["base"]
            actions.submit(actor, meeting=meeting.pk, version=base, fields=said, now=now)
        else:
            actions.draft(actor, meeting=meeting.pk, fields=said, now=now)
            messages.success(request, _("The draft is written. Each side can now confirm or correct it."))
    except Refused as refused:
        if refused.code == "not_found":
            raise
        form.add_error(None, refused.sentence)
        # They read the newest beside what they typed; sent again, it is a correction of that.
        form.carry("base", str(record(meeting, None).seen or ""))
        return False
    return True


def _page(request: FairRequest, meeting: Meeting, form: OutcomeForm | None = None) -> HttpResponse:
    actor = request.actor
    speaks, writes = (may(actor, row, meeting) for row in ("outcome.confirm", "outcome.draft"))
    own = _side(actor.person, meeting)
    found = record(meeting, own)
    begun = timezone.now() >= meeting.starts_at
    wanted = "correct" in request.GET or found.state == "empty"
    if form is None and wanted and writes and begun and found.state != "agreed":
        form = OutcomeForm(initial=initial(_start(found, request.GET.get("take", "")), found.seen), meeting=meeting)
    context = {
        "fair": meeting.fair,
        "meeting": meeting,
        "record": found,
        "own": own,
        "meaning": MEANING[found.shown.kind] if found.shown else "",
        "meanings": [(kind, meaning) for kind, meaning in MEANING.items()],
        "form": form,
        "speaks": speaks and begun,
        "writes": writes and begun and found.state != "agreed",
        "begun": begun,
        "in_chat": meeting.conversation.members.filter(user=actor.person).exists(),
        **_agreed(meeting, found),
    }
    return _shown(request, meeting, context, status=409 if form and form.errors else 200)


def _shown(request: FairRequest, meeting: Meeting, context: dict[str, Any], status: int) -> HttpResponse:
    """A page of its own; in the panel beside a call the same without a page around it."""
    asking = _path_of(request.htmx.current_url)
    if asking == reverse("meetings:room", args=[meeting.fair.slug, meeting.pk]):
        response = render(request, "meetings/_outcome.html", {**context, "beside_call": True}, status=status)
        response.headers["HX-Push-Url"] = "false"  # the call keeps its address
    else:
        response = render(request, "meetings/outcome.html", context, status=status)
    patch_vary_headers(response, ["HX-Current-URL"])
    return response


def _path_of(address: str | None) -> str:
    """The path of the page that asks; none where what is sent cannot be read as an address."""
    try:
        return urlsplit(address or "").path
    except ValueError:
        return ""


def _side(person: Any, meeting: Meeting) -> Side | None:
    try:
        return actions.side_for(person, meeting)
    except Refused:
        return None


def _start(found: Record, line: str) -> Terms | None:
    """What a correction starts from: one's own words, with one line of theirs where they asked for that."""
    mine, theirs = found.mine.version, found.theirs.version
    base = mine or theirs or found.offered
    if base is None:
        return None
    return taken(Terms.of(base), Terms.of(theirs), line) if theirs else Terms.of(base)


def _agreed(meeting: Meeting, found: Record) -> dict[str, Any]:
    """What only an agreed outcome shows: its number, the languages it can be printed in."""
    if found.state != "agreed":
        return {}
    outcome = Outcome.objects.select_related("agreed").get(meeting=meeting)
    return {
        "outcome": outcome,
        "number": f"{meeting.fair.slug.upper()}-{outcome.number:04}",
        "second_languages": [code for code in LANGUAGES if code != current_language()],
    }


def _paper(meeting: Meeting, outcome: Outcome, version: OutcomeVersion, second: str) -> dict[str, Any]:
    """The agreed version in the reader's language, then in the second."""
    languages = dict.fromkeys([current_language(), second])
    found = record(meeting, Side.EXHIBITOR)
    return {
        "fair": meeting.fair,
        "meeting": meeting,
        "record": found,
        "outcome": outcome,
        "version": version,
        "cards": [found.mine, found.theirs],
        "sheets": [{"language": code, "html_lang": HTML_LANG[code], "dir": direction(code)} for code in languages],
        "number": f"{meeting.fair.slug.upper()}-{outcome.number:04}",
        "meaning": MEANING[version.kind],
    }
