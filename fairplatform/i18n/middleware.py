"""The language of a page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language_from_request


def set_language_cookie(response: HttpResponse, language: str) -> None:
    """The browser gets pages in this language from now on (LanguageMiddleware)."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def language_for(request: HttpRequest, language: str) -> str:
    """In what language to greet somebody of whom it is known that they read this one: no choice made in this browser is
    overruled, nor what it wishes by English, which accounts have of which nobody has said anything.
    """
    is_chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    known = language in dict(settings.LANGUAGES) and language != settings.LANGUAGE_CODE
    return language if known and not is_chosen else get_language_from_request(request)


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
