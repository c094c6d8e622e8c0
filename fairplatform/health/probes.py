"""/healthz, /readyz and /metrics, served in the event loop before Django.

They must respond while every thread waits for a database that is gone, and whatever the Host header is. So no session,
cookie or policy is involved: this module decides who may read what.
"""

import asyncio
import ipaddress
import secrets
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from fairplatform.asgi_types import Application, Receive, Scope, Send
from fairplatform.server.forwarded_headers import is_of_proxy

from .metrics import refresh_gauges
from .readiness import READINESS

PLAIN = "text/plain; charset=utf-8"
OWN_HOSTS = ["localhost", "127.0.0.1", "[::1]", urlsplit(settings.PUBLIC_URL).hostname or ""]
ProbeResponse = tuple[int, str, bytes]  # status, media type, body


async def healthz() -> ProbeResponse:
    """Liveness: the process runs."""
    return 200, PLAIN, b"ok\n"


async def readyz() -> ProbeResponse:
    """Readiness: the process can serve people; else the names of what is missing, one a line."""
    missing = READINESS.missing()
    return (503, PLAIN, "".join(f"{name}\n" for name in missing).encode()) if missing else (200, PLAIN, b"ok\n")


async def metrics() -> ProbeResponse:
    """The metrics of this process in the text format of Prometheus."""
    await refresh_gauges()
    return 200, CONTENT_TYPE_LATEST, await asyncio.to_thread(generate_latest)


PROBES: dict[str, Callable[[], Awaitable[ProbeResponse]]] = {
    "/healthz": healthz,
    "/readyz": readyz,
    "/metrics": metrics,
}


def with_probes(application: Application) -> Application:
    """Wraps an HTTP application: the probes are served first, and metrics that may not be read are its 404."""

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        probe = PROBES.get(scope["path"]) if scope["method"] in ("GET", "HEAD") else None
        if probe is None or (probe is metrics and not may_read_metrics(scope)):
            await application(scope, receive, send)
            return
        status, kind, body = await probe()
        headers = [(b"Content-Type", kind.encode()), (b"Cache-Control", b"no-store")]
        headers.append((b"Content-Length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body if scope["method"] == "GET" else b""})

    return run


def may_read_metrics(scope: Scope) -> bool:
    """Whether the request has METRICS_TOKEN as its bearer token, or comes from this computer without a proxy.

    Once PUBLIC_URL is open only the token counts: a proxy on this computer may not be recognisable as one.
    """
    headers: dict[bytes, bytes] = dict(scope["headers"])
    if bearer := headers.get(b"authorization"):
        return _is_token(bearer)
    if settings.IS_OPEN:
        return False
    host, _ = split_domain_port(headers.get(b"host", b"").decode("latin1"))
    # The Host too: else a foreign site whose name resolves to this computer could read them by a browser on it.
    is_own_host = validate_host(host, OWN_HOSTS)
    is_proxied = any(is_of_proxy(name.decode("latin1")) for name in headers)
    return is_own_host and _is_loopback(scope.get("client")) and not is_proxied


def _is_token(bearer: bytes) -> bool:
    scheme, _, given = bearer.partition(b" ")
    token = settings.METRICS_TOKEN.encode()
    return scheme.lower() == b"bearer" and bool(token) and secrets.compare_digest(given.strip(), token)


def _is_loopback(client: Sequence[str] | None) -> bool:
    """`client`: address and port, as in the scope."""
    try:
        return client is not None and ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return False
