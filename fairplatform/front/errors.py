"""The pages for what went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from fairplatform.language.text import HTML_LANG, current_language
from fairplatform.telemetry.requests import request_id


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/not_found.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Rendered without the frame: what failed may be what the frame would read. The reference is the log's too."""
    context = {"html_lang": HTML_LANG[current_language()], "reference": request_id()}
    page = render_to_string("errors/failed.html", context)
    return HttpResponse(page, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/stale_form.html", status=403)
