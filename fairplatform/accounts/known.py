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


def remember(response: HttpResponse, address: str) -> None:
    """Marks the browser as one in which the owner of this e-mail address has signed in."""
    response.set_signed_cookie(
        COOKIE,
        f"{_digest(address)}.{secrets.token_urlsafe(9)}",
        max_age=AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def browser(request: HttpRequest, address: str | None = None) -> str:
    """The browser's own mark if somebody has signed in with it, and with this address if one is given; else nothing."""
    try:
        kept: str = request.get_signed_cookie(COOKIE, default="", max_age=AGE) or ""
    except BadSignature:
        return ""
    digest, _, mark = kept.partition(".")
    return mark if address is None or constant_time_compare(digest, _digest(address)) else ""


def _digest(address: str) -> str:
    return salted_hmac(COOKIE, address.lower()).hexdigest()
