"""/healthz, /readyz and /metrics: answered before Django, by the loop alone.

They must speak while every thread hangs on a database that is gone, to whoever asks by whatever Host, so neither
session nor cookie nor policy is asked; what they may tell to whom stands here.
"""

import asyncio
import ipaddress
import secrets
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from fairplatform.server.forwarded_headers import is_of_proxy

from .metrics import refresh
from .readiness import READINESS

PLAIN = "text/plain; charset=utf-8"
OUR_NAMES = ["localhost", "127.0.0.1", "[::1]", urlsplit(settings.PUBLIC_URL).hostname or ""]
Scope = dict[str, Any]
Answer = tuple[int, str, bytes]  # status, media type, body


async def healthz() -> Answer:
    """This process lives."""
    return 200, PLAIN, b"ok\n"


async def readyz() -> Answer:
    """This process can serve people; else one word a line for what is missing."""
    away = READINESS.away()
    return (503, PLAIN, "".join(f"{word}\n" for word in away).encode()) if away else (200, PLAIN, b"ok\n")


async def metrics() -> Answer:
    """Counts and gauges of this process, as Prometheus reads them."""
    await refresh()
    return 200, CONTENT_TYPE_LATEST, await asyncio.to_thread(generate_latest)


PROBES: dict[str, Callable[[], Awaitable[Answer]]] = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}


def probed(application: Callable[..., Any]) -> Callable[..., Any]:
    """The HTTP application with the probes before it. To who may not read the metrics their address does not exist."""

    async def run(scope: Scope, receive: Any, send: Any) -> None:
        probe = PROBES.get(scope["path"]) if scope["method"] in ("GET", "HEAD") else None
        if probe is None or (probe is metrics and not may_read(scope)):
            await application(scope, receive, send)
            return
        status, kind, body = await probe()
        headers = [(b"Content-Type", kind.encode()), (b"Cache-Control", b"no-store")]
        headers.append((b"Content-Length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body if scope["method"] == "GET" else b""})

    return run


def may_read(scope: Scope) -> bool:
    """Whether the metrics may be told: by METRICS_TOKEN, or to this computer itself with no proxy in between.

    A proxy of this computer need not say that it is one. A fair that the world can reach tells them by token alone.
    """
    headers: dict[bytes, bytes] = dict(scope["headers"])
    if bearer := headers.get(b"authorization"):
        return _is_token(bearer)
    if settings.IS_OPEN:
        return False
    host, _ = split_domain_port(headers.get(b"host", b"").decode("latin1"))
    # The name too: a page of a foreign name that leads to this computer must not read them in a browser of it.
    is_ours = validate_host(host, OUR_NAMES)
    is_passed_on = any(is_of_proxy(name.decode("latin1")) for name in headers)
    return is_ours and _is_loopback(scope.get("client")) and not is_passed_on


def _is_token(bearer: bytes) -> bool:
    scheme, _, given = bearer.partition(b" ")
    token = settings.METRICS_TOKEN.encode()
    return scheme.lower() == b"bearer" and bool(token) and secrets.compare_digest(given.strip(), token)


def _is_loopback(client: Any) -> bool:
    try:
        return bool(client) and ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return False
