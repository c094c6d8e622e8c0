"""The type of a request once it has passed the middleware."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .actor import Actor


class FairRequest(HttpRequest):
    """Django's request with what our middleware adds to it. A type for annotations: no request is made of this class.

    `user`, `session` and `LANGUAGE_CODE` are declared by Django's own stubs.
    """

    actor: Actor  # accounts.middleware.ActorMiddleware
    # Set by a view that answers a form of another page: where that page is. Its own address shows nothing.
    page_address: str
    htmx: HtmxDetails  # django_htmx.middleware.HtmxMiddleware
