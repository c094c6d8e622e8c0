"""What a page may ask of the browser's devices and powers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# What a call needs, for our own pages alone.
OURS = (
    "autoplay", "camera", "clipboard-write", "display-capture", "fullscreen", "microphone", "picture-in-picture",
    "screen-wake-lock", "speaker-selection",
)  # fmt: skip
NOBODYS = (
    "accelerometer", "ambient-light-sensor", "attribution-reporting", "bluetooth", "browsing-topics",
    "clipboard-read", "compute-pressure", "encrypted-media", "gamepad", "geolocation", "gyroscope", "hid",
    "identity-credentials-get", "idle-detection", "join-ad-interest-group", "keyboard-map", "local-fonts",
    "magnetometer", "midi", "otp-credentials", "payment", "publickey-credentials-get", "run-ad-auction", "serial",
    "storage-access", "usb", "web-share", "window-management", "xr-spatial-tracking",
)  # fmt: skip
POLICY = ", ".join([*(f"{name}=(self)" for name in OURS), *(f"{name}=()" for name in NOBODYS)])


class PermissionsMiddleware:
    """Says it with every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = POLICY
        return response
