"""The board, and the page on which one meeting of the draft is moved or locked."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from booths.forms import filter_query
from booths.views.list_pages import PER_PAGE, Context
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import current_language
from fairplatform.i18n.times import format_day
from fairplatform.policy import permits
from meetings.models import PlannedMeeting
from meetings.schedule.reserve import reserve_slots
from meetings.versions.moving import Targets, lock_planned, move_planned
from meetings.versions.reasons import NOT_PLACED
from meetings.versions.short import full

from . import board as boards
from . import queries


@require_GET
@permits("schedule.plan", Fair, fair="slug")
def board(request: FairRequest, fair: Fair) -> HttpResponse:
    """One day of the draft, or of what is published."""
    draft, days = queries.draft_of(fair), list(boards.days(fair))
    choices = [(str(day.pk), format_day(day.date, current_language())) for day, _slots in days]
    form = boards.BoardFilter(request.GET, choices, has_draft=draft is not None)
    values = form.values
    day, slots = next(
        ((day, of) for day, of in days if str(day.pk) == values.get("day")), days[0] if days else (None, [])
    )
    is_draft = draft is not None and values.get("of") != "published"
    cards = boards.cards_of_draft(draft, slots) if is_draft and draft else boards.cards_of_meetings(fair, slots)
    by = str(values.get("by") or "firm")
    pages = Paginator(boards.lines(fair, by, cards, slots, str(values.get("q") or "")), PER_PAGE)
    shown = {one.pk: one for card in cards for one in (card.exhibitor, card.buyer)}
    rows = list(draft.rows.all()) if is_draft and draft else []
    context: Context = {
        "fair": fair, "form": form, "day": day, "slots": slots, "by": by, "is_draft": is_draft, "number": len(cards),
        "page": pages.get_page(request.GET.get("page")), "query": f"{filter_query(values)}&" if values else "",
        "full": full(shown.values(), fair, rows) if by == "firm" else (), "reserve": reserve_slots(fair),
    }  # fmt: skip
    return render(request, "office/scheduling/board.html", context)


@require_http_methods(["GET", "POST"])
@permits("schedule.plan", Fair, fair="slug")
def board_move(request: FairRequest, fair: Fair, pk: int) -> HttpResponse:
    """Where a planned meeting could go, and what is against the other times; then moves it.

    `to`: the time onto which it was dragged.
    """
    now, refusal, row = timezone.now(), "", _row(fair, pk)
    wanted = _time(request.POST.get("to") or request.GET.get("to", ""))
    if request.method == "POST":
        if wanted is None:
            raise Refused("malformed")
        try:
            revision = _revision(request)
            moved = move_planned(request.actor, fair=fair.pk, planned=pk, starts_at=wanted, revision=revision, now=now)
        except Refused as refused:
            if refused.code in ("not_found", "malformed"):
                raise
            refusal, row = refused.sentence, _row(fair, pk)
        else:
            messages.success(request, _("The meeting has been moved in the draft."))
            return redirect("office:board_move", fair.slug, moved.pk)
    every = Targets(row, now).every
    context: Context = {
        "fair": fair,
        "row": row,
        "refusal": refusal,
        "is_full": not row.starts_at and full([row.exhibitor, row.buyer], fair, list(row.version.rows.all())),
        "full": NOT_PLACED["ceiling"],
        "wanted": next((target for target in every if target.slot.starts_at == wanted), None),
        "possible": [target for target in every if not target.hindrances],
        "others": [target for target in every if target.hindrances],
    }
    return render(request, "office/scheduling/move.html", context, status=409 if request.method == "POST" else 200)


@require_POST
@permits("schedule.plan", Fair, fair="slug")
def board_lock(request: FairRequest, fair: Fair, pk: int) -> HttpResponse:
    """Locks a planned meeting, or unlocks it."""
    row, is_locked = _row(fair, pk), request.POST.get("lock") == "on"
    try:
        lock_planned(request.actor, fair=fair.pk, planned=row.pk, is_locked=is_locked, revision=_revision(request))
    except Refused as refused:
        if refused.code in ("not_found", "malformed"):
            raise
        messages.error(request, str(refused.sentence))
    return redirect("office:board_move", fair.slug, pk)


def _row(fair: Fair, pk: int) -> PlannedMeeting:
    draft = queries.draft_of(fair)
    rows = (
        draft.rows.select_related("version__fair", "exhibitor__company", "buyer__company", "interpreter")
        if draft
        else None
    )
    row = rows.filter(pk=pk).first() if rows is not None else None
    if row is None:
        raise Refused("not_found")
    return row


def _time(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _revision(request: FairRequest) -> int:
    text = request.POST.get("revision", "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refused("malformed")
    return int(text)
