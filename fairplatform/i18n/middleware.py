"""The language of a page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language_from_request


def language_of(request: HttpRequest) -> str:
    """The person's choice, which a cookie keeps, else by Accept-Language; never by the URL, so links suit everybody."""
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or get_language_from_request(request)
    return language if language in dict(settings.LANGUAGES) else "en"


class LanguageMiddleware:
    """Responds in the language of the request.

    It encloses the session's middleware: a session that has ended or cannot be stored is an error page, too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Our pages send UTF-8. Decoded by a charset of the client's choice, text may contain what no database stores.
        request.encoding = "utf-8"
        language = language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response
