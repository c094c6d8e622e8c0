"""The pages for errors, named as handlers in urls.py and settings.py; the web server is given `server_page`."""

import sys
from functools import cache

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, parse_cookie
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request

from fairplatform.errors import Refused
from fairplatform.i18n.error_pages import fault_page, refused_page, unavailable_page
from fairplatform.i18n.middleware import LanguageMiddleware
from fairplatform.i18n.text import HTML_LANG, current_language
from fairplatform.observability.failures import is_database_unavailable
from fairplatform.observability.requests import request_id

from .caching import CachingMiddleware
from .security_headers import SecurityHeadersMiddleware


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
    if failure is not None and is_database_unavailable(failure):
        return unavailable_page()
    return _failure_page(request_id())


def _failure_page(reference: str = "") -> HttpResponse:
    """Rendered without the layout, which may read the very thing that failed. The log has the same reference."""
    context = {"html_lang": HTML_LANG[current_language()], "reference": reference}
    return HttpResponse(render_to_string("errors/failed.html", context), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/stale_form.html", status=403)


def server_page(status: int, *, cookie: str, accept_language: str) -> HttpResponse:
    """For requests to which the web server itself responds: the page for 400, 413, 500 or 503, as from Django.

    `cookie` and `accept_language` are the headers of the request, as far as they have arrived.
    """
    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = accept_language
    request.COOKIES = parse_cookie(cookie)
    return _render_server_page(status, get_language_from_request(request))


@cache
def _render_server_page(status: int, language: str) -> HttpResponse:
    """Rendered once: whoever floods the server with bad requests costs it no more than it sends."""
    pages = {500: _failure_page, 503: unavailable_page}
    request = HttpRequest()
    request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = language
    respond = LanguageMiddleware(lambda _: pages[status]() if status in pages else fault_page(status))
    page = SecurityHeadersMiddleware(CachingMiddleware(respond))(request)
    # Their other half, which looks at requests, would redirect this one to https.
    page = SecurityMiddleware(respond).process_response(request, page)
    return XFrameOptionsMiddleware(respond).process_response(request, page)
