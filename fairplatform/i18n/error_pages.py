"""The pages for an action that was refused, for a faulty request, and for a database that is unavailable."""

import logging
from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.errors import Refused
from fairplatform.observability.failures import is_database_unavailable, log_failure

from .text import HTML_LANG, current_language

logger = logging.getLogger(__name__)

# The HTTP status of a refusal by its code; 409 for all others.
STATUS = {
    "not_found": 404,
    "demonstration_only": 404,
    "sign_in": 401,
    "not_permitted": 403,
    "too_fast": 429,
    "too_large": 413,
    "unavailable": 503,
}
# What is wrong with a request by the status of its response, and what to do about it.
FAULTS: Mapping[int, tuple[Promise, Promise]] = {
    400: (
        _("This request could not be processed"),
        _("The address or the form data is not valid. Go back, reload the page and try again."),
    ),
    405: (
        _("This page cannot be opened directly"),
        _("Nothing was changed. This address only receives forms: go back and send the form from its own page."),
    ),
    413: (
        _("Too large to send"),
        _("Nothing was changed. Shorten the text or choose a smaller file, then send it again."),
    ),
}


def fault_page(status: int) -> HttpResponse:
    """Rendered without the layout, which may read the very thing that is wrong, such as the host."""
    what, do = FAULTS[status]
    context = {"html_lang": HTML_LANG[current_language()], "what": what, "do": do}
    return HttpResponse(render_to_string("errors/fault.html", context), status=status)


def unavailable_page() -> HttpResponse:
    """503, without reading the database: the fair cannot be reached for a moment."""
    page = render_to_string("errors/unavailable.html", {"html_lang": HTML_LANG[current_language()]})
    return HttpResponse(page, status=503, headers={"Retry-After": "5"})


def refused_page(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Says what was not done and why."""
    return render(request, "refused.html", {"refusal": refusal}, status=STATUS.get(refusal.code, 409))


class ErrorPagesMiddleware:
    """Responds with a page of its own when a view lets a Refused out, or fails because the database is unavailable.

    The same for the GET of an address that takes forms only: Django's own response is empty.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or request.method != "GET":
            return response
        page = fault_page(response.status_code)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if is_database_unavailable(exception):
            log_failure(logger, exception, "a page failed: %s", request.path)
            return unavailable_page()
        return refused_page(request, exception) if isinstance(exception, Refused) else None
