"""The outcome of a meeting: both sides' versions side by side, and the agreed one on paper in two languages."""

from collections.abc import Callable
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

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.accounts.request import FairRequest
from fairplatform.db.keys import row_key
from fairplatform.errors import Refused
from fairplatform.i18n.text import HTML_LANG, LANGUAGES, current_language, direction, joined
from fairplatform.ledger.paper import entry_of_outcome
from fairplatform.policy import may, permits
from meetings.calendar_file import all_day
from meetings.models import Meeting, Outcome, OutcomeVersion
from meetings.models.meeting import Side
from meetings.status import page_url

from . import actions, corrections
from .comparison import Comparison, adopt_row, compare
from .content import Content
from .forms import OutcomeForm, initial
from .kind_descriptions import KIND_DESCRIPTIONS
from .queries import outcome_stamp, represented_side


def _confirm(request: FairRequest, meeting: int) -> None:
    _of_version(request, meeting, actions.confirm, hides_amount="hides_amount" in request.POST)


def _withdraw(request: FairRequest, meeting: int) -> None:
    actions.withdraw(request.actor, meeting=meeting, now=timezone.now())


def _confirm_correction(request: FairRequest, meeting: int) -> None:
    _of_version(request, meeting, corrections.confirm_correction, hides_amount="hides_amount" in request.POST)


def _drop_correction(request: FairRequest, meeting: int) -> None:
    _of_version(request, meeting, corrections.drop_correction)


def _of_version(request: FairRequest, meeting: int, act: Callable[..., object], **said: bool) -> None:
    """An act on the version that the page names by its key."""
    version = row_key(request.POST.get("version", ""))
    act(request.actor, meeting=meeting, version=version, now=timezone.now(), **said)


ACTS: dict[str, Callable[[FairRequest, int], None]] = {
    "confirm": _confirm,
    "withdraw": _withdraw,
    "confirm_correction": _confirm_correction,
    "drop_correction": _drop_correction,
}
"""What is done by one press, by the name that the page posts it under."""


@require_http_methods(["GET", "POST"])
@permits("outcome.see", Meeting, fair="fair__slug", pk="pk")
def outcome(request: FairRequest, meeting: Meeting) -> HttpResponse:
    """Both columns, and the form to draft or to correct.

    Posting `act=confirm` confirms `version`, and `act=withdraw` withdraws what the own side has confirmed; `act=read`
    answers with what the form's amount is understood as. Of what is agreed, `act=propose` proposes a correction,
    `act=confirm_correction` confirms the other side's, and `act=drop_correction` keeps what was agreed.
    """
    if request.method == "POST" and request.POST.get("act") in ACTS:
        return _act(request, meeting, ACTS[request.POST["act"]])
    loaded = Meeting.objects.with_names().prefetch_related("participants").get(pk=meeting.pk)
    if request.method == "POST" and request.POST.get("act") == "read":
        form = OutcomeForm(request.POST, meeting=loaded, person=request.actor.person)
        form.is_valid()
        return render(request, "meetings/_outcome_amount.html", {"form": form})
    if request.method == "POST":
        return _write(request, loaded)
    agreed, language = None, request.GET.get("print", "")
    if language in LANGUAGES:
        agreed = Outcome.objects.filter(meeting=loaded).select_related("agreed", "fair").first()
    if agreed and agreed.agreed:
        own = _side(request.actor.person, loaded)
        context = _paper(loaded, agreed, agreed.agreed, language) | {"amount_hidden": _hides(agreed, own)}
        return render(request, "meetings/outcome_paper.html", context)
    return _page(request, loaded)


