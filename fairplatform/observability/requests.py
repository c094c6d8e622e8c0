"""The access log: an id, a log record and metrics for each HTTP request.

Labels and log fields name the route, never the path: a path may be a personal link, and anybody can make one up.
"""

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from time import perf_counter

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

from fairplatform.asgi_types import Application, Message, Receive, Scope, Send

HEADER = b"x-request-id"
UNRESOLVED = "none"  # for a path that no route has
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
_WELL_FORMED_ID = re.compile(rb"[A-Za-z0-9_.-]{8,64}")
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)  # seconds

requests = Counter("fair_http_requests", "Requests, by the name of their route", ["route", "method", "status"])
request_seconds = Histogram(
    "fair_http_request_seconds", "From a request's arrival to its last byte", ["route"], buckets=_BUCKETS
)
logger = structlog.get_logger("fairplatform.requests")


@dataclass
class RequestRecord:
    """What is logged of a request. `route` is the name of its view, `status` None until the response has begun."""

    id: str
    route: str = UNRESOLVED
    status: int | None = None


_current: ContextVar[RequestRecord | None] = ContextVar("request_record", default=None)


def request_id() -> str:
    """The id of the request in progress, empty outside of one."""
    record = _current.get()
    return record.id if record else ""


def current_route() -> str:
    """The route of the request in progress, UNRESOLVED outside of one."""
    record = _current.get()
    return record.route if record else UNRESOLVED


def log_requests(application: Application) -> Application:
    """Wraps an HTTP application: each request is logged and counted. An exception becomes a response of status 500."""

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        record = RequestRecord(_id_from_proxy(scope) or secrets.token_hex(8), _route_before_django(scope["path"]))
        _current.set(record)
        structlog.contextvars.bind_contextvars(request_id=record.id)
        began = perf_counter()
        try:
            await application(scope, receive, _with_request_id(record, send))
        except Exception:
            # Raised further, Daphne would log its message, which may quote people.
            logger.exception("request failed")
            await _respond_500(record, send)
        finally:
            _finish(scope["method"], record, perf_counter() - began)

    return run


def _id_from_proxy(scope: Scope) -> str:
    """The id in the header of a trusted proxy, else empty: forwarded_headers.py removes it from any other request."""
    given: bytes = next((value for name, value in scope["headers"] if name == HEADER), b"")
    return given.decode() if _WELL_FORMED_ID.fullmatch(given) else ""


def _route_before_django(path: str) -> str:
    """Static files are served by a middleware, without a view."""
    return "static" if path.startswith(settings.STATIC_URL) else UNRESOLVED


def _with_request_id(record: RequestRecord, send: Send) -> Send:
    """A `send` that adds the id to the response's headers and notes its status."""
    header = (b"X-Request-ID", record.id.encode())

    async def send_with_id(message: Message) -> None:
        if message["type"] == "http.response.start":
            record.status = message["status"]
            message = {**message, "headers": [*message.get("headers", ()), header]}
        await send(message)

    return send_with_id


async def _respond_500(record: RequestRecord, send: Send) -> None:
    """Unless a response has begun already."""
    if record.status is None:
        respond = _with_request_id(record, send)
        await respond({"type": "http.response.start", "status": 500, "headers": [(b"Content-Type", b"text/plain")]})
        await respond({"type": "http.response.body", "body": b"500\n"})


def _finish(method: str, record: RequestRecord, seconds: float) -> None:
    """Counts and logs the request. Its status is None if the client left before there was a response."""
    method = method if method in METHODS else "other"
    requests.labels(record.route, method, f"{record.status // 100}xx" if record.status else "none").inc()
    request_seconds.labels(record.route).observe(seconds)
    logger.info("request", method=method, route=record.route, status=record.status, seconds=round(seconds, 4))


class RouteMiddleware:
    """Notes the name of the view for the access log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, arguments: object, keywords: object) -> None:
        record = _current.get()
        if record is not None and request.resolver_match is not None:
            record.route = request.resolver_match.view_name or UNRESOLVED
