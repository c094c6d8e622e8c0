"""The page of a link by which somebody confirms an outcome without signing in."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fairplatform.accounts.forms import CodeForm
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.i18n.middleware import language_for
from fairplatform.policy import permits
from meetings.models import Meeting, OutcomeLink
from meetings.models.meeting import Side

from .comparison import ROWS, compare
from .kind_descriptions import KIND_DESCRIPTIONS
from .links import confirm_by_link, find_link, open_link


@never_cache
@require_http_methods(["GET", "POST"])
@permits("page.open")
def outcome_link(request: FairRequest, fair: str, secret: str) -> HttpResponse:
    """Asks for the code, then shows the version; posting `act=confirm` with the code again confirms it."""
    link, now = find_link(fair=fair, secret=secret), timezone.now()
    if link is None:
        return render(request, "meetings/outcome_link.html", {"link": None}, status=404)
    request.LANGUAGE_CODE = language_for(request, link.user.language)
    with translation.override(request.LANGUAGE_CODE):
        response = _answer(request, link, secret, now)
    response.headers["Content-Language"] = request.LANGUAGE_CODE
    return response


def _answer(request: FairRequest, link: OutcomeLink, secret: str, now: datetime) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {"secret": secret, "code": form.cleaned_data["code"], "now": now}
        try:
            if request.POST.get("act") == "confirm":
                confirm_by_link(link, hides_amount="hides_amount" in request.POST, **said)
                return redirect(request.path)
            open_link(link, **said)
        except Refused as refused:
            if refused.code != "code_wrong":
                return _page(request, OutcomeLink.objects.get(pk=link.pk), status=409, refused=refused)
            form.add_error("code", refused.sentence)
        else:
            return _page(request, link, form=form, shown=True)
    if not link.is_usable(now):
        is_used = link.ended_because == OutcomeLink.Ended.USED
        return _page(request, link, status=200 if is_used else 404)
    return _page(request, link, form=form)


def _page(request: FairRequest, link: OutcomeLink, *, status: int = 200, **more: Any) -> HttpResponse:
    """What the version says only to whoever has the code, and says to their side what is hidden from others."""
    meeting = Meeting.objects.with_names().get(outcome=link.version.outcome_id)
    side = Side(link.side)
    context = {
        "link": link,
        "fair": meeting.fair,
        "meeting": meeting,
        "version": link.version,
        "own": meeting.company_of(side),
        "other": meeting.company_of(side.other),
        "rows": [(name, label) for name, (label, _fields) in ROWS.items()],
        "kind_description": KIND_DESCRIPTIONS[link.version.kind],
        "state": link.version.outcome.state,
        "own_column": compare(meeting, side).own,
        "form": None,
        **more,
    }
    return render(request, "meetings/outcome_link.html", context, status=status)
