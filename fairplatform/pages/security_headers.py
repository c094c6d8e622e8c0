"""What browsers let our pages load (Content-Security-Policy) and ask of the device (Permissions-Policy)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob: mediastream:",
        f"connect-src 'self' {settings.PUBLIC_URL.replace('http', 'ws', 1)}",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
# What a call needs, for our own pages alone.
ALLOWED = (
    "autoplay", "camera", "clipboard-write", "display-capture", "fullscreen", "microphone", "picture-in-picture",
    "screen-wake-lock", "speaker-selection",
)  # fmt: skip
DENIED = (
    "accelerometer", "ambient-light-sensor", "attribution-reporting", "bluetooth", "browsing-topics",
    "clipboard-read", "compute-pressure", "encrypted-media", "gamepad", "geolocation", "gyroscope", "hid",
    "identity-credentials-get", "idle-detection", "join-ad-interest-group", "keyboard-map", "local-fonts",
    "magnetometer", "midi", "otp-credentials", "payment", "publickey-credentials-get", "run-ad-auction", "serial",
    "storage-access", "usb", "web-share", "window-management", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS_POLICY = ", ".join([*(f"{name}=(self)" for name in ALLOWED), *(f"{name}=()" for name in DENIED)])


class SecurityHeadersMiddleware:
    """Puts both on every response. A view may set a stricter Content-Security-Policy itself, as that of files does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        return response
