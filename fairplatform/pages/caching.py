"""The Cache-Control of pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Every page contains a CSRF token, so no proxy may store one. A browser has to revalidate before it shows a page again,
# except when the reader goes back to it (only no-store would forbid that).
PAGE = "private, no-cache"
PUBLIC = "public, max-age=3600"
# After signing out, a browser shows none of the person's pages again, not even by its Back button.
CLEAR = '"cache"'


class CachingMiddleware:
    """A response without a Cache-Control of its own is private to its reader."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", PAGE)
        match = request.resolver_match
        if match is not None and match.url_name == "account_logout" and request.method == "POST":
            response.headers["Clear-Site-Data"] = CLEAR
        return response
