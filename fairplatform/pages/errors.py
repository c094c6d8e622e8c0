"""The pages for errors, named as handlers in urls.py and settings.py."""

import sys

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from fairplatform.errors import Refused
from fairplatform.i18n.error_pages import fault_page, refused_page, unavailable_page
from fairplatform.i18n.text import HTML_LANG, current_language
from fairplatform.observability.failures import is_database_unavailable
from fairplatform.observability.requests import request_id


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, SessionInterrupted):
        return csrf_failure(request)
    return fault_page(413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refused_page(request, Refused("not_permitted"))


def too_many(request: HttpRequest) -> HttpResponse:
    """For allauth, when somebody exceeds one of its rate limits."""
    return refused_page(request, Refused("too_fast"))


def failed(request: HttpRequest) -> HttpResponse:
    failure = sys.exc_info()[1]
    return unavailable_page() if failure is not None and is_database_unavailable(failure) else _failure_page()


def _failure_page() -> HttpResponse:
    """Rendered without the layout, which may read the very thing that failed. The log has the same reference."""
    context = {"html_lang": HTML_LANG[current_language()], "reference": request_id()}
    return HttpResponse(render_to_string("errors/failed.html", context), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/stale_form.html", status=403)
