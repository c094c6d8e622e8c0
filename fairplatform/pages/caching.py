"""What browsers and proxies may keep of the pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Every page has its reader's own form token in it, also a visitor's: no proxy keeps one. A browser asks again before it
# shows one anew, but may go back to it as it was (only no-store would forbid that).
PAGE = "private, no-cache"
PUBLIC = "public, max-age=3600"
# A browser that somebody has signed out of shows none of their pages again, not by its Back button either.
FORGET = '"cache"'


class CachingMiddleware:
    """An answer that says nothing of being kept is one person's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", PAGE)
        match = request.resolver_match
        if match is not None and match.url_name == "account_logout" and request.method == "POST":
            response.headers["Clear-Site-Data"] = FORGET
        return response
