"""One meeting: its brief, and moving or cancelling it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from chat.forms import MessageForm
from chat.queries import newest
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.policy import may, permits
from meetings import queries
from meetings.brief import companies, match
from meetings.calendar_file import timed
from meetings.models import Meeting
from meetings.schedule.actions import planning
from meetings.schedule.day import countdown, entry, outcome_of, seal
from meetings.schedule.forms import CancelForm, SlotForm
from meetings.schedule.slot_table import table


@require_GET
@permits("meeting.see", Meeting, fair="fair__slug", pk="pk")
def meeting(request: FairRequest, meeting: Meeting) -> HttpResponse:
    """The brief: who meets whom, when, about what, and what came of it."""
    actor, now = request.actor, timezone.now()
    found = _full(meeting)
    side = found.side_of(actor.person)
    shown = match(found, side)
    until = found.ends_at if found.is_running(now) else found.starts_at
    context = {
        "fair": found.fair,
        "meeting": found,
        "side": side,
        "entry": entry(found, side, now),
        # The other company first; for those who stand on no side, the exhibitor.
        "companies": sorted(companies(found).values(), key=lambda one: one.side == side),
        "match": shown,
        "goods": [product for heading in shown.shown for product in heading.goods],
        "interpreters": queries.interpreters(found),
        "outcome": outcome_of(found),
        "seal": seal(found, side),
        "is_open": found.is_open(now),
        "has_begun": now >= found.starts_at,
        "may_watch": may(actor, "meeting.watch", found),
        "may_change": now < found.starts_at and may(actor, "meeting.cancel", found),
        "until": until,
        "countdown": countdown(until - now),
        "now": now,
        **_conversation(actor, found),
    }
    return render(request, "meetings/meeting.html", context)


def _conversation(actor: Any, meeting: Meeting) -> dict[str, Any]:
    """The conversation of those at the table; to others it does not exist."""
    place = meeting.conversation
    if not may(actor, "conversation.read", place):
        return {"is_member": False}
    written, _earlier = newest(place)
    may_write = may(actor, "conversation.write", place)
    return {"is_member": True, "messages_shown": written, "may_write": may_write, "form": MessageForm()}


@require_GET
@permits("meeting.see", Meeting, fair="fair__slug", pk="pk")
def calendar(request: FairRequest, meeting: Meeting) -> HttpResponse:
    """The meeting for a calendar; opened again after a move or a cancellation, it corrects what is stored there."""
    found = _full(meeting)
    body = timed(
        uid=f"meeting-{found.pk}@{request.get_host()}",
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        title=f"{found.exhibitor.company} · {found.buyer.company}",
        url=request.build_absolute_uri(found.get_absolute_url()),
        stamp=timezone.now(),
        sequence=queries.changes_of(found),
        state="CANCELLED" if found.state == Meeting.State.CANCELLED else "CONFIRMED",
    )
    headers = {"Content-Disposition": f'attachment; filename="meeting-{found.pk}.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


@require_http_methods(["GET", "POST"])
@permits("meeting.cancel", Meeting, fair="fair__slug", pk="pk")
def cancel(request: FairRequest, meeting: Meeting) -> HttpResponse:
    """Asks once more, and why."""
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            planning.cancel(request.actor, meeting=meeting.pk, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Cancelled. The time is free again and the other company has been told."))
            return redirect("meetings:day", fair=meeting.fair.slug)
    context = {"fair": meeting.fair, "meeting": _full(meeting), "form": form}
    return render(request, "meetings/meeting_cancel.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permits("meeting.move", Meeting, fair="fair__slug", pk="pk")
def move(request: FairRequest, meeting: Meeting) -> HttpResponse:
    """Another time, free for both, in one press."""
    now = timezone.now()
    full = _full(meeting)
    named = [one.user_id for one in full.participants.all()]
    offered = table(full.fair, full.exhibitor, full.buyer, after=now, people=named)
    form = SlotForm(request.POST or None, slots=offered.slots)
    if request.method == "POST" and form.is_valid() and _moved(request, full, form, now):
        messages.success(request, _("Moved. The other company and the interpreter have been told."))
        return redirect(full)
    context: dict[str, Any] = {"fair": full.fair, "meeting": full, "form": form, "table": offered}
    return render(request, "meetings/meeting_move.html", context, status=409 if form.errors else 200)


def _moved(request: FairRequest, meeting: Meeting, form: SlotForm, now: datetime) -> bool:
    try:
        planning.move(request.actor, meeting=meeting.pk, slot=form.cleaned_data["slot"], now=now)
    except Refused as refused:
        form.add_error("slot", refused.sentence)
        return False
    return True


def _full(meeting: Meeting) -> Meeting:
    """With everything the brief shows."""
    rows = Meeting.objects.with_names().select_related(
        "exhibitor__hall", "exhibitor__booth", "buyer__booth", "conversation__fair", "moved_from", "outcome__agreed"
    )
    found: Meeting = rows.prefetch_related("participants__user", "outcome__statements").get(pk=meeting.pk)
    return found
