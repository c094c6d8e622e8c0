"""Puts the Actor on every request, and lets nobody submit faster than people do."""

from collections.abc import Callable
from functools import lru_cache
from time import monotonic

from django.http import HttpRequest, HttpResponse

from fairplatform.language.middleware import refused
from fairplatform.language.refusals import Refused
from fairplatform.realtime.limits import TokenBucket

from .actor import Actor

SAFE = {"GET", "HEAD", "OPTIONS"}
RATE, BURST = 2.0, 60.0


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = Actor(request.user)  # type: ignore[attr-defined]
        return self.get_response(request)


@lru_cache(maxsize=10_000)
def bucket_of(who: str) -> TokenBucket:
    """What a person, or an address without a person, may still submit to this process."""
    return TokenBucket(RATE, BURST)


class PaceMiddleware:
    """Refuses forms that come faster than RATE a second, after the first BURST."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE and not bucket_of(self._who(request)).take(monotonic()):
            return refused(request, Refused("too_fast"))
        return self.get_response(request)

    def _who(self, request: HttpRequest) -> str:
        return f"person {request.user.pk}" if request.user.is_authenticated else request.META.get("REMOTE_ADDR", "")
