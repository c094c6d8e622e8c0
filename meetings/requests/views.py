"""Requesting a meeting, and the page of requests: received, sent, closed."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from booths import hs_codes
from booths.models import Demand
from fairplatform.accounts.request import FairRequest
from fairplatform.db.keys import row_key
from fairplatform.errors import Refused
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation
from fairplatform.policy import may, permits
from meetings.matching.between import Between
from meetings.models import MeetingRequest
from meetings.pairing import exhibitor_and_buyer
from meetings.schedule.ceilings import check_ceilings
from meetings.schedule.forms import SlotForm
from meetings.schedule.slot_choices import SlotChoices, slot_choices

from . import actions, queries
from .forms import NOTE_LENGTH, AnswerForm, NeedForm, RequestForm

PAGE_SIZE = 20
ABOUT_THE_SLOT = {"slot_taken", "slot_past", "slot_outside_hours", "slot_reserved"}


@require_http_methods(["GET", "POST"])
@permits("request.make", Participation, fair="fair__slug", pk="pk")
def request_make(request: FairRequest, receiver: Participation) -> HttpResponse:
    """Offers the slots free for both companies, and makes the request. `pk`: the receiver's participation."""
    actor, now = request.actor, timezone.now()
    sender = actions.sender_of(actor.person, receiver)
    exhibitor, buyer = exhibitor_and_buyer(sender, receiver)
    choices = slot_choices(receiver.fair, exhibitor, buyer, after=now + actions.ANSWER_BEFORE)
    demand = _demand(request, receiver)
    note = str(demand.text)[:NOTE_LENGTH] if demand else ""
    form = RequestForm(request.POST or None, slots=choices.slots, initial={"note": note})
    if request.method == "POST" and form.is_valid():
        try:
            about = demand.pk if demand else None
            actions.make_request(actor, receiver=receiver.pk, **form.cleaned_data, demand=about, now=now)
        except Refused as refused:
            form.add_error("slot" if refused.code in ABOUT_THE_SLOT else None, refused.sentence)
        else:
            messages.success(request, _("Your request has been sent."))
            return redirect("meetings:requests", fair=receiver.fair.slug)
    ends = exhibitor.pk, buyer.pk
    between = Between(receiver.fair, ends, now, seen=Demand.objects.visible_to(actor.person))
    context = {
        "fair": receiver.fair,
        "receiver": receiver,
        "form": form,
        "choices": choices,
        "headings": [(code, hs_codes.short_title(code)) for code in between.headings(*ends)],
        "pending": actions.pending_between(sender, receiver),
        "full": _full(exhibitor, buyer, sender),
    }
    return render(request, "meetings/request_make.html", context, status=409 if form.errors else 200)


@require_GET
@permits("day.see", Fair, fair="slug")
def requests(request: FairRequest, fair: Fair) -> HttpResponse:
    person = request.actor.person
    counts = queries.request_counts(person, fair)
    tab = request.GET.get("tab", "")
    if tab not in queries.TABS:
        tab = next((name for name in queries.TABS if counts[name]), "received")
    page = Paginator(queries.requests_in(tab, person, fair), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "fair": fair,
        "tab": tab,
        "counts": counts,
        "page": page,
        "own": memberships(person, fair.pk).staff_of,
        "query": f"tab={tab}&",
        "rows": [(row, AnswerForm(auto_id=f"id_%s_{row.pk}"), _need_form(row)) for row in page.object_list],
    }
    htmx = request.htmx
    part = bool(htmx) and not htmx.history_restore_request
    return render(request, "meetings/_requests.html" if part else "meetings/requests.html", context)


def _need_form(row: MeetingRequest) -> NeedForm:
    return NeedForm(auto_id=f"id_%s_{row.pk}", initial={"interpreting": row.interpreting})


