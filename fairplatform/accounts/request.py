"""The type of a request once it has passed the middleware."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .actor import Actor


class FairRequest(HttpRequest):
    """Django's request with what our middleware adds to it. A type for annotations: no request is made of this class.

    `user`, `session` and `LANGUAGE_CODE` are declared by Django's own stubs.
    """

    actor: Actor  # accounts.middleware.ActorMiddleware
    htmx: HtmxDetails  # django_htmx.middleware.HtmxMiddleware
