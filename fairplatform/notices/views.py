"""A person's notices, newest first."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from fairplatform.accounts.models import User
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Registration
from fairplatform.fairs.places import places_for
from fairplatform.i18n.text import current_language
from fairplatform.policy import permits

from . import actions
from .models import Notice
from .sentences import sentence

ON_A_PAGE = 30


@dataclass(frozen=True)
class NoticeEntry:
    """A notice with its sentence."""

    notice: Notice
    text: str


@require_GET
@permits("page.signed_in")
def notices(request: FairRequest) -> HttpResponse:
    person = request.actor.person
    rows = Notice.objects.visible_to(person).select_related("fair")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    entries = [NoticeEntry(notice, _sentence(notice, person)) for notice in page.object_list]
    context: dict[str, Any] = {"page": page, "entries": entries, "unread": actions.unread(person), "query": ""}
    context["registrations"] = Registration.objects.visible_to(person).select_related("fair").order_by("-fair")
    return render(request, "notices/notices.html", context)


def _sentence(notice: Notice, person: User) -> str:
    language = current_language()
    places = places_for(person, notice.fair, language)
    return sentence(notice.code, notice.parameters, language=language, places=places)


@require_POST
@permits("notice.read", Notice, pk="pk")
def read(request: FairRequest, notice: Notice) -> HttpResponse:
    """Marks one notice as read and redirects to the page it is about."""
    actions.mark_read(request.actor, notice=notice.pk, now=timezone.now())
    return redirect(notice.path or "notices:notices")


@require_POST
@permits("page.signed_in")
def read_all(request: FairRequest) -> HttpResponse:
    actions.mark_all_read(request.actor, now=timezone.now())
    return redirect("notices:notices")
