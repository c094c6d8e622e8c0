"""Browsers in which somebody has signed in before.

Whoever guesses passwords can make an account refuse all strangers for a while. It must not refuse its owner with them:
a browser that once knew the password is counted by itself. Its cookie lets nobody in, and does not say whom it is of.
"""

import secrets

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

COOKIE = f"{settings.COOKIE_PREFIX}known_browser"
AGE = 365 * 24 * 3600
KEPT = 10  # people who share a computer


def remember(request: HttpRequest, response: HttpResponse, address: str) -> None:
    """Marks the browser as one in which the owner of this e-mail address has signed in, besides those before them."""
    newest = (_digest(address), secrets.token_urlsafe(9))
    others = [pair for pair in _pairs(request) if pair[0] != newest[0]]
    response.set_signed_cookie(
        COOKIE,
        "~".join(".".join(pair) for pair in [newest, *others][:KEPT]),
        max_age=AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def browser(request: HttpRequest, address: str | None = None) -> str:
    """The browser's own mark if somebody has signed in with it, and with this address if one is given; else nothing."""
    sought = None if address is None else _digest(address)
    marks = (mark for digest, mark in _pairs(request) if sought is None or constant_time_compare(digest, sought))
    return next(marks, "")


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """Each address that has signed in here, and the mark it got, the newest first."""
    try:
        kept: str = request.get_signed_cookie(COOKIE, default="", max_age=AGE) or ""
    except BadSignature:
        return []
    return [(digest, mark) for digest, dot, mark in (pair.partition(".") for pair in kept.split("~")) if dot]


def _digest(address: str) -> str:
    return salted_hmac(COOKIE, address.lower()).hexdigest()
