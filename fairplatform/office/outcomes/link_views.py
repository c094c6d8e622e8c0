"""Letting in a company's people by a new link with its code, to confirm the outcomes that the company owes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation, Registration
from fairplatform.policy import permits
from meetings.owed.queries import by_company, owed, owing
from meetings.status import page_url

from ..links.actions import issue_links
from ..links.forms import Medium
from ..links.kept import keep


@require_POST
@permits("fair.organise", Fair, fair="slug")
def link(request: FairRequest, fair: Fair, company: int) -> HttpResponse:
    """To copy as messages: they open the outcome, or the schedule with all that is to do where several are owed."""
    now = timezone.now()
    lines = by_company(owed(request.actor.person, fair, now))
    found = owing(Participation.objects.filter(pk=company, pk__in=lines).select_related("company"), lines)
    if not found:
        raise Refused("not_found")
    [one] = found
    several = len(one.items) > 1
    path = reverse("meetings:day", args=[fair.slug]) if several else page_url(one.items[0].meeting, "outcome")
    rows = Registration.objects.filter(fair=fair, user__in=one.speakers).values_list("pk", flat=True)
    if not rows:
        messages.error(request, _("Nobody of this company has an account that a link could be given to."))
        return redirect("office:outcomes", fair=fair.slug)
    issued = issue_links(
        request.actor, fair=fair.pk, registrations=list(rows), medium=Medium.MESSAGES, now=now, leads_to=path
    )
    keep(request.session, fair, issued, Medium.MESSAGES, now=now)
    return redirect("office:links_issued", fair=fair.slug)
