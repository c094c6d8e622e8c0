"""The exhibitor's own side of its booth: who is here, who asks; and a visitor's way to ask."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from booths.actions import open_inquiry
from booths.live import inquiries, live
from booths.models import Booth, Inquiry
from chat.forms import MessageForm
from chat.queries import newest
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.fairs.people import persons
from fairplatform.policy import check, permits

ON_A_PAGE = 20


@require_GET
@permits("office.open", Fair, fair="slug")
def office(request: FairRequest, fair: Fair) -> HttpResponse:
    booth = _own_booth(request, fair)
    person = request.actor.person
    page = Paginator(inquiries(booth, person), ON_A_PAGE).get_page(request.GET.get("page"))
    visitors = persons({row.visitor_id for row in page.object_list}, fair.pk)
    context = {
        "fair": fair,
        "booth": booth,
        "live": live(booth, request.actor),
        "page": page,
        "rows": [(row, visitors[row.visitor_id]) for row in page.object_list],
        "query": "",
        **_chosen(booth, request.GET.get("inquiry", "")),
    }
    return render(request, "booths/office.html", context)


def _own_booth(request: FairRequest, fair: Fair) -> Booth:
    """The booth of the person's company; nobody else learns that there is an office."""
    actor = request.actor
    own = Booth.objects.filter(fair=fair, participation__company__in=actor.person.positions.values("company"))
    booth = own.select_related("fair", "hall", "participation__company", "participation__fair").first()
    if booth is None:
        raise Refused("not_found")
    check(actor, "booth.attend", booth)
    return booth


def _chosen(booth: Booth, key: str) -> dict[str, Any]:
    """What the panel beside the list shows; nothing when no inquiry of this booth was chosen."""
    rows = booth.inquiries.select_related("conversation", "visitor")
    chosen = rows.filter(pk=key).first() if key.isascii() and key.isdecimal() and len(key) < 16 else None
    if chosen is None:
        return {"chosen": None}
    messages, _ = newest(chosen.conversation)
    return {
        "chosen": chosen,
        "asker": persons([chosen.visitor_id], booth.fair_id)[chosen.visitor_id],
        "conversation": chosen.conversation,
        "messages_shown": messages,
    }


@require_POST
@permits("booth.write", Booth, fair="fair__slug", booth="slug")
def contact(request: FairRequest, booth: Booth) -> HttpResponse:
    """Opens the conversation: beside the booth where the page can, else on its own page."""
    inquiry = open_inquiry(request.actor, booth=booth.pk, now=timezone.now())
    if not request.htmx:
        return redirect("chat:conversation", booth.fair.slug, inquiry.conversation_id)
    return render(request, "chat/panel.html", {**panel(inquiry), "focus": True})


def panel(inquiry: Inquiry) -> dict[str, Any]:
    messages, _ = newest(inquiry.conversation)
    return {
        "conversation": inquiry.conversation,
        "messages_shown": messages,
        "may_write": True,
        "form": MessageForm(),
    }
