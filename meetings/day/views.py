"""The page "My day": a participant's schedule, next meeting and tasks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from chat.queries import unread
from fairplatform.accounts.models import User
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, FairDay, Participation, Slot
from fairplatform.fairs.places import places_for
from fairplatform.fairs.slots import current_day
from fairplatform.i18n.text import Translated, current_language
from fairplatform.policy import Role, permits
from meetings.brief import companies, interpreters, match
from meetings.figures.counting import count_figures
from meetings.message import day_message, in_each_language
from meetings.models import Meeting
from meetings.outcomes.queries import awaiting_confirmation, awaiting_draft, represented_side
from meetings.requests.actions import ANSWER_BEFORE
from meetings.requests.queries import left_alone, pending_for
from meetings.satisfaction.queries import awaiting_rating
from meetings.schedule.availability import day_breaks
from meetings.schedule.fair_calendars import calendars
from meetings.slips.queries import own_slips
from meetings.slips.slip import Slip
from meetings.status import ActionLink, countdown, outcome_progress, page_url, partners

from . import queries
from .timeline import timeline

NO_FAIR = {Role.PERSON}
SOON = timedelta(hours=1)
# By the outcome's progress: what waits for the person, and the label of the link to it.
OUTCOME_TASKS = {
    "none": (gettext_lazy("Outcome not recorded yet"), gettext_lazy("Record the outcome")),
    "drafted": (gettext_lazy("A draft is ready, confirmed by no side"), gettext_lazy("Confirm")),
    "mine": (gettext_lazy("Waiting for the other side"), gettext_lazy("View")),
    "theirs": (gettext_lazy("Outcome submitted by the other side"), gettext_lazy("Confirm")),
    "differing": (gettext_lazy("The two records do not match"), gettext_lazy("Compare")),
    "withdrawn": (gettext_lazy("The confirmation was withdrawn"), gettext_lazy("View")),
    "agreed": (gettext_lazy("The other side proposes a correction of the agreed outcome"), gettext_lazy("Compare")),
}


@dataclass(frozen=True)
class ToDo:
    """Something that waits for the person: the companies it is about, what it is, and the link to it.

    `rated`: the meeting that is rated by one press, here.
    """

    names: tuple[Translated, ...]
    what: str
    action: ActionLink
    at: datetime | None = None
    rated: Meeting | None = None


@require_GET
@permits("day.see", Fair, fair="slug")
def day(request: FairRequest, fair: Fair) -> HttpResponse:
    """The whole page. htmx asks again whenever something has changed and gets the changing part alone."""
    person, now = request.actor.person, timezone.now()
    htmx = request.htmx
    part = bool(htmx) and not htmx.history_restore_request
    context = {"fair": fair, "now": now, **_context(person, fair, now, request.GET.get("day", ""))}
    return render(request, "meetings/_day.html" if part else "meetings/day.html", context)


def _context(person: User, fair: Fair, now: datetime, wanted: str) -> dict[str, Any]:
    own = memberships(person, fair.pk)
    if own.roles <= NO_FAIR:
        return {"outsider": True}
    days = queries.slots_by_day(fair)
    chosen = next((d for d in days if str(d.number) == wanted), None) or queries.day_at(days, now)
    context: dict[str, Any] = {"days": list(days), "chosen": chosen, "today": current_day(fair, days, now)}
    if Role.ORGANISER in own.roles:
        context["figures"] = count_figures(fair, now=now)
    meetings = queries.own_meetings(person, fair)
    context["manager_of"] = sorted(own.manager_of)
    context["interprets"] = Role.INTERPRETER in own.roles
    context["asks"] = bool(own.staff_of)
    context["has_timeline"] = bool(own.staff_of or meetings or Role.INTERPRETER in own.roles)
    if context["has_timeline"] and chosen:
        context |= _timeline(person, fair, chosen, days[chosen], meetings, now)
    upcoming = queries.next_meeting(meetings, now)
    context["next"] = _next(upcoming, person, now) if upcoming else None
    context["tasks"] = _tasks(person, fair, now)
    context["changes"] = _changes(meetings, now)
    return context


def _timeline(
    person: User, fair: Fair, chosen: FairDay, slots: list[Slot], meetings: list[Meeting], now: datetime
) -> dict[str, Any]:
    """The chosen day as a timeline, and as a message to share."""
    today = [meeting for meeting in meetings if meeting.slot.day_id == chosen.pk]
    places = places_for(person, fair, current_language())
    both = calendars(fair, _cities(person, fair))
    worked = [slot for slot in slots if all(one.is_free(*slot.planned_times()) for one in both)]
    sides = [(meeting, meeting.side_of(person)) for meeting in today if meeting.state != Meeting.State.MISSED]
    return {
        "entries": timeline(worked, today, day_breaks(slots, both), person=person, now=now),
        "share": in_each_language(
            lambda: day_message(chosen.date, chosen.number, sides, fair=fair.slug, places=places)
        ),
    }


def _cities(person: User, fair: Fair) -> list[tuple[str, str]]:
    """(country, city) of the person's own company and of the country it meets; without a company, of the fair's two."""
    own = Participation.objects.filter(pk__in=memberships(person, fair.pk).staff_of).select_related("company").first()
    both = (fair.host_country, fair.station_country)
    if own is None:
        return [(country, "") for country in both]
    country = own.company.country
    # A company of a third country meets the other side.
    others = [other for other in both if other != country]
    if country not in both and own.sells != own.buys:
        others = [fair.station_country if own.sells else fair.host_country]
    return [(country, own.company.city), *((other, "") for other in others)]


def _next(meeting: Meeting, person: User, now: datetime) -> dict[str, Any]:
    """The context of the card for the running or next meeting."""
    side = meeting.side_of(person)
    both = companies(meeting)
    url = meeting.get_absolute_url()
    running = meeting.is_running(now)
    is_room_open = meeting.is_room_open(now)
    return {
        "meeting": meeting,
        "side": side,
        "partners": [both[s] for s in both if s != side],
        "names": partners(meeting, side),
        "due": "now" if is_room_open else "soon" if meeting.starts_at - now < SOON else "later",
        "running": running,
        "until": meeting.ends_at if running else meeting.starts_at,
        "countdown": countdown((meeting.ends_at if running else meeting.starts_at) - now),
        "match": match(meeting),
        "interpreters": interpreters(meeting),
        "action": ActionLink(page_url(meeting, "room"), _("Join"))
        if is_room_open
        else ActionLink(url, _("Open the brief")),
    }


def _tasks(person: User, fair: Fair, now: datetime) -> list[ToDo]:
    """The list of meetings and outcomes to confirm, requests to answer, messages to read."""
    tasks = [_slip_task(slip) for slip in own_slips(person, fair, now) if slip.asked]
    to_confirm = awaiting_confirmation(person, fair, now)
    for meeting in to_confirm:
        side = represented_side(person, meeting)
        what, label = OUTCOME_TASKS[outcome_progress(meeting, side)]
        action = ActionLink(page_url(meeting, "outcome"), str(label))
        tasks.append(ToDo(partners(meeting, side), str(what), action))
    what, label = OUTCOME_TASKS["none"]
    # Who is of a company and looks after it as a liaison officer, too, reads once what is to be done for it.
    for meeting in (one for one in awaiting_draft(person, fair, now) if one not in to_confirm):
        action = ActionLink(page_url(meeting, "outcome"), str(label))
        tasks.append(ToDo(partners(meeting, None), str(what), action, meeting.starts_at))
    for meeting in awaiting_rating(person, fair, now):
        names = partners(meeting, represented_side(person, meeting))
        action = ActionLink(page_url(meeting, "satisfaction"), "")
        tasks.append(ToDo(names, _("How was the meeting?"), action, meeting.starts_at, rated=meeting))
    for alone in left_alone(person, fair, now + ANSWER_BEFORE):
        left = _("cannot come: ask another company for the same time")
        action = ActionLink(page_url(alone, "substitutes"), _("View"))
        tasks.append(ToDo(partners(alone, alone.side_of(person)), left, action, alone.starts_at))
    requests = reverse("meetings:requests", args=[fair.slug])
    for pending in pending_for(person, fair):
        action = ActionLink(f"{requests}#request-{pending.pk}", _("Respond"))
        tasks.append(ToDo((pending.sender.company.name,), _("has requested a meeting"), action, pending.slot.starts_at))
    if number := unread(person, fair):
        words = ngettext("%(number)s unread message", "%(number)s unread messages", number) % {"number": number}
        tasks.append(ToDo((), words, ActionLink(reverse("chat:conversations", args=[fair.slug]), _("View"))))
    return tasks


def _slip_task(slip: Slip) -> ToDo:
    what = _("Please confirm your list of meetings")
    if slip.state == "changed":
        what = _("Your list of meetings has changed: please confirm what is new")
    url = reverse("meetings:slip", args=[slip.participation.fair.slug, slip.participation.pk])
    return ToDo((), what, ActionLink(url, _("Confirm")))


def _changes(meetings: list[Meeting], now: datetime) -> str:
    """When the page is next out of date (ISO 8601): a room opens, a meeting begins or ends. Empty: never."""
    instants = [at for m in meetings for at in (m.opens_at, m.starts_at, m.ends_at) if at > now]
    return min(instants).isoformat() if instants else ""