@require_GET
@permits("outcome.see", Meeting, fair="fair__slug", pk="pk")
def next_step(request: FairRequest, meeting: Meeting) -> HttpResponse:
    """The agreed next step as a calendar file."""
    outcome = Outcome.objects.filter(meeting=meeting).select_related("agreed").first()
    if not outcome or not outcome.agreed or not outcome.agreed.next_step_on or not outcome.agreed_at:
        raise Http404
    step, on = outcome.agreed, outcome.agreed.next_step_on
    names = joined(meeting.company_of(side) for side in Side)
    body = all_day(
        uid=f"outcome-{outcome.pk}@{request.get_host()}",
        on=on,
        title=f"{step.get_next_step_display()} · {names}",
        url=request.build_absolute_uri(page_url(meeting, "outcome")),
        stamp=outcome.agreed_at,
    )
    headers = {"Content-Disposition": f'attachment; filename="next-step-{outcome.number}.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _act(request: FairRequest, meeting: Meeting, act: Callable[[FairRequest, int], None]) -> HttpResponse:
    """Back to the page, which says why where it was refused."""
    try:
        act(request, meeting.pk)
    except Refused as refused:
        if refused.code == "not_found":
            raise
        messages.error(request, refused.sentence)
    return redirect("meetings:outcome", fair=meeting.fair.slug, pk=meeting.pk)


def _write(request: FairRequest, meeting: Meeting) -> HttpResponse:
    """Submits for those who represent a side, or proposes to correct what is agreed; drafts for everybody else."""
    form = OutcomeForm(request.POST, meeting=meeting, person=request.actor.person)
    if form.is_valid() and not form.needs_review and _is_written(request, meeting, form):
        return redirect("meetings:outcome", fair=meeting.fair.slug, pk=meeting.pk)
    return _page(request, meeting, form)


def _is_written(request: FairRequest, meeting: Meeting, form: OutcomeForm) -> bool:
    actor, now = request.actor, timezone.now()
    content: Content = form.cleaned_data["content"]
    try:
        if may(actor, "outcome.confirm", meeting):
            said = {name: form.cleaned_data[name] for name in ("base", "hides_amount")}
            act = corrections.propose if request.POST.get("act") == "propose" else actions.submit
            act(actor, meeting=meeting.pk, content=content, now=now, **said)
        else:
            actions.draft(actor, meeting=meeting.pk, content=content, now=now)
            messages.success(request, _("Draft saved. Each side can now confirm or correct it."))
    except Refused as refused:
        if refused.code == "not_found":
            raise
        form.add_error(None, refused.sentence)
        # The page shows the newest version beside the form: sent again, the form is based on that.
        form.carry("base", str(compare(meeting, None).newest or ""))
        return False
    return True


def _page(request: FairRequest, meeting: Meeting, form: OutcomeForm | None = None) -> HttpResponse:
    actor = request.actor
    may_confirm, may_draft = (may(actor, row, meeting) for row in ("outcome.confirm", "outcome.draft"))
    own = _side(actor.person, meeting)
    stamp = outcome_stamp(meeting.pk)  # before the rest is read: what changes in between is read again
    comparison = compare(meeting, own)
    begun = timezone.now() >= meeting.starts_at
    may_write = begun and (may_confirm if comparison.state == "agreed" else may_draft)
    if form is None and may_write and ("correct" in request.GET or comparison.state == "empty"):
        form = _begun_form(request, meeting, comparison, own)
    context = {
        "fair": meeting.fair,
        "meeting": meeting,
        "comparison": comparison,
        "stamp": stamp,
        "own": own,
        "amount_hidden": _hides(comparison, own),
        "correction_hidden": own is None and comparison.hides_amount_of_correction,
        "kind_description": KIND_DESCRIPTIONS[comparison.shown.kind] if comparison.shown else "",
        "kind_descriptions": list(KIND_DESCRIPTIONS.items()),
        "form": form,
        "may_confirm": may_confirm and begun,
        "may_write": may_write,
        "begun": begun,
        "may_see_meeting": may(actor, "meeting.see", meeting),
        "may_watch": may(actor, "meeting.watch", meeting),
        "in_chat": meeting.conversation.members.filter(user=actor.person).exists(),
        **_agreed(actor, meeting, comparison),
    }
    return _render(request, meeting, context, status=409 if form and form.errors else 200)


def _begun_form(request: FairRequest, meeting: Meeting, comparison: Comparison, own: Side | None) -> OutcomeForm:
    """The form as a correction starts: with what is there."""
    start = _starting_content(comparison, request.GET.get("take", ""))
    if start and _hides(comparison, own):
        start = start.without_amount()
    first = initial(start, comparison.newest) | {"hides_amount": comparison.own.hides_amount}
    return OutcomeForm(initial=first, meeting=meeting, person=request.actor.person)


def _render(request: FairRequest, meeting: Meeting, context: dict[str, Any], status: int) -> HttpResponse:
    """A whole page; for the panel beside a call, the same as a fragment."""
    current = _path_of(request.htmx.current_url)
    if current == reverse("meetings:room", args=[meeting.fair.slug, meeting.pk]):
        response = render(request, "meetings/_outcome.html", {**context, "beside_call": True}, status=status)
        response.headers["HX-Push-Url"] = "false"  # the address bar keeps the address of the call
    else:
        response = render(request, "meetings/outcome.html", context, status=status)
    patch_vary_headers(response, ["HX-Current-URL"])
    return response


def _path_of(address: str | None) -> str:
    """The path of an address; empty if it cannot be parsed."""
    try:
        return urlsplit(address or "").path
    except ValueError:
        return ""


def _side(person: User, meeting: Meeting) -> Side | None:
    try:
        return represented_side(person, meeting)
    except Refused:
        return None


def _hides(outcome: Outcome | Comparison, own: Side | None) -> bool:
    """Whether the amount is hidden from this reader, who is of the side `own`, or of none."""
    return outcome.is_amount_hidden and own is None


def _starting_content(comparison: Comparison, row: str) -> Content | None:
    """What a correction starts from: the own version, with one row of the other side's if the person asked for it."""
    own, other = comparison.own.version, comparison.other.version
    base = own or other or comparison.confirmable
    if base is None:
        return None
    return adopt_row(Content.of(base), Content.of(other), row) if other else Content.of(base)


def _agreed(actor: Actor, meeting: Meeting, comparison: Comparison) -> dict[str, Any]:
    """What only an agreed outcome shows: its reference, the second languages it can be printed in, its entry."""
    if comparison.state != "agreed":
        return {}
    outcome = Outcome.objects.select_related("agreed", "fair").get(meeting=meeting)
    entry = entry_of_outcome(outcome.fair_id, outcome.reference)
    return {
        "outcome": outcome,
        "entry": entry if entry and may(actor, "paper.see", entry) else None,
        "may_release": bool(entry and may(actor, "paper.release", entry)),
        "second_languages": [code for code in LANGUAGES if code != current_language()],
    }


def _paper(meeting: Meeting, outcome: Outcome, version: OutcomeVersion, second: str) -> dict[str, Any]:
    """The agreed version in the reader's language, then in the second."""
    languages = dict.fromkeys([current_language(), second])
    comparison = compare(meeting, Side.EXHIBITOR)
    return {
        "fair": meeting.fair,
        "meeting": meeting,
        "comparison": comparison,
        "outcome": outcome,
        "version": version,
        "columns": [comparison.own, comparison.other],
        "sheets": [{"language": code, "html_lang": HTML_LANG[code], "dir": direction(code)} for code in languages],
        "kind_description": KIND_DESCRIPTIONS[version.kind],
    }
