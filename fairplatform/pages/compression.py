"""Compresses pages and JSON, with or without a proxy in front."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

COMPRESSED = ("text/html", "application/json", "text/plain")


class CompressionMiddleware(GZipMiddleware):
    """Only what we render ourselves: stored files are compressed already, and are requested in ranges.

    Against BREACH, which derives a secret from the lengths of compressed responses: every CSRF token has a fresh mask,
    cookies are not sent with other sites' requests (SameSite=Lax), and Django adds a random number of bytes.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.headers.get("Content-Type", "").startswith(COMPRESSED):
            return response
        return super().process_response(request, response)
