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
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.places import places_for
from fairplatform.i18n.text import current_language
from fairplatform.policy import may, permits
from meetings.brief import interpreters, match, partner_first
from meetings.message import in_each_language, meeting_message
from meetings.models import Meeting
from meetings.models.meeting import Side
from meetings.status import countdown, display_state, next_link, note, outcome_of, outcome_progress

from .actions import planning
from .calendar import meeting_file
from .forms import CancelForm, SlotForm
from .interpreters import Interpreters, interpreters_of
from .slot_choices import slot_choices


@require_GET
@permits("meeting.see", Meeting, fair="fair__slug", pk="pk")
def meeting(request: FairRequest, meeting: Meeting) -> HttpResponse:
    """The brief: the two companies, the time, the goods they meet about, and the outcome."""
    actor, now = request.actor, timezone.now()
    loaded = _with_relations(meeting)
    side = loaded.side_of(actor.person)
    places = places_for(actor.person, loaded.fair, current_language())
    context = {
        "fair": loaded.fair,
        "meeting": loaded,
        "side": side,
        "companies": partner_first(loaded, side),
        "interpreters": interpreters(loaded),
        "outcome": outcome_of(loaded),
        "may_watch": may(actor, "meeting.watch", loaded),
        "may_change": now < loaded.starts_at and may(actor, "meeting.cancel", loaded),
        "may_say_need": now < loaded.starts_at and may(actor, "interpreting.change", loaded),
        "may_ask_others": _was_left_alone(loaded, side) and may(actor, "substitute.ask", loaded),
        "may_organise": may(actor, "fair.organise", loaded.fair),
        "may_replace": now < loaded.ends_at and may(actor, "interpreter.replace", loaded),
        "now": now,
        "texts": in_each_language(lambda: meeting_message(loaded, side, places=places)),
        **_status(loaded, side, now),
        **_match(loaded),
        **_conversation(actor, loaded),
    }
    return render(request, "meetings/meeting.html", context)


def _was_left_alone(meeting: Meeting, side: Side | None) -> bool:
    """Whether the other company of this side has left."""
    if side is None or meeting.state != Meeting.State.CANCELLED:
        return False
    other = meeting.buyer_id if side == Side.EXHIBITOR else meeting.exhibitor_id
    return meeting.changes.filter(change__participation=other).exists()


def _status(meeting: Meeting, side: Side | None, now: datetime) -> dict[str, Any]:
    """What depends on the time and on the side that reads."""
    until = meeting.ends_at if meeting.is_running(now) else meeting.starts_at
    return {
        "note": note(meeting, side, display_state(meeting, now), now),
        "action": next_link(meeting, side, now),
        "seal": outcome_progress(meeting, side),
        "is_open": meeting.is_room_open(now),
        "has_begun": now >= meeting.starts_at,
        "until": until,
        "countdown": countdown(until - now),
    }


def _match(meeting: Meeting) -> dict[str, Any]:
    found = match(meeting)
    return {"match": found, "goods": [product for heading in found.shown for product in heading.goods]}


def _conversation(actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """The participants' conversation; for everybody else it does not exist."""
    conversation = meeting.conversation
    if not may(actor, "conversation.read", conversation):
        return {"is_member": False}
    written, _earlier = newest(conversation)
    may_write = may(actor, "conversation.write", conversation)
    return {"is_member": True, "messages_shown": written, "may_write": may_write, "form": MessageForm()}


@require_GET
@permits("meeting.see", Meeting, fair="fair__slug", pk="pk")
def calendar(request: FairRequest, meeting: Meeting) -> HttpResponse:
    """The meeting as a calendar file. Imported again after a move or a cancellation, it replaces the event."""
    file = meeting_file(_with_relations(meeting), request.actor.person)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return HttpResponse(file.content, content_type=file.content_type, headers=headers)


@require_http_methods(["GET", "POST"])
@permits("meeting.cancel", Meeting, fair="fair__slug", pk="pk")
def cancel(request: FairRequest, meeting: Meeting) -> HttpResponse:
    """Asks for confirmation and a reason, then cancels."""
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            planning.cancel(request.actor, meeting=meeting.pk, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Cancelled. The time is free again and the other company has been notified."))
            return redirect("meetings:day", fair=meeting.fair.slug)
    context = {"fair": meeting.fair, "meeting": _with_relations(meeting), "form": form}
    return render(request, "meetings/meeting_cancel.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permits("meeting.move", Meeting, fair="fair__slug", pk="pk")
def move(request: FairRequest, meeting: Meeting) -> HttpResponse:
    """Offers the slots free for everybody, and moves the meeting to the chosen one."""
    now = timezone.now()
    loaded = _with_relations(meeting)
    named = [participant.user_id for participant in loaded.participants.all()]
    work = Interpreters(loaded.fair, interpreters_of(loaded), but=loaded.pk)
    choices = slot_choices(
        loaded.fair, loaded.exhibitor, loaded.buyer, after=now, people=named, interpreters=work,
        with_reserve=planning.moves_as_organiser(request.actor, loaded),
    )  # fmt: skip
    form = SlotForm(request.POST or None, slots=choices.slots)
    if request.method == "POST" and form.is_valid() and _moved(request, loaded, form, now):
        messages.success(request, _("Moved. The other company and the interpreter have been notified."))
        return redirect(loaded)
    context: dict[str, Any] = {"fair": loaded.fair, "meeting": loaded, "form": form, "choices": choices}
    return render(request, "meetings/meeting_move.html", context, status=409 if form.errors else 200)


def _moved(request: FairRequest, meeting: Meeting, form: SlotForm, now: datetime) -> bool:
    try:
        planning.move(request.actor, meeting=meeting.pk, slot=form.cleaned_data["slot"], now=now)
    except Refused as refused:
        form.add_error("slot", refused.sentence)
        return False
    return True


def _with_relations(meeting: Meeting) -> Meeting:
    """The meeting with everything the brief shows; three queries."""
    rows = Meeting.objects.with_names().select_related(
        "exhibitor__hall",
        "exhibitor__booth",
        "buyer__booth",
        "conversation__fair",
        "moved_from",
        "outcome__agreed",
        "outcome__correction",
    )
    loaded: Meeting = rows.prefetch_related("participants__user", "outcome__statements").get(pk=meeting.pk)
    return loaded
