"""The briefs of a fair's days: the list, a day's page, writing and approving it, and its PDF."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.policy import permits

from .briefs import pdf
from .briefs.actions import approve_brief, write_brief
from .briefs.days import read_date
from .briefs.figures import Scope
from .briefs.forms import ApprovalForm, BriefForm
from .briefs.queries import listed, read_brief
from .briefs.showing import changed, shown
from .files import CONTENT_TYPES
from .tables import PAIRS, asked_languages, chosen_languages

MOST_DIGITS = 9  # of a revision
HIDING = ("not_found", "not_permitted", "not_for_others")


@require_GET
@permits("report.see", Fair, fair="slug")
def briefs(request: FairRequest, fair: Fair) -> HttpResponse:
    context = {"fair": fair, "days": listed(fair), "now": timezone.now()}
    return render(request, "report/briefs.html", context)


@require_GET
@permits("report.see", Fair, fair="slug")
def brief(request: FairRequest, fair: Fair, on: str) -> HttpResponse:
    return _page(request, fair, _date(on))


@require_POST
@permits("brief.write", Fair, fair="slug")
def write(request: FairRequest, fair: Fair, on: str) -> HttpResponse:
    """Stores the words; those that cannot be stored stay in the form."""
    day, form = _date(on), BriefForm(request.POST)
    if not form.is_valid():
        return _page(request, fair, day, form)
    try:
        write_brief(request.actor, fair=fair.pk, on=day, words=form.words, base=_base(request), now=timezone.now())
    except Refused as refused:
        if refused.code in HIDING:
            raise
        form.add_error(None, refused.sentence)
        return _page(request, fair, day, form)
    messages.success(request, _("Saved."))
    return redirect("report:brief", fair=fair.slug, on=on)


@require_POST
@permits("brief.approve", Fair, fair="slug")
def approve(request: FairRequest, fair: Fair, on: str) -> HttpResponse:
    day, early = _date(on), bool(request.POST.get("early"))
    try:
        approve_brief(request.actor, fair=fair.pk, on=day, base=_base(request), is_early=early, now=timezone.now())
    except Refused as refused:
        if refused.code in HIDING:
            raise
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("The brief has been approved. Its figures stay as they are now."))
    return redirect("report:brief", fair=fair.slug, on=on)


@never_cache
@require_GET
@permits("report.see", Fair, fair="slug")
def download(request: FairRequest, fair: Fair, on: str) -> HttpResponse:
    """The page as PDF. `lang`: its languages, as `zh+en` or once each."""
    found = read_brief(fair, _date(on), now=timezone.now())
    try:
        content = pdf.written(found, chosen_languages(asked_languages(request.GET.getlist("lang"))))
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("report:brief", fair=fair.slug, on=on)
    disposition = content_disposition_header(as_attachment=True, filename=f"{fair.slug}-brief-{on}.pdf") or "attachment"
    return HttpResponse(content, content_type=CONTENT_TYPES["pdf"], headers={"Content-Disposition": disposition})


def _page(request: FairRequest, fair: Fair, on: date, form: BriefForm | None = None) -> HttpResponse:
    """With a form that was refused, the newest words stand on the page beside those that were typed."""
    found = read_brief(fair, on, now=timezone.now())
    if form:
        request.page_address = reverse("report:brief", args=[fair.slug, on.isoformat()])
    context = {
        "fair": fair,
        "brief": found,
        "on": on.isoformat(),
        "tables": shown(found),
        "changed": changed(found),
        "form": form or BriefForm.of(found),
        "approval": ApprovalForm(),
        "scopes": list(Scope),
        "pairs": PAIRS,
    }
    return render(request, "report/brief.html", context, status=409 if form else 200)


def _base(request: FairRequest) -> int:
    """The revision that the page showed when its form was filled in."""
    base = request.POST.get("base", "")
    return int(base) if base.isdecimal() and len(base) <= MOST_DIGITS else 0


def _date(on: str) -> date:
    """Raises Refused("not_found") unless it is a date."""
    found = read_date(on)
    if found is None:
        raise Refused("not_found")
    return found
