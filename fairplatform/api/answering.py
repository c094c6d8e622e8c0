"""How the API answers any request: at what pace, to which methods, and with 304 to whoever has the answer already."""

import hashlib
import json
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from ninja import NinjaAPI

from fairplatform.accounts.rate_limits import count_one
from fairplatform.content_cache.store import content_version
from fairplatform.policy import TABLE
from fairplatform.server.forwarded_headers import network_of

from .problems import problem

View = Callable[..., HttpResponse]

# For one network, as forms are limited (accounts.middleware): ten a second is more than a page or a sheet needs.
REQUESTS, SECONDS = 600, 60
METHODS = "GET, HEAD, OPTIONS"
# Proxies may keep an answer, which is the same for everybody, and ask each time whether it is still the newest.
CACHING = "public, no-cache"


def reading(api: NinjaAPI, view: View, permission: str) -> View:
    """The view of an address that is only read, under a permission that the public has."""
    assert permission in TABLE, permission

    @wraps(view)
    def answer(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if not count_one(f"api:{network_of(request.META.get('REMOTE_ADDR', ''))}", limit=REQUESTS, seconds=SECONDS):
            refusal = problem(request, 429)
            refusal["Retry-After"] = str(SECONDS)
            return refusal
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": METHODS})
        if request.method not in {"GET", "HEAD"}:
            refusal = problem(request, 405)
            refusal["Allow"] = METHODS
            return refusal
        return _newest(request, f'W/"{_release(api)}-{content_version()}"', view, arguments)

    answer.permission = permission  # type: ignore[attr-defined]
    answer.csrf_exempt = True  # type: ignore[attr-defined]  # it changes nothing, and says 405 to a form
    return answer


def _newest(request: HttpRequest, tag: str, view: View, arguments: dict[str, Any]) -> HttpResponse:
    """The answer of the view, or 304 for a client that names this tag."""
    response = get_conditional_response(request, etag=tag)
    if response is None:
        response = _read(request, view, arguments)
        if response.status_code != 200:
            return response
    response["ETag"], response["Cache-Control"] = tag, CACHING
    # Texts come in all three, whatever the reader's own.
    response["Content-Language"] = "en, zh, ur"
    return response


def _read(request: HttpRequest, view: View, arguments: dict[str, Any]) -> HttpResponse:
    """HEAD is answered as GET: the server leaves out the body."""
    method, request.method = request.method, "GET"
    try:
        return view(request, **arguments)
    finally:
        request.method = method


@cache
def _release(api: NinjaAPI) -> str:
    """Changes with the shape of the answers, so that a newer program's are not taken for those that a client has."""
    document = json.dumps(api.get_openapi_schema(path_prefix="/"), sort_keys=True, default=str)
    return hashlib.blake2b(document.encode(), digest_size=6).hexdigest()
