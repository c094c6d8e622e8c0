"""Pages and sentences smaller on the wire, whether or not a proxy stands in front."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

COMPRESSED = ("text/html", "application/json", "text/plain")


class CompressionMiddleware(GZipMiddleware):
    """Only what we write ourselves: stored files are compressed already, and are asked for in ranges.

    BREACH, which guesses a secret from the lengths of answers, finds a fresh mask on every form's key, cookies that
    other sites' requests do not carry (SameSite=Lax), and the random length that Django adds to each answer.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.headers.get("Content-Type", "").startswith(COMPRESSED):
            return response
        return super().process_response(request, response)
