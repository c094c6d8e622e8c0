"""The language of a page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language_from_request


class LanguageMiddleware:
    """Chooses it by the person's cookie, else by Accept-Language; never by the URL, so links work for everybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Our pages send UTF-8. Decoded by a charset of the client's choice, text may contain what no database stores.
        request.encoding = "utf-8"
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or get_language_from_request(request)
        if language not in dict(settings.LANGUAGES):
            language = "en"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response
