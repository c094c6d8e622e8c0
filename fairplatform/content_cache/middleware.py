"""A page that is only read is of one edition."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .store import one_version


class ContentVersionMiddleware:
    """Asks for the number once per page. A request that writes asks each time: it may move the number itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with one_version():
            return self.get_response(request)
