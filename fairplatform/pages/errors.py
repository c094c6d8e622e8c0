"""The pages for errors, named as handlers in urls.py and settings.py."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from fairplatform.errors import Refused
from fairplatform.i18n.error_pages import refused_page, unavailable_page
from fairplatform.i18n.text import HTML_LANG, current_language
from fairplatform.observability.failures import is_database_unavailable
from fairplatform.observability.requests import request_id


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Rendered without the layout, which may read the very thing that is malformed, such as the host."""
    is_large = isinstance(exception, RequestDataTooBig)
    what = _("Too large to send") if is_large else _("This request could not be processed")
    do = (
        _("Nothing was changed. Shorten the text or choose a smaller file, then send it again.")
        if is_large
        else _("The address or the form data is not valid. Go back, reload the page and try again.")
    )
    context = {"html_lang": HTML_LANG[current_language()], "what": what, "do": do}
    return HttpResponse(render_to_string("errors/bad_request.html", context), status=413 if is_large else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refused_page(request, Refused("not_permitted"))


def too_many(request: HttpRequest) -> HttpResponse:
    """For allauth, when somebody exceeds one of its rate limits."""
    return refused_page(request, Refused("too_fast"))


def failed(request: HttpRequest) -> HttpResponse:
    """Rendered without the layout, which may read the very thing that failed. The log has the same reference."""
    failure = sys.exc_info()[1]
    if failure is not None and is_database_unavailable(failure):
        return unavailable_page()
    context = {"html_lang": HTML_LANG[current_language()], "reference": request_id()}
    page = render_to_string("errors/failed.html", context)
    return HttpResponse(page, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/stale_form.html", status=403)
