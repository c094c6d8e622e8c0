"""The page of messages with people's meetings, to be copied, and the links and codes that go into them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fairplatform.accounts.models import IssuedLink
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Registration
from fairplatform.i18n.text import HTML_LANG, direction
from fairplatform.policy import permits

from ..kept import MINUTES_KEPT
from .actions import AT_ONCE, issue_links
from .forms import Medium
from .kept import keep, kept
from .meeting_messages import WhichMeetings, message_to

PER_PAGE = 50


@never_cache
@require_GET
@permits("meetings.message", Fair, fair="slug")
def meeting_messages(request: FairRequest, fair: Fair) -> HttpResponse:
    """`?day=`, `?unit=`, `?company=`, `?meeting=`: whose. With the links that were just made here."""
    form, links = WhichMeetings(request.GET, fair, request.actor.person), _links(request, fair)
    page = Paginator(form.lists(), PER_PAGE).get_page(request.GET.get("page"))
    query = QueryDict(mutable=True)
    query.update({name: form.data[name] for name in form.cleaned_data if form.data.get(name)})
    context = {
        "fair": fair,
        "form": form,
        "page": page,
        "rows": [
            (own.person, message_to(own, fair, link), link, HTML_LANG[own.language], direction(own.language))
            for own in page.object_list
            for link in [links.get(own.person.pk)]
        ],
        "filtered": query.urlencode(),
        "query": f"{query.urlencode()}&" if query else "",
        "limit": AT_ONCE,
        "minutes": MINUTES_KEPT,
    }
    return render(request, "office/meeting_messages.html", context)


def _links(request: FairRequest, fair: Fair) -> dict[int, IssuedLink]:
    """By the key of the person: those that are valid, and kept."""
    found = kept(request.session, fair, now=timezone.now())
    return {row.user_id: link for row, link in found[0].links} if found else {}


@require_POST
@permits("meetings.message", Fair, fair="slug")
def issue(request: FairRequest, fair: Fair) -> HttpResponse:
    """Makes new links for everybody who gets one of these messages; on which page of them is the same."""
    query, now = QueryDict(request.POST.get("filtered", "")), timezone.now()
    people = [own.person.pk for own in WhichMeetings(query, fair, request.actor.person).lists()]
    rows = Registration.objects.filter(fair=fair, user__in=people).values_list("pk", flat=True)
    try:
        issued = issue_links(request.actor, fair=fair.pk, registrations=list(rows), medium=Medium.MESSAGES, now=now)
        keep(request.session, fair, issued, Medium.MESSAGES, now=now)
    except Refused as refused:
        messages.error(request, refused.sentence)
    address = reverse("office:meeting_messages", args=[fair.slug])
    return redirect(f"{address}?{query.urlencode()}" if query else address)
