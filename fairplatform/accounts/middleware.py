"""Puts the Actor on every request, and lets nobody submit faster than people do."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse

from fairplatform.errors import Refused
from fairplatform.i18n.error_pages import refused_page
from fairplatform.server.forwarded_headers import network_of

from . import known
from .actor import Actor
from .pace import whose, within
from .request import FairRequest

SAFE = {"GET", "HEAD", "OPTIONS"}
FORMS, SECONDS = 120, 60
# All browsers of one address that have proved nothing, so that one machine does not keep ours busy. A hall full of
# people has one address: it is far more than they send.
FORMS_OF_ADDRESS = 3000


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: FairRequest) -> HttpResponse:
        request.actor = Actor(request.user)
        return self.get_response(request)


class PaceMiddleware:
    """Refuses forms beyond FORMS in SECONDS of one person or, of those without an account, of one browser.

    They are counted once CSRF has accepted them: a foreign page that makes a neighbour's browser send forms uses up
    nobody's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: FairRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: FairRequest, *_: Any) -> HttpResponse | None:
        if request.method in SAFE:
            return None
        counted = [within(name, most=most, seconds=SECONDS) for name, most in _counts(request)]
        return None if all(counted) else refused_page(request, Refused("too_fast"))


def _counts(request: FairRequest) -> Iterator[tuple[str, int]]:
    """What a form counts for, and how many it may be."""
    user: Any = request.user
    if user.is_authenticated:
        yield whose(user, request.session.session_key), FORMS
        return
    address = network_of(request.META.get("REMOTE_ADDR", ""))
    if mark := known.browser(request):
        yield f"browser:{mark}", FORMS
        return
    yield f"visitor:{address}:{request.META.get('CSRF_COOKIE', '')}", FORMS
    # A personal link is proof enough: nobody guesses one.
    if request.resolver_match is None or request.resolver_match.view_name != "accounts:enter":
        yield f"address:{address}", FORMS_OF_ADDRESS
