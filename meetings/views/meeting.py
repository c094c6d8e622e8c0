"""One meeting: its brief, and moving or cancelling it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fairplatform.language.refusals import Refused
from fairplatform.policy import Role, may, permits

from .. import queries
from ..actions import planning
from ..brief import companies, match
from ..day import entry, outcome_of
from ..forms.requests import CancelForm, SlotForm
from ..models import Meeting
from ..slot_table import table


@require_GET
@permits("meeting.see", Meeting, fair="fair__slug", pk="pk")
def meeting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The brief: who meets whom, when, about what, and what came of it."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    found = _full(meeting)
    side = found.side_of(actor.person)
    both = companies(found)
    context = {
        "fair": found.fair,
        "meeting": found,
        "side": side,
        "entry": entry(found, side, now),
        # The other company first; for those who stand on no side, the exhibitor.
        "companies": sorted(both.values(), key=lambda one: one.side == side),
        "match": match(found, side),
        "interpreters": queries.interpreters(found),
        "outcome": outcome_of(found),
        "is_open": found.is_open(now),
        "is_member": found.conversation.roles_of(actor.person) >= {Role.MEMBER},
        "may_change": now < found.starts_at and may(actor, "meeting.cancel", found),
        "until": found.ends_at if found.is_running(now) else found.starts_at,
        "now": now,
    }
    return render(request, "meetings/meeting.html", context)


@require_http_methods(["GET", "POST"])
@permits("meeting.cancel", Meeting, fair="fair__slug", pk="pk")
def cancel(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Asks once more, and why."""
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            planning.cancel(request.actor, meeting=meeting.pk, now=timezone.now(), **form.cleaned_data)  # type: ignore[attr-defined]
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Cancelled. The time is free again and the other company has been told."))
            return redirect("meetings:day", fair=meeting.fair.slug)
    context = {"fair": meeting.fair, "meeting": _full(meeting), "form": form}
    return render(request, "meetings/meeting_cancel.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permits("meeting.move", Meeting, fair="fair__slug", pk="pk")
def move(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Another time, free for both, in one press."""
    now = timezone.now()
    full = _full(meeting)
    offered = table(full.fair, full.exhibitor, full.buyer, after=now)
    form = SlotForm(request.POST or None, slots=offered.slots)
    if request.method == "POST" and form.is_valid() and _moved(request, full, form, now):
        messages.success(request, _("Moved. The other company and the interpreter have been told."))
        return redirect(full)
    context: dict[str, Any] = {"fair": full.fair, "meeting": full, "form": form, "table": offered}
    return render(request, "meetings/meeting_move.html", context, status=409 if form.errors else 200)


def _moved(request: HttpRequest, meeting: Meeting, form: SlotForm, now: datetime) -> bool:
    try:
        planning.move(request.actor, meeting=meeting.pk, slot=form.cleaned_data["slot"], now=now)  # type: ignore[attr-defined]
    except Refused as refused:
        form.add_error("slot", refused.sentence)
        return False
    return True


def _full(meeting: Meeting) -> Meeting:
    """With everything the brief shows."""
    rows = Meeting.objects.with_names().select_related("exhibitor__hall", "conversation", "outcome__agreed")  # type: ignore[attr-defined]
    found: Meeting = rows.prefetch_related("participants__user", "outcome__statements").get(pk=meeting.pk)
    return found
