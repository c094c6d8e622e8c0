"""Reads the content version once per page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .store import one_version


class ContentVersionMiddleware:
    """A GET or HEAD request shows one version. Any other reads the version each time: it may change it itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with one_version():
            return self.get_response(request)
