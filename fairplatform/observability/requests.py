"""A request from its first byte to its last: its id, its line in the log, its count."""

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .counts import count_request

HEADER = b"x-request-id"
UNRESOLVED = "none"  # no route of ours has this address
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
_PROPER = re.compile(rb"[A-Za-z0-9_.-]{8,64}")
Application = Callable[..., Any]


@dataclass
class Exchange:
    """A request on its way. `route` is the name of its view, never its address: an address may be a personal link."""

    id: str
    route: str = UNRESOLVED
    status: int | None = None


_current: ContextVar[Exchange | None] = ContextVar("exchange", default=None)
logger = structlog.get_logger("fairplatform.requests")


def request_id() -> str:
    """The id of the request that is answered now; empty outside of one."""
    exchange = _current.get()
    return exchange.id if exchange else ""


def current_route() -> str:
    exchange = _current.get()
    return exchange.route if exchange else UNRESOLVED


def recorded(application: Application) -> Application:
    """Django's ASGI application with an id, a line and a count for each request. No exception leaves it."""

    async def run(scope: dict[str, Any], receive: Any, send: Any) -> None:
        exchange = Exchange(_given(scope) or secrets.token_hex(8), _static(scope["path"]))
        _current.set(exchange)
        structlog.contextvars.bind_contextvars(request_id=exchange.id)
        began = perf_counter()
        try:
            await application(scope, receive, _named(exchange, send))
        except Exception:
            # The server below would write the exception's own words.
            logger.exception("request failed")
            await _fail(exchange, send)
        finally:
            _note(scope["method"], exchange, perf_counter() - began)

    return run


def _given(scope: dict[str, Any]) -> str:
    """The id a proxy gave; of others the header was taken away at the door (proxies.believed)."""
    given: bytes = next((value for name, value in scope["headers"] if name == HEADER), b"")
    return given.decode() if _PROPER.fullmatch(given) else ""


def _static(path: str) -> str:
    return "static" if path.startswith(settings.STATIC_URL) else UNRESOLVED


def _named(exchange: Exchange, send: Any) -> Any:
    header = (b"X-Request-ID", exchange.id.encode())

    async def answer(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            exchange.status = message["status"]
            message = {**message, "headers": [*message.get("headers", ()), header]}
        await send(message)

    return answer


async def _fail(exchange: Exchange, send: Any) -> None:
    if exchange.status is None:
        answer = _named(exchange, send)
        await answer({"type": "http.response.start", "status": 500, "headers": [(b"Content-Type", b"text/plain")]})
        await answer({"type": "http.response.body", "body": b"500\n"})


def _note(method: str, exchange: Exchange, seconds: float) -> None:
    """A status of None: the reader went away before there was an answer."""
    method = method if method in METHODS else "other"
    count_request(exchange.route, method, exchange.status, seconds)
    logger.info("request", method=method, route=exchange.route, status=exchange.status, seconds=round(seconds, 4))


class RouteMiddleware:
    """Tells the request's line and count the name of its view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, arguments: Any, keywords: Any) -> None:
        exchange = _current.get()
        if exchange is not None and request.resolver_match is not None:
            exchange.route = request.resolver_match.view_name or UNRESOLVED