@require_POST
@permits("request.answer", MeetingRequest, fair="fair__slug", pk="pk")
def request_accept(request: FairRequest, meeting_request: MeetingRequest) -> HttpResponse:
    """Accepts a request. If its slot has been taken meanwhile, offers the free ones to accept it with."""
    now = timezone.now()
    form, choices = None, None
    if "slot" in request.POST:
        choices = _choices(meeting_request, now)
        form = SlotForm(request.POST, slots=choices.slots)
        if not form.is_valid():
            return _other_times(request, meeting_request, form, choices)
    slot = form.cleaned_data["slot"] if form else None
    try:
        meeting = actions.accept(request.actor, request=meeting_request.pk, slot=slot, now=now)
    except Refused as refused:
        if refused.code not in ABOUT_THE_SLOT:
            raise
        choices = choices or _choices(meeting_request, now)
        form = SlotForm({}, slots=choices.slots)
        form.errors.clear()
        form.add_error("slot", refused.sentence)
        return _other_times(request, meeting_request, form, choices)
    messages.success(request, _("Accepted. The meeting is in both schedules."))
    return redirect(meeting)


@require_POST
@permits("request.answer", MeetingRequest, fair="fair__slug", pk="pk")
def request_decline(request: FairRequest, meeting_request: MeetingRequest) -> HttpResponse:
    form = AnswerForm(request.POST)
    # Declining never fails for its answer: the action cuts one too long, and NUL, which no database stores, is removed.
    answer = form.cleaned_data["answer"] if form.is_valid() else request.POST.get("answer", "").replace("\0", "")
    actions.decline(request.actor, request=meeting_request.pk, answer=answer, now=timezone.now())
    messages.success(request, _("Declined. The other company has been notified."))
    return redirect("meetings:requests", fair=meeting_request.fair.slug)


@require_POST
@permits("request.withdraw", MeetingRequest, fair="fair__slug", pk="pk")
def request_withdraw(request: FairRequest, meeting_request: MeetingRequest) -> HttpResponse:
    actions.withdraw(request.actor, request=meeting_request.pk, now=timezone.now())
    messages.success(request, _("Withdrawn. The other company has been notified."))
    return redirect("meetings:requests", fair=meeting_request.fair.slug)


@require_POST
@permits("request.need", MeetingRequest, fair="fair__slug", pk="pk")
def request_need(request: FairRequest, meeting_request: MeetingRequest) -> HttpResponse:
    """For both companies, until it is answered."""
    form = NeedForm(request.POST)
    if not form.is_valid():
        raise Refused("malformed")
    is_free = actions.change_need(request.actor, request=meeting_request.pk, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Saved."))
    if not is_free:
        words = _("No interpreter for these languages is free at that time. If that stays so, one is on call.")
        messages.warning(request, words)
    return redirect(meeting_request)


def _full(exhibitor: Participation, buyer: Participation, sender: Participation) -> str:
    """Why the two can have no more meetings; empty if they can."""
    try:
        check_ceilings(exhibitor, buyer, told=sender)
    except Refused as refused:
        return str(refused.sentence)
    return ""


def _demand(request: FairRequest, receiver: Participation) -> Demand | None:
    """The receiver's demand that the reader comes from, if they may answer it."""
    demand = receiver.demands.filter(pk=row_key(request.GET.get("demand", "")) or 0).first()
    return demand if demand and may(request.actor, "demand.quote", demand) else None


def _choices(meeting_request: MeetingRequest, now: datetime) -> SlotChoices:
    exhibitor, buyer = exhibitor_and_buyer(meeting_request.sender, meeting_request.receiver)
    return slot_choices(meeting_request.fair, exhibitor, buyer, after=now)


def _other_times(
    request: FairRequest, meeting_request: MeetingRequest, form: Form, choices: SlotChoices
) -> HttpResponse:
    context: dict[str, Any] = {"fair": meeting_request.fair, "asked": meeting_request, "form": form, "choices": choices}
    return render(request, "meetings/request_answer.html", context, status=409)
