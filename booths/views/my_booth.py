"""An exhibitor's own booth, for its people: who is there now, and the inquiries with their conversations."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from booths.booth_state import booth_state
from booths.models import Booth
from booths.own_booth import load_own
from booths.queries import inquiries
from chat.queries import newest
from fairplatform.accounts.request import FairRequest
from fairplatform.db.keys import row_key
from fairplatform.fairs.models import Fair
from fairplatform.fairs.people import people_by_key
from fairplatform.policy import permits

INQUIRIES_PER_PAGE = 20


@require_GET
@permits("office.open", Fair, fair="slug")
def my_booth(request: FairRequest, fair: Fair) -> HttpResponse:
    booth = load_own(request.actor, "booth.attend", fair.slug)
    rows = inquiries(booth, request.actor.person)
    page = Paginator(rows, INQUIRIES_PER_PAGE).get_page(request.GET.get("page"))
    visitors = people_by_key({row.visitor_id for row in page.object_list}, fair.pk)
    context = {
        "fair": fair,
        "booth": booth,
        "state": booth_state(booth, request.actor),
        "page": page,
        "rows": [(row, visitors[row.visitor_id]) for row in page.object_list],
        "query": "",
        **_chosen_inquiry(booth, request.GET.get("inquiry", "")),
    }
    return render(request, "booths/my_booth.html", context)


def _chosen_inquiry(booth: Booth, key: str) -> dict[str, object]:
    """What is shown beside the list: the conversation of the inquiry with this key, if it is one of this booth."""
    rows = booth.inquiries.select_related("conversation", "visitor")
    chosen = rows.filter(pk=row_key(key) or 0).first()
    if chosen is None:
        return {"chosen": None}
    messages, _has_older = newest(chosen.conversation)
    return {
        "chosen": chosen,
        "asker": people_by_key([chosen.visitor_id], booth.fair_id)[chosen.visitor_id],
        "conversation": chosen.conversation,
        "messages_shown": messages,
    }
