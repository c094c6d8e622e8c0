"""A visitor writes to a booth."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from booths.actions import open_inquiry
from booths.models import Booth, Inquiry
from chat.forms import MessageForm
from chat.queries import newest
from fairplatform.accounts.request import FairRequest
from fairplatform.policy import permits


@require_POST
@permits("booth.write", Booth, fair="fair__slug", booth="slug")
def contact(request: FairRequest, booth: Booth) -> HttpResponse:
    """Opens the visitor's conversation with the booth: in its page for htmx, else on the conversation's own page."""
    inquiry = open_inquiry(request.actor, booth=booth.pk, now=timezone.now())
    if not request.htmx:
        return redirect("chat:conversation", booth.fair.slug, inquiry.conversation_id)
    return render(request, "chat/panel.html", {**conversation_panel(inquiry), "focus": True})


def conversation_panel(inquiry: Inquiry) -> dict[str, object]:
    """The context of `chat/panel.html` for the visitor of the inquiry."""
    messages, _has_older = newest(inquiry.conversation)
    return {
        "conversation": inquiry.conversation,
        "messages_shown": messages,
        "may_write": True,
        "form": MessageForm(),
    }
