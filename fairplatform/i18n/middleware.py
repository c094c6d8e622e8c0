"""Which language a page is in, and what a refused action shows."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language_from_request

from fairplatform.errors import Refused
from fairplatform.observability.failures import is_database_unavailable, log_failure

from .text import HTML_LANG, current_language

logger = logging.getLogger(__name__)

STATUS = {
    "not_found": 404,
    "demonstration_only": 404,
    "sign_in": 401,
    "not_permitted": 403,
    "too_fast": 429,
    "too_large": 413,
    "unavailable": 503,
}


class LanguageMiddleware:
    """The cookie a person chose by, else the browser's wish; never the address, so links are the same for all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Our pages send UTF-8. Another encoding a request names for itself may hold what no database can keep.
        request.encoding = "utf-8"
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or get_language_from_request(request)
        if language not in dict(settings.LANGUAGES):
            language = "en"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response


def unavailable() -> HttpResponse:
    """Says that the fair cannot be reached for a moment, in a page that reads nothing."""
    page = render_to_string("errors/unavailable.html", {"html_lang": HTML_LANG[current_language()]})
    return HttpResponse(page, status=503, headers={"Retry-After": "5"})


class RefusedMiddleware:
    """A refusal that no view turned into a form error becomes a page of its own, in the reader's words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if is_database_unavailable(exception):
            log_failure(logger, exception, "a page failed: %s", request.path)
            return unavailable()
        if not isinstance(exception, Refused):
            return None
        return refused(request, exception)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The page that says what was not done and why."""
    return render(request, "refused.html", {"refusal": refusal}, status=STATUS.get(refusal.code, 409))
