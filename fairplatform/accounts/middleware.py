"""Puts the actor on every request, and limits how many forms are submitted."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpResponse

from fairplatform.errors import Refused
from fairplatform.i18n.error_pages import refused_page
from fairplatform.server.forwarded_headers import network_of

from . import known_browsers
from .actor import Actor
from .rate_limits import count_one, counted_as
from .request import FairRequest

SAFE = {"GET", "HEAD", "OPTIONS"}
# For one person or browser: far more than anybody fills in by hand.
FORMS, SECONDS = 120, 60
# For all browsers of one network that have proved nothing, so that one machine cannot keep the server busy. A whole
# exhibition hall may share an address, and submits far fewer.
FORMS_OF_NETWORK = 3000


class ActorMiddleware:
    def __init__(self, get_response: Callable[[FairRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: FairRequest) -> HttpResponse:
        request.actor = Actor(request.user)
        return self.get_response(request)


class RateLimitMiddleware:
    """Refuses more than FORMS within SECONDS from one person or, without an account, from one browser.

    Counting comes after the CSRF check: forms that another site's page makes a browser send use up nobody's limit.
    """

    def __init__(self, get_response: Callable[[FairRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: FairRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: FairRequest, *_: Any) -> HttpResponse | None:
        if request.method in SAFE:
            return None
        allowed = [count_one(name, limit=limit, seconds=SECONDS) for name, limit in _limits(request)]
        return None if all(allowed) else refused_page(request, Refused("too_fast"))


def _limits(request: FairRequest) -> Iterator[tuple[str, int]]:
    """The counters this form adds one to, each with its limit."""
    if request.user.is_authenticated:
        yield counted_as(request.user, request.session.session_key), FORMS
        return
    network = network_of(request.META.get("REMOTE_ADDR", ""))
    if browser := known_browsers.browser_id(request):
        yield f"browser:{browser}", FORMS
        return
    yield f"visitor:{network}:{request.META.get('CSRF_COOKIE', '')}", FORMS
    # Whoever has a personal link has proved enough: it cannot be guessed.
    if request.resolver_match is None or request.resolver_match.view_name != "accounts:enter":
        yield f"address:{network}", FORMS_OF_NETWORK
