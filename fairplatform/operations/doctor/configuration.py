"""Checks of the settings: what a public address requires, and what a real fair should have."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from .finding import Finding, broken, warning, well

KEY_LENGTH, TOKEN_LENGTH = 50, 20  # characters, at least


def is_public() -> bool:
    """Whether people reach the fair from other computers."""
    return urlsplit(settings.PUBLIC_URL).hostname not in {"127.0.0.1", "localhost"}


def check_settings() -> Iterator[Finding]:
    yield _address()
    yield _key()
    yield _debug()
    yield _demonstration()
    yield _proxies()
    yield _turn()
    yield _letters()
    yield _metrics()


def _address() -> Finding:
    if not is_public():
        return warning(
            "address", f"PUBLIC_URL is {settings.PUBLIC_URL}: this computer alone.", "Set it for a real fair."
        )
    if not settings.PUBLIC_URL.startswith("https://"):
        says = f"PUBLIC_URL is {settings.PUBLIC_URL}: cookies travel in the open, and browsers give no camera."
        return broken("address", says, "Put a proxy with TLS before it and begin PUBLIC_URL with https://.")
    if not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        return broken("address", "Cookies are not secure.", "Leave the cookie settings to PUBLIC_URL.")
    return well("address", f"PUBLIC_URL is {settings.PUBLIC_URL}; cookies are secure.")


def _key() -> Finding:
    key = settings.SECRET_KEY
    if len(key) < KEY_LENGTH or len(set(key)) < 10:
        says = f"SECRET_KEY has {len(key)} letters, {len(set(key))} of them different."
        command = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        return (broken if is_public() else warning)("secret key", says, f"Make a longer one: {command}")
    return well("secret key", "SECRET_KEY is long enough.")


def _debug() -> Finding:
    if not settings.DEBUG:
        return well("debug", "DEBUG is off.")
    severity = broken if is_public() else warning
    return severity("debug", "DEBUG is on: a fault shows people the inside of the program.", "Set DEBUG=0.")


def _demonstration() -> Finding:
    if not settings.DEMO:
        return well("demonstration", "DEMO is off.")
    if is_public() and not settings.DEMO_PUBLIC:
        says = "DEMO is on at an open address: anybody may enter as anybody."
        return broken("demonstration", says, "Set DEMO=0, or DEMO_PUBLIC=1 if that is what you want.")
    return warning("demonstration", "DEMO is on: anybody may enter as anybody.", "Set DEMO=0 for a real fair.")


def _proxies() -> Finding:
    if settings.TRUSTED_PROXIES:
        return well("proxies", f"{len(settings.TRUSTED_PROXIES)} proxies are believed.")
    if is_public():
        says = "TRUSTED_PROXIES is empty: behind a proxy all people have its address, and share its limits."
        return warning("proxies", says, "Name the proxy's address in TRUSTED_PROXIES.")
    return well("proxies", "No proxy is believed.")


def _turn() -> Finding:
    if settings.TURN_URLS and not settings.TURN_SECRET:
        return broken("turn", "TURN_URLS is set without TURN_SECRET: the relay refuses everybody.", "Set TURN_SECRET.")
    if not settings.TURN_URLS:
        says = "No TURN relay: calls fail where a network blocks UDP, as many offices and carriers do."
        return warning("turn", says, "Run coturn and set TURN_URLS and TURN_SECRET.")
    return well("turn", f"{len(settings.TURN_URLS)} TURN addresses are given out.")


def _letters() -> Finding:
    if "smtp" not in settings.EMAIL_BACKEND:
        return warning(
            "letters", "Letters are not sent by SMTP: they reach nobody.", "Set EMAIL_URL, such as smtp+tls://…"
        )
    return well("letters", "Letters go out by SMTP.")


def _metrics() -> Finding:
    if settings.METRICS_TOKEN and len(settings.METRICS_TOKEN) < TOKEN_LENGTH:
        says = f"METRICS_TOKEN has fewer than {TOKEN_LENGTH} letters and may be guessed."
        return warning("metrics", says, "Make a longer one.")
    ways = [
        *([] if settings.IS_OPEN else ["from this computer"]),
        *(["with the token"] if settings.METRICS_TOKEN else []),
    ]
    return well("metrics", f"The metrics may be read {' and '.join(ways) or 'by nobody: METRICS_TOKEN is not set'}.")
