"""The list of a person's conversations, and the page of one: readable and writable without JavaScript."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.policy import may, permits

from . import queries
from .actions import mark_read, post_message
from .forms import MessageForm, SearchForm
from .models import Conversation
from .protocol import NumberedMessage
from .title import Title

PAGE_SIZE = 20  # conversations


@require_GET
@permits("conversation.list", Fair, fair="slug")
def conversations(request: FairRequest, fair: Fair) -> HttpResponse:
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    rows = queries.conversations(request.actor.person, fair, words)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    others = queries.other_members(page.object_list, request.actor.person)
    context = {
        "fair": fair,
        "page": page,
        "rows": [(row, Title(others[row.pk])) for row in page.object_list],
        "words": words,
        "query": f"{urlencode({'q': words})}&" if words else "",
        "form": form,
    }
    return render(request, "chat/conversations.html", context)


@require_http_methods(["GET", "POST"])
@permits("conversation.read", Conversation, fair="fair__slug", pk="pk")
def conversation(request: FairRequest, conversation: Conversation) -> HttpResponse:
    form = MessageForm(request.POST or None)
    if request.method == "POST" and _store_message(request, conversation, form):
        return redirect(request.path)
    messages, has_earlier = queries.newest(conversation, before=_message_number(request.GET.get("before")))
    person = request.actor.person
    if messages and request.method == "GET" and "before" not in request.GET:
        mark_read(request.actor, conversation=conversation.pk, up_to=messages[-1].seq)
    context = {
        "fair": conversation.fair,
        "conversation": conversation,
        "title": Title(queries.other_members([conversation], person)[conversation.pk]),
        "messages_shown": messages,
        "oldest": _oldest(messages, has_earlier),
        "may_write": may(request.actor, "conversation.write", conversation),
        "form": form,
    }
    return render(request, "chat/conversation.html", context)


def _store_message(request: FairRequest, conversation: Conversation, form: MessageForm) -> bool:
    """Stores the message of a valid form; False, with the error in the form, when it is refused."""
    if not form.is_valid():
        return False
    client_id, body = form.cleaned_data["client_id"], form.cleaned_data["body"]
    try:
        post_message(request.actor, conversation=conversation.pk, client_id=client_id, body=body, now=timezone.now())
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return False
    return True


def _message_number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 16 else None


def _oldest(messages: list[NumberedMessage], has_earlier: bool) -> int | None:
    """The number that the link to older messages begins before; None when there are none."""
    return messages[0].seq if messages and has_earlier else None
