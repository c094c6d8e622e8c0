"""How the API responds to any request: at what pace, to which methods, and with 304 to whoever has it all already."""

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
from fairplatform.policy import TABLE, Role
from fairplatform.server.forwarded_headers import network_of

from .problems import problem

View = Callable[..., HttpResponse]

# For one network, as forms are limited (accounts.middleware): ten a second is more than a page or a sheet needs.
REQUESTS, SECONDS = 600, 60
METHODS = "GET, HEAD, OPTIONS"
# Proxies may keep a response, which is the same for everybody, and ask each time whether it is still the newest.
CACHING = "public, no-cache"


def reading(api: NinjaAPI, view: View, permission: str) -> View:
    """The view of an address that is only read: by everybody, or by who comes with a token."""
    is_public = Role.PUBLIC in TABLE[permission].roles

    @wraps(view)
    def respond(request: HttpRequest, **arguments: Any) -> HttpResponse:
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
        if not is_public:
            response = _read(request, view, arguments)
            response["Cache-Control"] = "no-store"
            return response
        return _newest(request, _tag(api, request), _read(request, view, arguments))

    respond.permission = permission  # type: ignore[attr-defined]
    respond.csrf_exempt = True  # type: ignore[attr-defined]  # it changes nothing, and says 405 to a form
    return respond


def _tag(api: NinjaAPI, request: HttpRequest) -> str:
    """Names what an address and its query say at this version of the content: a client has it of nothing else."""
    asked = hashlib.blake2b(request.get_full_path().encode(), digest_size=6).hexdigest()
    return f'W/"{_release(api)}-{content_version()}-{asked}"'


def _newest(request: HttpRequest, tag: str, response: HttpResponse) -> HttpResponse:
    """The response, or 304 to a client that has it already. An error stays one, whatever the client has."""
    if response.status_code != 200:
        return response
    response["ETag"], response["Cache-Control"] = tag, CACHING
    found = get_conditional_response(request, etag=tag, response=response)
    assert found is not None  # there is always a response to be had
    # Texts come in all three, whatever the reader's own.
    found["Content-Language"] = "en, zh, ur"
    return found


def _read(request: HttpRequest, view: View, arguments: dict[str, Any]) -> HttpResponse:
    """HEAD is read as GET: the server leaves out the body."""
    method, request.method = request.method, "GET"
    try:
        return view(request, **arguments)
    finally:
        request.method = method


@cache
def _release(api: NinjaAPI) -> str:
    """Changes with the shape of the records, so that a newer program's are not taken for those that a client has."""
    document = json.dumps(api.get_openapi_schema(path_prefix="/"), sort_keys=True, default=str)
    return hashlib.blake2b(document.encode(), digest_size=6).hexdigest()
