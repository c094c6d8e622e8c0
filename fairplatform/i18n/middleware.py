"""The language of a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language_from_request


class LanguageMiddleware:
    """Responds in the language of the person's cookie, else of Accept-Language; never of the URL: links suit everybody.

    It encloses the session's middleware: a session that has ended or cannot be stored is an error page, too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Our pages send UTF-8. Decoded by a charset of the client's choice, text may contain what no database stores.
        request.encoding = "utf-8"
        language = get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response
