"""Browsers in which somebody has signed in before, recognised by a signed cookie.

By guessing passwords, anybody can make an account refuse strangers for a while. It must not refuse its owner with them:
a browser that once had the right password is counted by itself. The cookie signs nobody in, and contains a digest of
the e-mail address, not the address.
"""

import secrets

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

COOKIE = f"{settings.COOKIE_PREFIX}known_browser"
AGE = 365 * 24 * 3600  # seconds
MAX_PEOPLE = 10  # who share a computer; those who signed in last


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Adds the owner of this address to those who have signed in with this browser."""
    newest = (_digest(email), secrets.token_urlsafe(9))
    others = [entry for entry in _entries(request) if entry[0] != newest[0]]
    response.set_signed_cookie(
        COOKIE,
        "~".join(".".join(entry) for entry in [newest, *others][:MAX_PEOPLE]),
        max_age=AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def browser_id(request: HttpRequest, email: str | None = None) -> str:
    """The random id this browser got when somebody, or the owner of this address, signed in with it; else empty."""
    wanted = None if email is None else _digest(email)
    ids = (key for digest, key in _entries(request) if wanted is None or constant_time_compare(digest, wanted))
    return next(ids, "")


def _entries(request: HttpRequest) -> list[tuple[str, str]]:
    """The digest of each address that has signed in here, with the id it got, the newest first."""
    try:
        cookie: str = request.get_signed_cookie(COOKIE, default="", max_age=AGE) or ""
    except BadSignature:
        return []
    return [(digest, key) for digest, dot, key in (entry.partition(".") for entry in cookie.split("~")) if dot]


def _digest(email: str) -> str:
    return salted_hmac(COOKIE, email.lower()).hexdigest()
