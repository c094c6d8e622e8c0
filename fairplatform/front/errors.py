"""The pages for what went wrong."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from fairplatform.language.middleware import unavailable
from fairplatform.language.text import HTML_LANG, current_language
from fairplatform.outage import is_without_database
from fairplatform.telemetry.requests import request_id


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/not_found.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Rendered without the frame: what failed may be what the frame would read. The reference is the log's too."""
    failure = sys.exc_info()[1]
    if failure is not None and is_without_database(failure):
        return unavailable()
    context = {"html_lang": HTML_LANG[current_language()], "reference": request_id()}
    page = render_to_string("errors/failed.html", context)
    return HttpResponse(page, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/stale_form.html", status=403)
