"""The pages on which managers hand out the links of their company's people."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from booths.models import Booth
from booths.own_booth import OwnBooth
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.office.kept import MINUTES_KEPT
from fairplatform.office.links.forms import Medium
from fairplatform.office.links.handout import make_handout
from fairplatform.office.links.kept import keep, kept
from fairplatform.office.links.queries import Belonging
from fairplatform.policy import permits

from .actions import MANAGE
from .colleague import Colleague
from .links import issue_link, send_link

_SHOWN = (Medium.CARDS, Medium.MESSAGES)


@require_POST
@permits(MANAGE, Colleague, fair="fair", staff="staff")
def staff_link(request: FairRequest, colleague: Colleague) -> HttpResponse:
    """Hands out a new link: on a card to print, in a message to copy, or by a letter to the person's own address."""
    fair, key, now = colleague.booth.fair, colleague.staff.pk, timezone.now()
    wanted = next((medium for medium in _SHOWN if medium == request.POST.get("medium")), None)
    try:
        if wanted:
            issued = issue_link(request.actor, fair=fair.slug, staff=key, medium=wanted, now=now)
            keep(request.session, fair, issued, wanted, now=now)
            return redirect("booth_office:staff_issued", fair=fair.slug)
        send_link(request.actor, fair=fair.slug, staff=key, now=now)
        messages.success(request, _("The email is on its way."))
    except Refused as refused:
        if refused.code == "not_found":
            raise
        messages.error(request, refused.sentence)
    return redirect("booth_office:staff_person", fair=fair.slug, staff=key)


@never_cache
@require_GET
@permits(MANAGE, OwnBooth, fair="fair")
def staff_issued(request: FairRequest, booth: Booth) -> HttpResponse:
    """The link that this browser's manager has just handed out, with its code, for as long as it is kept."""
    found = kept(request.session, booth.fair, now=timezone.now())
    if found is None:
        messages.error(request, _("This link and code can no longer be shown. Make a new one if it is needed."))
        return redirect("booth_office:staff", fair=booth.fair.slug)
    issued, medium = found
    belonging = Belonging(companies=[booth.participation.company.name])
    is_drawn = medium != Medium.MESSAGES
    context = {
        "booth": booth,
        "fair": booth.fair,
        "medium": medium,
        "minutes": MINUTES_KEPT,
        "handouts": [make_handout(row, link, belonging, is_drawn=is_drawn) for row, link in issued.links],
    }
    return render(request, "booth_office/staff/issued.html", context)
