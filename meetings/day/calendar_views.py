"""The page of a person's private calendar address, and what a calendar program reads there."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import LANGUAGES
from fairplatform.policy import permits
from meetings.models import CalendarFeed

from .actions import end_feed, make_feed
from .calendar_files import calendar_of_person


@never_cache
@require_http_methods(["GET", "POST"])
@permits("calendar.keep", Fair, fair="slug")
def calendar_feed(request: FairRequest, fair: Fair) -> HttpResponse:
    """Shows the address, makes one, or ends it."""
    if request.method == "POST":
        if request.POST.get("act") == "end":
            end_feed(request.actor, fair=fair.pk)
            messages.success(request, _("The address no longer works."))
        else:
            make_feed(request.actor, fair=fair.pk, now=timezone.now())
        return redirect("meetings:calendar_feed", fair=fair.slug)
    feed = CalendarFeed.objects.filter(fair=fair, user=request.actor.person).select_related("user").first()
    return render(request, "meetings/calendar_feed.html", {"fair": fair, "address": _address(feed, fair)})


def _address(feed: CalendarFeed | None, fair: Fair) -> str:
    if feed is None or not feed.is_valid:
        return ""
    return settings.PUBLIC_URL + reverse("meetings:calendar_read", args=[fair.slug, feed.secret])


@require_GET
@permits("page.open")
def calendar_read(request: FairRequest, fair: str, secret: str) -> HttpResponse:
    """A person's calendar, in their language, for a program that knows nothing but the address.

    It is unchanged (304) while no meeting was made, moved or cancelled.
    """
    feed = CalendarFeed.by_secret(secret, fair)
    if feed is None:
        raise Refused("not_found")
    language = feed.user.language if feed.user.language in LANGUAGES else "en"
    with translation.override(language):
        file = calendar_of_person(feed.user, feed.fair)
    etag = f'"{hashlib.sha256(file.content).hexdigest()}"'
    headers = {"Content-Disposition": f'inline; filename="{file.name}"', "ETag": etag, "Content-Language": language}
    response = HttpResponse(file.content, content_type=file.content_type, headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response
