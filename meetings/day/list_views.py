"""Whole lists to print and to copy: of a company, of all companies of a recruiting unit, of the whole fair."""

from collections import defaultdict

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit, Slot
from fairplatform.policy import may, permits
from meetings.brief import interpreters
from meetings.models import Meeting
from meetings.models.booking import ROOM

from .firms import firm_lists, wanted_languages

State = Participation.State


@require_GET
@permits("schedule.see", Participation, fair="fair__slug", pk="pk")
def firm(request: FairRequest, participation: Participation) -> HttpResponse:
    """For the company's managers and the organisers."""
    return _lists(request, participation.fair, [participation])


@require_GET
@permits("unit.schedule", RecruitingUnit, fair="fair__slug", pk="pk")
def unit(request: FairRequest, unit: RecruitingUnit) -> HttpResponse:
    """Firm by firm, for the unit's delegates, who pass each list on, and the organisers."""
    rows = Participation.objects.filter(unit=unit, state=State.APPROVED).select_related("company", "fair")
    return _lists(request, unit.fair, list(rows.order_by("key", "pk")), unit)


@require_GET
@permits("fair.organise", Fair, fair="slug")
def whole(request: FairRequest, fair: Fair) -> HttpResponse:
    """By day and slot; `?day=` for one day alone."""
    rows = Meeting.objects.with_names().filter(fair=fair).exclude(state=Meeting.State.CANCELLED)
    day = request.GET.get("day", "")
    chosen = next((one for one in fair.days.order_by("number") if str(one.number) == day), None)
    if chosen:
        rows = rows.filter(slot__day=chosen)
    slots: dict[Slot, list[tuple[Meeting, list[str], str]]] = defaultdict(list)
    meetings = rows.prefetch_related("participants__user", "bookings")
    for meeting in meetings.order_by("slot__starts_at", "pk"):
        names = [one.name for one in interpreters(meeting)]
        slots[meeting.slot].append((meeting, names, _room(meeting)))
    days: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        days[slot.day_id].append(slot)
    context = {
        "fair": fair,
        "days": list(fair.days.order_by("number")),
        "chosen": chosen,
        "shown": [[(slot, slots[slot]) for slot in own] for own in days.values()],
    }
    return render(request, "meetings/whole_schedule.html", context)


def _room(meeting: Meeting) -> str:
    """Its number, where the fair has a number of rooms."""
    return next(
        (one.resource.removeprefix(ROOM) for one in meeting.bookings.all() if one.resource.startswith(ROOM)), ""
    )


def _lists(
    request: FairRequest, fair: Fair, firms: list[Participation], unit: RecruitingUnit | None = None
) -> HttpResponse:
    languages = wanted_languages(request.GET.get("language", ""))
    found = firm_lists(fair, firms)
    context = {
        "fair": fair,
        "unit": unit,
        "whose": unit.name if unit else firms[0].company.name,
        "firms": [(one.participation, [one.sheet(language) for language in languages]) for one in found],
        "chosen": languages if len(languages) == 1 else ["all"],
        "may_message": may(request.actor, "meetings.message", fair),
    }
    return render(request, "meetings/firm_schedule.html", context)
